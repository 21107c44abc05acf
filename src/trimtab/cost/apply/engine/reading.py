"""What `pulumi preview --json` and an engine's errors say."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from trimtab.cost.apply.engine.port import Operation, Preview

if TYPE_CHECKING:
    from trimtab.cost.apply.engine.process import Finished

_ESCAPES = re.compile(r"<\{%[^%]*%\}>|\x1b\[[0-9;]*m")
_UNCHANGED = frozenset({"same", "read", "refresh"})
_LINES = 6


def preview(finished: Finished) -> Preview:
    """Read a preview, whether it passed or not."""
    told = _document(finished.stdout)
    operations = tuple(
        Operation(str(step["op"]), str(step["urn"]))
        for step in told.get("steps", [])
        if step.get("op") not in _UNCHANGED
    )
    if finished.code == 0:
        return Preview(passed=True, operations=operations)
    problems = tuple(
        _plain(str(said.get("message", "")))
        for said in told.get("diagnostics", [])
        if said.get("severity") in {"error", "policy_violation", "mandatory"} or "olicy" in str(said.get("message", ""))
    )
    return Preview(passed=False, operations=operations, problems=problems or (complaint(finished),))


def complaint(finished: Finished) -> str:
    """Return what an engine that failed says about it, in a few lines."""
    text = _plain(f"{finished.stdout}\n{finished.stderr}")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "[mandatory]" in line]
    return "; ".join((errors or lines)[-_LINES:]) or f"it left with exit code {finished.code} and said nothing"


def _document(text: str) -> dict[str, Any]:
    try:
        loaded = json.loads(text)
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _plain(text: str) -> str:
    return _ESCAPES.sub("", text).strip()
