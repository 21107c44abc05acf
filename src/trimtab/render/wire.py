"""Values as a program hands them to the engine, to plain ones; a secret keeps its place, not its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.render.placeholders import Placeholders

# Pulumi's own wire format (rpc.py of its SDK).
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # Pulumi's signature of secrets, not one


def plain(value: Any, path: tuple[str, ...], placeholders: Placeholders) -> Any:
    """A value without Pulumi's wrappers.

    Args:
        value: as `MessageToDict` gives it.
        path: what names the value in a stand-in.
        placeholders: where a secret's stand-in is made.
    """
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == _SECRET:
            return _hidden(value.get("value"), path, placeholders)
        kept = ((key, item) for key, item in value.items() if not key.startswith("__"))
        return {key: plain(item, (*path, key), placeholders) for key, item in kept if item is not None}
    if isinstance(value, list):
        numbered = enumerate(value)
        return [plain(item, (*path[:-1], f"{path[-1]}[{number}]"), placeholders) for number, item in numbered]
    # Protobuf knows one kind of number.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _hidden(value: Any, path: tuple[str, ...], placeholders: Placeholders) -> Any:
    """A secret's stand-in; an object or list of secrets keeps its keys, and what is a stand-in already stays.

    A text with a stand-in inside it does not: what stands around it is as secret.
    """
    if isinstance(value, dict):
        return {key: _hidden(item, (*path, key), placeholders) for key, item in value.items()}
    if isinstance(value, list):
        return [_hidden(item, (*path[:-1], f"{path[-1]}[{number}]"), placeholders) for number, item in enumerate(value)]
    if value in placeholders:
        return value
    return placeholders.make("secret", *path)
