"""What a commit changed of one resource's declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.reports.causes.port import Commit

SHOWN = 3


def changed_fields(commit: Commit, spec_path: str) -> tuple[str, ...]:
    """Return what changed in the item that a spec path lies in, `capacity.maxInstances: 4 → 9`.

    An item of a list is found again by its name, so that one put before it does not look like a change of it.

    Args:
        commit: with the declaration before and after.
        spec_path: `servingEndpoints[0].capacity.maxInstances`.
    """
    before, after = _items(commit, spec_path)
    if after is None and before is None:
        return ()
    old, new = dict(_leaves(before)), dict(_leaves(after))
    names = [name for name in (*old, *(one for one in new if one not in old)) if old.get(name) != new.get(name)]
    said = [f"{name}: {old.get(name, 'not there')} → {new.get(name, 'not there')}" for name in names[:SHOWN]]
    return (*said, *([f"{len(names) - SHOWN} more fields"] if len(names) > SHOWN else []))


def _items(commit: Commit, spec_path: str) -> tuple[Any, Any]:
    key, _, rest = spec_path.partition("[")
    before, after = (_at(platform, key) for platform in (commit.platform_before, commit.platform_after))
    index = rest.partition("]")[0]
    if not index.isdigit():
        return before, after
    new = _index(after, int(index))
    name = new.get("name") if isinstance(new, dict) else None
    if name is None:
        return _index(before, int(index)), new
    old = [one for one in before or () if isinstance(one, dict) and one.get("name") == name]
    return (old[0] if old else None), new


def _at(platform: Any, key: str) -> Any:
    found = platform
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _index(items: Any, index: int) -> Any:
    return items[index] if isinstance(items, list) and index < len(items) else None


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _leaves(below, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from _leaves(below, f"{path}[{place}]")
    elif value is not None:
        yield path, str(value)
