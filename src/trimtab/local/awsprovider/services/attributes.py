"""SNS and SQS keep their settings as named attributes, all of them text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def attributes(inputs: Props, table: dict[str, str]) -> dict[str, str]:
    """The inputs as attributes."""
    found = {member: inputs[name] for name, member in table.items() if inputs.get(name) is not None}
    return {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in found.items()}


def properties(ctx: Context, held: dict[str, str], table: dict[str, str]) -> Props:
    """Attributes as properties, in the SDK's own types."""
    props: Props = {}
    for name, member in table.items():
        if member in held:
            kind = getattr(ctx.type.outputs[name].type, "kind", "string")
            props[name] = _typed(held[member], kind)
    return props


def _typed(text: str, kind: str) -> Any:
    if kind == "boolean":
        return text.lower() == "true"
    return int(text) if kind == "integer" else text
