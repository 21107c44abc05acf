"""Reading a resource's properties without ever guessing.

A property is present, absent, or opaque: not known until the update, or a secret. A read of an opaque or ill-typed
value raises `Undecidable`; whoever runs the rule turns that into an outcome of its own, so a rule can neither pass
silently nor crash.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")


class Opaque(Enum):
    """A value that is there but cannot be read."""

    UNKNOWN = "unknown until update"
    SECRET = "secret"  # noqa: S105  # the marker's wording, not a credential


class Undecidable(Exception):  # noqa: N818  # an outcome of a read, not an error of the program
    """A rule read something that cannot be judged.

    Args:
        reason: a clause that names the property and what is the matter with it.
    """

    lead = "cannot be judged"

    def __str__(self) -> str:
        return f"{self.lead}: {super().__str__()}"


class NotYetKnown(Undecidable):
    """A rule read something that only the update will tell.

    Args:
        what: the property.
    """

    lead = "unknown until update"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not known yet")


@dataclass(frozen=True)
class Props:
    """A typed view of a property map. `path` is where the map lies inside its resource."""

    raw: Mapping[str, Any]
    path: str = ""

    def has(self, name: str) -> bool:
        """Whether the property was given at all; an unknown value counts as given, an empty one does not."""
        return self.raw.get(name) not in (None, "", [], {})

    def opaque(self, name: str) -> bool:
        """Whether the property is given but cannot be read yet."""
        return isinstance(self.raw.get(name), Opaque)

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers and booleans are written as Pulumi writes them."""
        value = self._read(name)
        if value is None:
            return default
        return _text(value, self._at(name))

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean, also where a provider spells it as a string."""
        value = self._read(name)
        if value is None:
            return default
        if isinstance(value, str) and value.lower() in {"true", "false"}:
            return value.lower() == "true"
        return _typed(value, bool, self._at(name), "a boolean")

    def number(self, name: str, default: float = 0) -> float:
        """A number, also where a provider spells it as a string."""
        value = self._read(name)
        if value is None:
            return default
        if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                raise Undecidable(f"`{self._at(name)}` is text, not a number") from None
        if isinstance(value, bool):
            raise Undecidable(f"`{self._at(name)}` is a boolean, not a number")
        return _typed(value, (int, float), self._at(name), "a number")

    def texts(self, name: str) -> list[str]:
        """A list of strings; a single string is a list of one."""
        value = self._read(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [_text(item, f"{self._at(name)}[{index}]") for index, item in enumerate(items)]

    def block(self, name: str) -> Props:
        """A nested map, empty where absent; a list of one is that one (as some providers write it)."""
        items = self.blocks(name)
        if len(items) > 1:
            raise Undecidable(f"`{self._at(name)}` is a list of {len(items)}, not one object")
        return items[0] if items else Props({}, self._at(name))

    def blocks(self, name: str) -> list[Props]:
        """A list of nested maps; a single map is a list of one."""
        value = self._read(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        views = []
        for index, item in enumerate(items):
            at = f"{self._at(name)}[{index}]" if isinstance(value, list) else self._at(name)
            views.append(Props(_typed(_open(item, at), dict, at, "an object"), at))
        return views

    def keys(self, name: str) -> frozenset[str]:
        """The keys of a map such as tags; their values may be unknown."""
        value = self._read(name)
        return frozenset() if value is None else frozenset(_typed(value, dict, self._at(name), "an object"))

    def document(self, name: str) -> Props:
        """A JSON document held as text (an IAM policy, a lifecycle policy), empty where absent."""
        value = self._read(name)
        if value is None or value == "":
            return Props({}, self._at(name))
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise Undecidable(f"`{self._at(name)}` is not valid JSON") from None
        return Props(_typed(value, dict, self._at(name), "a JSON object"), self._at(name))

    def values(self, name: str) -> Sequence[Any]:
        """The value or values as they are, opaque ones included, for comparing references."""
        value = self.raw.get(name)
        if value is None:
            return ()
        return value if isinstance(value, list) else (value,)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _read(self, name: str) -> Any:
        return _open(self.raw.get(name), self._at(name))


def _open(value: Any, at: str) -> Any:
    if value is Opaque.UNKNOWN:
        raise NotYetKnown(f"`{at}`")
    if value is Opaque.SECRET:
        raise Undecidable(f"`{at}` is a secret")
    return value


def _text(value: Any, at: str) -> str:
    value = _open(value, at)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return _typed(value, str, at, "text")


def _typed(value: Any, kind: type[T] | tuple[type[T], ...], at: str, wanted: str) -> T:
    if isinstance(value, kind):
        return value
    raise Undecidable(f"`{at}` is {_NAMES.get(type(value), 'a value of another kind')}, not {wanted}")


_NAMES: dict[type, str] = {
    str: "text",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}
