"""Property values as Pulumi writes them, to plain values with `Opaque` markers.

The signatures and the placeholder of an unknown value are Pulumi's own wire format (properties.go and
plugin.UnknownStringValue of its Go SDK); the engine, state files and `preview --json` share them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # Pulumi's signature for secrets, not one
_OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
# What `preview --json` and `policy analyze --file` write in a secret's place.
_REDACTED = "[secret]"
# One placeholder a kind: boolean, number, string, array, asset, archive, object.
_UNKNOWN = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)


def decode_map(values: Mapping[str, Any]) -> dict[str, Any]:
    """Decode a property map, without the keys that Pulumi keeps for itself (`__defaults`)."""
    return {key: decode(value) for key, value in values.items() if not key.startswith("__")}


def decode(value: Any) -> Any:
    """Decode one value; whole floats become integers, as protobuf and JSON tell them apart differently."""
    if isinstance(value, dict):
        return _decode_object(value)
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        if value in _UNKNOWN:
            return Opaque.UNKNOWN
        if value == _REDACTED:
            return Opaque.SECRET
    return value


def _decode_object(value: dict[str, Any]) -> Any:
    signature = value.get(_SIGNATURE)
    if signature == _SECRET:
        return Opaque.SECRET
    if signature == _OUTPUT:
        if value.get("secret"):
            return Opaque.SECRET
        return decode(value["value"]) if "value" in value else Opaque.UNKNOWN
    return decode_map(value)


def parse_json(text: str) -> Any:
    """Parse JSON.

    Raises:
        ValueError: it is not JSON; the text says where, or that it is nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
