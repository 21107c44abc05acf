"""How an apply ends when it does not end well."""

from __future__ import annotations

from typing import ClassVar

from trimtab.spec.errors import TrimtabError, WorldError


class InterruptedApplyError(TrimtabError):
    """The user stopped it (Ctrl-C); says in which state it is and what `resume` will do."""

    exit_code: ClassVar[int] = 130


class EngineError(WorldError):
    """The engine could not be run, or what it was asked for failed."""
