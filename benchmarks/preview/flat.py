"""A program without components: every resource of a preview, written out by hand-written-style constructor calls.

What a resource takes from others it takes from them here too, as a person would write it: `vpc_id=r3.id`.
"""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from importlib import import_module
from pprint import pformat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # How Pulumi's JSON writes a value that is not known yet.


def flat_program(preview: str) -> tuple[str, int]:
    """Write the program.

    Args:
        preview: the output of `pulumi preview --json` on an empty stack.

    Returns:
        Python source that declares the same AWS resources with the same inputs, and how many they are.
    """
    states = [step["newState"] for step in json.loads(preview)["steps"] if "newState" in step]
    resources = [state for state in states if state["type"].startswith("aws:")]
    modules = sorted({_module(state["type"]) for state in resources})
    lines = ["import pulumi", *(f"import pulumi_aws.{module}" for module in modules)]
    made: dict[str, _Made] = {}
    for state in resources:
        variable = f"r{len(made)}"
        lines.append(f"{variable} = {_call(state, made)}")
        made[state["urn"]] = _Made(variable, state.get("inputs", {}))
    return "\n".join(lines) + "\n", len(resources)


def _module(token: str) -> str:
    return token.split(":")[1].split("/", maxsplit=1)[0]


@dataclass(frozen=True)
class _Made:
    """A resource that the program has declared: its variable and its inputs."""

    variable: str
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class _Taken:
    """A value that other resources decide, as an expression."""

    expression: str

    def __repr__(self) -> str:
        return self.expression


def _call(state: dict[str, Any], made: Mapping[str, _Made]) -> str:
    module, name = _module(state["type"]), state["type"].split(":")[2]
    cls = getattr(import_module(f"pulumi_aws.{module}"), name)
    parameters = set(inspect.signature(cls._internal_init).parameters)  # the SDK's only full list
    arguments = [
        f"{_snake(key)}={pformat(_argument(state, key, value, made), width=10_000)}"
        for key, value in state.get("inputs", {}).items()
        if _snake(key) in parameters
    ]
    logical = state["urn"].rsplit("::", 1)[1]
    return f"pulumi_aws.{module}.{name}({', '.join([repr(logical), *arguments])})"


def _argument(state: dict[str, Any], key: str, value: Any, made: Mapping[str, _Made]) -> Any:
    named = [made[urn] for urn in state.get("propertyDependencies", {}).get(key, []) if urn in made]
    for resource in named:
        for field, known in resource.inputs.items():
            if isinstance(value, str) and value not in {UNKNOWN, ""} and known == value:
                return _Taken(f"{resource.variable}.{_snake(field)}")
    ids = [f"{resource.variable}.id" for resource in named]
    return _known(value, key, _Taken(_joined(ids) if ids else "'unknown'"))


def _joined(ids: list[str]) -> str:
    return f"pulumi.Output.concat({', '.join(ids)})" if len(ids) > 1 else ids[0]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _known(value: Any, name: str, taken: _Taken) -> Any:
    """Return the value as a literal; what is not known yet is taken from others, as a list where its name is plural."""
    if isinstance(value, dict):
        return {key: _known(inner, key, taken) for key, inner in value.items() if key != "__defaults"}
    if isinstance(value, list):
        return [_known(inner, "", taken) for inner in value]
    if value != UNKNOWN:
        return value
    return [taken] if name.endswith("s") else taken
