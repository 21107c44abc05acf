"""What a service answers Prometheus."""

from __future__ import annotations

import re


def labels_of(series: str, text: str) -> set[str]:
    """Return the labels of a series' first sample in Prometheus' text format; it must have one."""
    found = re.search(rf"^{re.escape(series)}(?:\{{(.*)\}})? ", text, re.MULTILINE)
    assert found, f"no {series} in:\n{text}"
    return set(re.findall(r'(\w+)="(?:[^"\\]|\\.)*"', found[1] or ""))
