"""What goes wrong, in one hierarchy that every room may raise and only the command line prints.

TrimtabError
├── UserError      the user's mistake: nothing was tried; leaves with 2
│   └── SpecError  a platform declaration that cannot be read
└── WorldError     a part of the world failed (network, engine, cloud); leaves with 3
"""

from __future__ import annotations

from typing import ClassVar


class TrimtabError(Exception):
    """An error with a remedy.

    Args:
        message: one sentence that names the property, its value and what is allowed.
        remedy: what the user does next, as an imperative sentence.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  remedy: {self.remedy}"


class UserError(TrimtabError):
    """The user's mistake: bad input, a wrong option, a missing file."""

    exit_code: ClassVar[int] = 2


class WorldError(TrimtabError):
    """A part of the world failed; the message says what was changed, if anything was."""

    exit_code: ClassVar[int] = 3


class SpecError(UserError):
    """A declaration that cannot be read.

    Args:
        source: the file or object that was read, as the user would name it.
        problems: one line each, `path: value: what is allowed`, with its remedy.
    """

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        super().__init__(
            "\n".join((f"{source}: {count}", *(f"  - {problem}" for problem in problems))),
            remedy="mend each line above; `trimtab spec schema` prints what an editor can check while you type.",
        )
        self.problems = problems
