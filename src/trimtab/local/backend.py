"""The file backend of the stacks that run on the local cloud."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def has_stacks(backend: Path) -> bool:
    """Whether a stack's state lies in it."""
    return any((backend / ".pulumi" / "stacks").rglob("*.json"))


def set_aside(backend: Path) -> Path | None:
    """Move state away whose cloud is gone, so that no stack believes in resources that no longer are.

    Returns:
        Where it lies now; None where there was none.
    """
    if not has_stacks(backend):
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = backend.with_name(f"{backend.name}-of-a-lost-cloud-{stamp}")
    return backend.rename(aside)
