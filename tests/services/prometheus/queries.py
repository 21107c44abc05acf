"""Which metrics a PromQL query names."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"")
_MATCHERS = re.compile(r"\{[^}]*\}")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")
_RANGE = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[A-Za-z_:][\w:]*(?!\w|:)(?!\s*\()")
_OPERATORS = frozenset({"and", "or", "unless", "bool", "offset", "Inf", "NaN"})


def metrics(query: str) -> set[str]:
    """Names that are neither functions, labels nor operators; of a query that a real Prometheus has parsed."""
    bare = query
    for part in (_QUOTED, _MATCHERS, _GROUPING, _RANGE):
        bare = part.sub(" ", bare)
    return set(_WORD.findall(bare)) - _OPERATORS
