"""Writes an example stack the way `pulumi stack export` does, so that the engine itself can read it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.rules.resource import Resource

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def encode(value: Any) -> Any:
    """A value with its markers, as state files hold it."""
    if value is Opaque.UNKNOWN:
        return UNKNOWN
    if value is Opaque.SECRET:
        return {SIGNATURE: SECRET, "plaintext": '"hidden"'}
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, list):
        return [encode(item) for item in value]
    return value


def state_of(resource: Resource) -> dict[str, Any]:
    """One resource's state."""
    project = "::".join(resource.urn.split("::")[:2])
    package = resource.type.split(":")[0]
    provider = f"{project}::pulumi:providers:{package}::default::{package}-provider-id"
    custom = package not in ("pulumi", "trimtab")
    return {
        "urn": resource.urn,
        "type": resource.type,
        "custom": custom,
        **({"id": resource.id or f"{resource.name}-id", "provider": provider} if custom else {}),
        **({"parent": resource.parent} if resource.parent else {}),
        "inputs": encode(dict(resource.declared)),
        "outputs": encode(dict(resource.outputs)),
        "dependencies": list(resource.dependencies),
        "propertyDependencies": {key: list(urns) for key, urns in resource.property_dependencies.items()},
        "sourcePosition": "project:///stacks/__main__.py#12,5",
    }


def export_of(resources: tuple[Resource, ...]) -> dict[str, Any]:
    """A whole export, providers included."""
    states: dict[str, dict[str, Any]] = {}
    for resource in resources:
        state = state_of(resource)
        if "provider" in state:
            urn, _, provider_id = state["provider"].rpartition("::")
            states[urn] = {
                "urn": urn,
                "type": urn.split("::")[2],
                "custom": True,
                "id": provider_id,
                "inputs": {},
                "outputs": {},
            }
        states[resource.urn] = state
    manifest = {"time": "2026-11-24T00:00:00Z", "magic": "", "version": ""}
    return {"version": 3, "deployment": {"manifest": manifest, "resources": list(states.values())}}


def write_export(path: Path, resources: tuple[Resource, ...]) -> Path:
    """Write the export to a file."""
    path.write_text(json.dumps(export_of(resources)), encoding="utf-8")
    return path


def preview_of(resources: tuple[Resource, ...]) -> dict[str, Any]:
    """The same stack as `pulumi preview --json` shows it before its first update: no ids, no outputs."""
    steps = []
    for resource in resources:
        state = {key: value for key, value in state_of(resource).items() if key not in ("id", "outputs")}
        steps.append({"op": "create", "urn": resource.urn, "newState": state})
    return {"steps": steps, "changeSummary": {"create": len(steps)}}


def unknown_of(resource: Resource) -> Resource:
    """The resource with every value that it holds not known yet."""
    declared = {key: _unknown(value) for key, value in resource.declared.items()}
    return replace(resource, declared=declared, outputs=declared, id="")


def _unknown(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unknown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unknown(item) for item in value]
    return Opaque.UNKNOWN
