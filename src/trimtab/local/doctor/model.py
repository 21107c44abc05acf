"""What a check looks at and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path  # noqa: TC003  # pydantic and dataclass readers resolve it
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.local.home import Home


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    GAP = "gap"
    INFO = "info"
    """Not there, and only some need it."""


class Finding(BaseModel):
    """What a check found.

    Attributes:
        check: the check's id.
        state: only a gap makes `trimtab doctor` leave with 1.
        found: what is there, in a sentence.
        remedy: what to do; empty where there is nothing to do.
    """

    model_config = ConfigDict(frozen=True)

    check: str
    state: State
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Site:
    """Where checks look.

    Attributes:
        home: folders of the local cloud.
        project: folder of the Pulumi project (its `policies` are looked at).
    """

    home: Home
    project: Path


@dataclass(frozen=True)
class Check:
    """One check: its id, and the function that makes it."""

    id: str
    look: Callable[[Site], Answer]


@dataclass(frozen=True)
class Answer:
    """A finding without its check's id."""

    state: State
    found: str
    remedy: str = ""
