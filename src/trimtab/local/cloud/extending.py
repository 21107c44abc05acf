"""How this process adds to moto's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def extend(cls: type, methods: Mapping[str, Any]) -> None:
    """Give a class of moto's methods that it lacks, or ones that do more than its own.

    Args:
        cls: the response or backend class.
        methods: by name; each takes the instance first.
    """
    for name, method in methods.items():
        setattr(cls, name, method)
