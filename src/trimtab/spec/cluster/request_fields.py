"""The requests of one pod as fields that may be set: every step is one that the model itself accepts."""

from __future__ import annotations

from typing import NamedTuple

from trimtab.spec.sizing import SizingField

CPU_STEP, MEMORY_STEP = 100, 256
"""Millicores and MiB: what the models of these pods are multiples of."""
LEAST_CHOICE = 4
"""Steps above the least that are offered at least, however small the request is now."""


class Requested(NamedTuple):
    """One request: the field's name in YAML, what it is now, and the bounds of the model."""

    name: str
    current: int
    least: int
    most: int


def request_fields(path: str | None, cpu: Requested, memory: Requested) -> tuple[SizingField, SizingField]:
    """Return both requests, up to twice what they are now, below `path` (None: declared by a program)."""
    at = f"{path}." if path else None
    return (
        SizingField(
            name=cpu.name,
            spec_path=at and f"{at}{cpu.name}",
            unit="millicores",
            current=cpu.current,
            allowed=_steps(cpu, CPU_STEP),
        ),
        SizingField(
            name=memory.name,
            spec_path=at and f"{at}{memory.name}",
            unit="MiB",
            current=memory.current,
            allowed=_steps(memory, MEMORY_STEP),
        ),
    )


def _steps(one: Requested, step: int) -> tuple[int, ...]:
    highest = min(one.most, max(2 * one.current, one.least + LEAST_CHOICE * step))
    return tuple(range(one.least, highest + 1, step))
