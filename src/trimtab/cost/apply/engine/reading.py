"""What `pulumi preview --json` streams, and what an engine's errors say.

The plain JSON of a preview says nothing of policies, so the engine's events are read instead, one JSON object a
line (github.com/pulumi/pulumi, sdk/go/common/apitype/events.go).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from trimtab.cost.apply.engine.port import Operation, Preview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.apply.engine.process import Finished

STREAMING = {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
"""Environment that makes the engine write events."""

_ESCAPES = re.compile(r"<\{%[^%]*%\}>|\x1b\[[0-9;]*m")
_UNCHANGED = frozenset({"same", "read", "refresh"})
_LINES = 6


def preview(finished: Finished) -> Preview:
    """Read a preview, whether it passed or not."""
    events = tuple(_events(finished.stdout))
    metadata = [event["resourcePreEvent"]["metadata"] for event in events if "resourcePreEvent" in event]
    operations = tuple(
        Operation(str(step["op"]), str(step["urn"])) for step in metadata if step.get("op") not in _UNCHANGED
    )
    if finished.code == 0:
        return Preview(passed=True, operations=operations)
    denials = tuple(dict.fromkeys(_denials(events)))
    errors = tuple(dict.fromkeys(_errors(events)))
    return Preview(passed=False, operations=operations, denials=denials, problems=errors or (complaint(finished),))


def _denials(events: tuple[dict[str, Any], ...]) -> Iterator[str]:
    for event in events:
        policy = event.get("policyEvent", {})
        if policy.get("enforcementLevel") == "mandatory":
            name = str(policy.get("resourceUrn", "")).rsplit("::", 1)[-1]
            message = "; ".join(_plain(str(policy.get("message", ""))).splitlines())
            yield f"{policy.get('policyName')} on {name}: {message}"


def _errors(events: tuple[dict[str, Any], ...]) -> Iterator[str]:
    for event in events:
        said = event.get("diagnosticEvent", {})
        if said.get("severity") == "error":
            yield _plain(str(said.get("message", "")))


def complaint(finished: Finished) -> str:
    """Return what an engine that failed says about it, in a few lines."""
    text = _plain(f"{finished.stdout}\n{finished.stderr}")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "[mandatory]" in line]
    return "; ".join((errors or lines)[-_LINES:]) or f"it left with exit code {finished.code} and said nothing"


def _events(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            loaded = json.loads(line)
        except ValueError:
            continue
        if isinstance(loaded, dict):
            yield loaded


def _plain(text: str) -> str:
    return _ESCAPES.sub("", text).strip()
