"""A stack as `pulumi stack export` or `pulumi preview --json` wrote it."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from trimtab.rules.changes import Change
from trimtab.rules.decode import decode_map, parse_json
from trimtab.rules.resource import Resource, Source
from trimtab.rules.stack import Stack
from trimtab.rules.texts import read_text
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CURRENT = 3
_NEWEST = 4
_POSITION = re.compile(r"^project:///(?P<path>[^#]+)#(?P<line>\d+)(?:,(?P<column>\d+))?$")


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    source_position: str = ""


class _State(BaseModel):
    """The part of a resource's state that rules look at (apitype.ResourceV3)."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    urn: Annotated[str, Field(pattern=r"^urn:pulumi:.+::.+::.+::.*$")]
    type: str
    id: str = ""
    inputs: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    parent: str = ""
    provider: str = ""
    protect: bool = False
    external: bool = False
    delete: bool = False
    retain_on_delete: bool = False
    dependencies: list[str] | None = None
    property_dependencies: dict[str, list[str] | None] | None = None
    source_position: str = ""
    stack_trace: list[_Frame] | None = None


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    op: str
    old_state: _State | None = None
    new_state: _State | None = None
    replace_reasons: list[str] | None = None


_STATES = TypeAdapter(list[_State])
_STEPS = TypeAdapter(list[_Step])


def read_stack(path: Path) -> Stack:
    """Read a stack from a file, or from standard input where `path` is `-`.

    Raises:
        UserError: the file cannot be read, is cut off, is neither form, or is of a schema this version does not know.
    """
    where = "--state -" if str(path) == "-" else f"--state {path}"
    text = sys.stdin.read() if str(path) == "-" else read_text(path, "--state")
    if not text.strip():
        raise UserError(f"{where}: is empty", remedy=_REMEDY)
    try:
        document = parse_json(text)
    except ValueError as error:
        raise UserError(f"{where}: is not whole JSON: {error}", remedy=f"it may be cut off; {_REMEDY}") from error
    return stack_from(document, where)


_REMEDY = "write it again with `pulumi stack export` or `pulumi preview --json --show-sames`."


def stack_from(document: Any, where: str) -> Stack:
    """Build the stack from a parsed export or preview.

    Raises:
        UserError: it is neither, or not of a known schema.
    """
    if isinstance(document, dict) and isinstance(document.get("checkpoint"), dict):
        document = {"version": document.get("version"), "deployment": document["checkpoint"].get("latest")}
    if isinstance(document, dict) and "deployment" in document:
        return _from_export(document, where)
    if isinstance(document, dict) and "steps" in document:
        return _from_preview(document, where)
    raise UserError(f"{where}: is neither a stack export nor a preview", remedy=_REMEDY)


def _from_export(document: dict[str, Any], where: str) -> Stack:
    version, deployment = document.get("version"), document["deployment"]
    if not isinstance(version, int) or isinstance(version, bool) or version > _NEWEST:
        raise UserError(
            f"{where}: version = {version!r}: not a schema this trimtab knows ({_CURRENT} to {_NEWEST})",
            remedy="upgrade trimtab, or export the stack with the Pulumi release that it names.",
        )
    if version < _CURRENT:
        raise UserError(
            f"{where}: version = {version}: a state of an older schema; {_CURRENT} or {_NEWEST} is needed",
            remedy="run `pulumi stack export` with a current Pulumi, which upgrades it.",
        )
    if not isinstance(deployment, dict):
        raise UserError(f"{where}: deployment is not an object", remedy=_REMEDY)
    states = _validate(_STATES, deployment.get("resources") or [], f"{where}: deployment.resources")
    return Stack(_resources(state for state in states if not state.delete))


def _from_preview(document: dict[str, Any], where: str) -> Stack:
    _refuse_failed(document.get("diagnostics"), where)
    steps = _validate(_STEPS, document["steps"] or [], f"{where}: steps")
    latest = {step.new_state.urn: step.new_state for step in steps if step.new_state is not None}
    summary = document.get("changeSummary")
    same = summary.get("same", 0) if isinstance(summary, dict) else 0
    shown = sum(step.op == "same" for step in steps)
    left_out = max(0, same - shown) if isinstance(same, int) else 0
    living = (state for state in latest.values() if not state.delete)
    return Stack(_resources(living), left_out=left_out, changes=_changes(steps))


# A replacement is shown as three steps, in an order that depends on what is deleted first.
_KINDS: dict[str, Literal["delete", "replace"]] = {
    "delete": "delete",
    "replace": "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
}


def _changes(steps: Iterable[_Step]) -> tuple[Change, ...]:
    """What would be gone; what stays in the cloud when Pulumi forgets it is not."""
    found: dict[str, Change] = {}
    for step in steps:
        old = step.old_state
        if step.op not in _KINDS or old is None or old.delete or old.external or old.retain_on_delete:
            continue
        known = found.get(old.urn)
        reasons = (*(known.reasons if known else ()), *(step.replace_reasons or ()))
        found[old.urn] = Change(_KINDS[step.op], old.type, old.urn, tuple(dict.fromkeys(reasons)))
    return tuple(found.values())


def _refuse_failed(diagnostics: object, where: str) -> None:
    """A preview that broke off shows part of a stack, which nobody may take for the whole."""
    said = [item for item in diagnostics if isinstance(item, dict)] if isinstance(diagnostics, list) else []
    errors = [str(item.get("message", "")).strip() for item in said if item.get("severity") == "error"]
    # So ends a whole preview under a policy pack that found something.
    broken = [error for error in errors if not error.endswith("preview failed")]
    if broken:
        raise UserError(f"{where}: the preview failed: {broken[0]}", remedy="mend the program, then preview it again.")


def _validate(adapter: TypeAdapter[Any], value: Any, where: str) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        at = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"])
        raise UserError(
            f"{where}{at}: {problem['msg'][:1].lower()}{problem['msg'][1:]}", remedy=f"the file is damaged; {_REMEDY}"
        ) from error


def _resources(states: Iterable[_State]) -> tuple[Resource, ...]:
    resources = [_resource(state) for state in states]
    by_urn = {resource.urn: resource for resource in resources}
    return tuple(replace(resource, source=_nearest_source(resource, by_urn)) for resource in resources)


def _resource(state: _State) -> Resource:
    outputs = decode_map(state.outputs)
    return Resource(
        type=state.type,
        urn=state.urn,
        name=state.urn.rsplit("::", 1)[-1],
        # What Pulumi only reads has no inputs; what it was found to be is all there is to judge.
        declared=outputs if state.external else decode_map(state.inputs),
        outputs=outputs,
        id=state.id,
        parent=state.parent,
        provider=state.provider,
        protect=state.protect,
        external=state.external,
        dependencies=tuple(state.dependencies or ()),
        property_dependencies={key: tuple(urns or ()) for key, urns in (state.property_dependencies or {}).items()},
        source=_source(state),
    )


def _source(state: _State) -> Source | None:
    """The innermost line of the user's own files that led to the declaration."""
    frames = (frame.source_position for frame in state.stack_trace or ())
    for position in (state.source_position, *frames):
        match = _POSITION.match(position)
        if match and not match["path"].startswith("..") and "site-packages" not in match["path"]:
            return Source(unquote(match["path"]), int(match["line"]), int(match["column"] or 1))
    return None


def _nearest_source(resource: Resource, by_urn: dict[str, Resource]) -> Source | None:
    """Where it was declared; for a child of a packaged component, where that component was."""
    seen: set[str] = set()
    current: Resource | None = resource
    while current is not None and current.urn not in seen:
        if current.source is not None:
            return current.source
        seen.add(current.urn)
        current = by_urn.get(current.parent)
    return None
