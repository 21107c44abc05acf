"""What an engine is, and which versions the product is made for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ("3.274.1", "3.259.0", "3.258.0")
"""Tried in this order: not every version of the engine's modules is served by every module proxy."""

OLDEST = (3, 258, 0)
"""The oldest engine on PATH that is used."""

LANGUAGE_HOST = "pulumi-language-python"
LANGUAGE_EXEC = "pulumi-language-python-exec"
DYNAMIC_PROVIDER = "pulumi-resource-pulumi-python"


class Origin(StrEnum):
    """Where an engine came from."""

    PATH = "path"
    INSTALLER = "installer"
    SOURCE = "source"


@dataclass(frozen=True)
class Engine:
    """An engine that can be run.

    Attributes:
        folder: holds `pulumi` and `pulumi-language-python-exec`.
        version: without a leading `v`.
        origin: where it came from.
        has_language_host: the official Python language host lies beside it.
    """

    folder: Path
    version: str
    origin: Origin
    has_language_host: bool

    @property
    def executable(self) -> Path:
        return self.folder / "pulumi"


def parse_version(text: str) -> tuple[int, int, int] | None:
    """`v3.274.1-dirty` as `(3, 274, 1)`; None where there is no version in it."""
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else None
