"""One event as one line of JSON, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from trimtab.cost.files import told
from trimtab.cost.model.base import Model
from trimtab.cost.model.journal import Event, Planned, Run
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL_SCHEMA = "trimtab.cost.journal/1"


class Line(Model):
    """A line of the journal: version of its schema, number from 0, event."""

    schema_: Literal["trimtab.cost.journal/1"] = Field("trimtab.cost.journal/1", alias="schema")
    seq: int = Field(ge=0)
    event: Event


def written(seq: int, event: Event) -> bytes:
    """Return the line, its end included."""
    return (Line(seq=seq, event=event).model_dump_json(by_alias=True) + "\n").encode()


def whole_lines(content: bytes) -> bytes:
    """Return the content up to the last whole line: what follows it was being written when the run died."""
    return content[: content.rfind(b"\n") + 1]


def read_run(path: Path) -> Run | None:
    """Read a run; None where it died before its first event was whole, and so before anything was done.

    Raises:
        WorldError: the file cannot be read, or a whole line of it is not an event of this version.
    """
    with told(f"{path}: cannot be read", "mend the rights of the journal."):
        lines = whole_lines(path.read_bytes()).splitlines()
    if not lines:
        return None
    events = [_event(path, number, line) for number, line in enumerate(lines)]
    first = events[0]
    if not isinstance(first, Planned):
        raise _broken(path, 0, "the first event is not `planned`")
    return Run(planned=first, events=tuple(events[1:]))


def _event(path: Path, number: int, line: bytes) -> Event:
    try:
        read = Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _broken(path, number, f"{where}: {first['msg']}") from error
    if read.seq != number:
        raise _broken(path, number, f"it is numbered {read.seq}")
    return read.event


def _broken(path: Path, number: int, why: str) -> WorldError:
    return WorldError(
        f"{path}: line {number + 1} is not an event of {JOURNAL_SCHEMA}: {why}",
        remedy="bring the file back from a backup; or compare the stack's config with git, and move the file away.",
    )
