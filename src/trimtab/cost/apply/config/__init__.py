"""A stack's configuration file: found, edited in place by spec path, replaced in one step."""

from __future__ import annotations

from trimtab.cost.apply.config.diff import unified
from trimtab.cost.apply.config.edit import edited, inverse, replaced
from trimtab.cost.apply.config.stack_file import StackFile

__all__ = ["StackFile", "edited", "inverse", "replaced", "unified"]
