"""Pulumi's property values in Python: plain data, with `Secret` and `UNKNOWN` where the wire has marks.

The marks are those of Pulumi's wire protocol (sdk/go/common/resource/properties.go and plugin/rpc.go).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from google.protobuf import json_format, struct_pb2

if TYPE_CHECKING:
    from collections.abc import Mapping

SIG_KEY: Final = "4dabf18193072939515e22adb298388d"
SECRET_SIG: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # the wire's mark, public
OUTPUT_SIG: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
RESOURCE_SIG: Final = "5cf8f73096256a8f31e491e813e4eb8e"
ASSET_SIG: Final = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE_SIG: Final = "0def7320c3a5731c473e5ecbe6d01bc7"

_UNKNOWN_WIRE: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_UNKNOWN_MARKS: Final = frozenset(
    {
        _UNKNOWN_WIRE,  # of a string, and of everything that Python sends
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # of a boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # of a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # of a list
        "030794c1-ac77-496b-92df-f27374a8bd58",  # of an asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # of an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # of an object
    }
)

Value: TypeAlias = Any
Props: TypeAlias = dict[str, Any]


class Unknown:
    """A value that only the cloud will decide."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Secret:
    """A value that must stay encrypted in the state."""

    value: Value


def decode(struct: struct_pb2.Struct) -> Props:
    """Read a property bag off the wire."""
    return {key: _decode(value) for key, value in json_format.MessageToDict(struct).items()}


def _decode(value: Value) -> Value:
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWN_MARKS else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [_decode(item) for item in value]
    if isinstance(value, dict):
        return _decode_object(value)
    return value


def _decode_object(value: dict[str, Value]) -> Value:
    mark = value.get(SIG_KEY)
    if mark == SECRET_SIG:
        return Secret(_decode(value.get("value")))
    if mark == OUTPUT_SIG:
        inner = _decode(value["value"]) if "value" in value else UNKNOWN
        return Secret(inner) if value.get("secret") else inner
    if mark == RESOURCE_SIG:
        return _decode(value.get("id") or value.get("urn"))
    return {key: _decode(item) for key, item in value.items()}


def encode(props: Mapping[str, Value]) -> struct_pb2.Struct:
    """Put a property bag on the wire; a property without a value is left out."""
    struct = struct_pb2.Struct()
    struct.update({key: _encode(value) for key, value in props.items() if value is not None})
    return struct


def _encode(value: Value) -> Value:
    if isinstance(value, Unknown):
        return _UNKNOWN_WIRE
    if isinstance(value, Secret):
        return {SIG_KEY: SECRET_SIG, "value": _encode(value.value)}
    if isinstance(value, (list, tuple)):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return {key: _encode(item) for key, item in value.items() if item is not None}
    return value


def plain(value: Value) -> Value:
    """The value without its secret marks, at any depth."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def has_secret(value: Value) -> bool:
    """Whether a secret lies anywhere in the value."""
    if isinstance(value, Secret):
        return True
    if isinstance(value, dict):
        return any(has_secret(item) for item in value.values())
    return isinstance(value, list) and any(has_secret(item) for item in value)


def has_unknown(value: Value) -> bool:
    """Whether something that the cloud decides lies anywhere in the value."""
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, dict):
        return any(has_unknown(item) for item in value.values())
    return isinstance(value, list) and any(has_unknown(item) for item in value)


def mark_secrets(outputs: Props, inputs: Mapping[str, Value]) -> Props:
    """The outputs with each property secret that the inputs hold a secret in.

    A property is marked as a whole: what the cloud answers may be arranged otherwise than what was asked.
    """
    marked = dict(outputs)
    for key, value in inputs.items():
        if has_secret(value) and key in marked and not isinstance(marked[key], Secret):
            marked[key] = Secret(plain(marked[key]))
    return marked
