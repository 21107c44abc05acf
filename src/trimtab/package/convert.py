"""From the engine's inputs to the `args` of a component, with its models read and checked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi
from pydantic import Field, ValidationError, create_model

from trimtab.package import hints
from trimtab.spec.load import follows_another
from trimtab.spec.problems import sentence, spec_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pulumi.errors import InputPropertyErrorDetails
    from pydantic import BaseModel

    from trimtab.package.hints import Field as Taken


class WrongInputsError(Exception):
    """Inputs that a component cannot take: each with its path and what is wrong."""

    def __init__(self, problems: list[InputPropertyErrorDetails]) -> None:
        super().__init__("; ".join(problem["reason"] for problem in problems))
        self.problems = problems


def arguments(given: Mapping[str, Any], takes: Iterable[Taken], at: str = "") -> dict[str, Any]:
    """Return a component's `args`.

    Args:
        given: inputs by their names on the wire; wired ones may be outputs.
        takes: what the component takes.
        at: the path prefix of a nested record, with its dot.

    Raises:
        WrongInputsError: something is missing, not known to the component, or none of what its model allows.
    """
    known = {field.wire: field for field in takes}
    read: dict[str, Any] = {}
    problems = [
        _problem(f"{at}{name}", f"there is no such input; there are {', '.join(known)}")
        for name in sorted(given.keys() - known.keys())
    ]
    for name, field in known.items():
        if given.get(name) is None:
            if field.required:
                problems.append(_problem(f"{at}{name}", "is required"))
            continue
        try:
            read[field.name] = _value(given[name], field.hint, f"{at}{name}")
        except WrongInputsError as error:
            problems += error.problems
    if problems:
        raise WrongInputsError(problems)
    return read


def _value(value: Any, hint: Any, at: str) -> Any:
    hint = hints.bare(hint)
    if hints.models_in(hint):
        return _model(value, hint, at)
    if hints.is_record(hint):
        return arguments(_known(value, at, dict), hints.fields(hint), f"{at}.")
    item = hints.item_of(hint)
    if item is None or not (hints.models_in(hints.bare(item)) or hints.is_record(hints.bare(item))):
        return value
    if hints.is_map(hint):
        return {key: _value(one, item, f"{at}.{key}") for key, one in _known(value, at, dict).items()}
    return [_value(one, item, f"{at}[{number}]") for number, one in enumerate(_known(value, at, list))]


def _model(value: Any, hint: Any, at: str) -> BaseModel:
    """Read a part of a declaration, inside a model of its own so that errors begin with the input's name."""
    above, _, field = at.rpartition(".")
    told = (hint, Field(discriminator=hints.tag_of(hints.models_in(hint))))
    root = create_model("Inputs", **{field: told})  # type: ignore[call-overload]  # the name is data
    written = json.dumps({field: _whole(_known(value, at, dict))}, default=str)
    try:
        read: BaseModel = getattr(root.model_validate_json(written, strict=True), field)
    except ValidationError as error:
        prefix = f"{above}." if above else ""
        found = [one for one in error.errors(include_url=False) if not follows_another(one)]
        raise WrongInputsError(
            [_problem(f"{prefix}{spec_path(one['loc'], root)}", sentence(one, root)) for one in found]
        ) from None
    return read


def _whole(value: Any) -> Any:
    """Write whole numbers as such: the engine's protocol knows floats only."""
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _known(value: Any, at: str, kind: type) -> Any:
    """Refuse what is known later only: a declaration is read before anything is made."""
    if isinstance(value, pulumi.Output):
        raise WrongInputsError([_problem(at, "must be a plain value: it is read before any resource is made")])
    if not isinstance(value, kind):
        noun = "an object" if kind is dict else "a list"
        raise WrongInputsError([_problem(at, f"is not {noun}")])
    return value


def _problem(path: str, reason: str) -> InputPropertyErrorDetails:
    return {"property_path": path, "reason": reason}
