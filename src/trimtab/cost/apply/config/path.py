"""A spec path, `servingEndpoints[0].capacity.minInstances`, and the YAML node it leads to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]")
_WHOLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*|\[\d+\])*")


def parts(path: str) -> list[str | int]:
    """Split a path: `a[0].b` is `["a", 0, "b"]`.

    Raises:
        UserError: it is no path.
    """
    if not _WHOLE.fullmatch(path):
        raise UserError(f"spec path {path!r}: is not of the form a.b[0].c", remedy="write the advice file anew.")
    return [int(index) if index else name for name, index in _PART.findall(path)]


def find(node: Node, path: Sequence[str | int]) -> Node | None:
    """Return the node at `path`, or None where the file does not write it."""
    for part in path:
        below = child(node, part)
        if below is None:
            return None
        node = below
    return node


def child(node: Node, part: str | int) -> Node | None:
    """Return the value of one key or index, or None."""
    if isinstance(part, int):
        inside = isinstance(node, SequenceNode) and part < len(node.value)
        return node.value[part] if inside else None
    if not isinstance(node, MappingNode):
        return None
    return next((value for key, value in node.value if isinstance(key, ScalarNode) and key.value == part), None)
