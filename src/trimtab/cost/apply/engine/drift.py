"""What `pulumi refresh --preview-only --json` says: where the cloud is not as it was declared.

Its steps hold a resource's declared inputs and the same inputs as the provider read them back. What the declaration
tells the engine to ignore (an autoscaler's own field) is no drift.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.cost.apply.engine.port import Drift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_GONE = "delete"
_LONGEST = 60


def drifts(text: str) -> tuple[Drift, ...]:
    """Read the output of the command; raises ValueError where it is not that."""
    found: list[Drift] = []
    for step in json.loads(text).get("steps") or []:
        old = step.get("oldState") or {}
        if step.get("op") == _GONE:
            found.append(Drift(step["urn"], old.get("parent", ""), "", "there", "gone"))
            continue
        new = (step.get("newState") or {}).get("inputs") or {}
        found += [
            Drift(step["urn"], old.get("parent", ""), path, _shown(before), _shown(after))
            for path, before, after in _differences(old.get("inputs") or {}, new)
            if not _ignored(path, old.get("ignoreChanges") or ())
        ]
    return tuple(found)


def below(rows: Iterable[Mapping[str, Any]], components: Iterable[str]) -> dict[str, str]:
    """Return the URN of every resource of the cloud below the components, with the component it lies in.

    Args:
        rows: the resources of a stack's state, parents before their children, as the engine writes them.
        components: URNs; one that is itself a resource of the cloud counts as below itself.
    """
    inside = {urn: urn for urn in components}
    found: dict[str, str] = {}
    for row in rows:
        owner = inside.get(row["urn"]) or inside.get(row.get("parent") or "")
        if owner is not None:
            inside[row["urn"]] = owner
            if row.get("custom") and not row.get("external"):
                found[row["urn"]] = owner
    return found


def _differences(declared: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Walk what was declared; what only the cloud says is its own business."""
    if isinstance(declared, dict) and isinstance(found, dict):
        for key, value in declared.items():
            yield from _differences(value, found.get(key), f"{path}.{key}" if path else key)
    elif declared != found:
        yield path, declared, found


def _ignored(path: str, ignored: Iterable[str]) -> bool:
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in ignored)


def _shown(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
