"""The change as a unified diff of the stack's configuration."""

from __future__ import annotations

import difflib


def unified(before: str, after: str, name: str) -> str:
    """Return the diff, `--- a/name` first; empty where the texts are equal."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), fromfile=f"a/{name}", tofile=f"b/{name}", lineterm=""
    )
    return "\n".join(lines)
