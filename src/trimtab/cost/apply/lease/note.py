"""What lies in the bucket while a stack is being changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from trimtab.cost.model.base import Model, Utc
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from datetime import datetime


class Note(Model):
    """Whose lock it is.

    Attributes:
        token: of this taking; no two are the same.
        holder: user and host, `mara@build-7`.
        process: its id on that host.
        taken: by the holder's clock; nothing is decided by it.
        life_seconds: how long the lock stands after it was renewed last.
    """

    schema_: Literal["trimtab.cost.lock/1"] = Field("trimtab.cost.lock/1", alias="schema")
    token: str
    holder: str
    process: int
    taken: Utc
    life_seconds: int

    def written(self) -> bytes:
        """Return it as JSON."""
        return self.model_dump_json(by_alias=True).encode()

    def __str__(self) -> str:
        return f"{self.holder} (process {self.process}), taken at {self.taken:%Y-%m-%d %H:%M:%S} UTC"


class Found:
    """A lock of somebody, as it was found.

    Attributes:
        etag: of the object that holds it.
        renewed: when it was written last, by the clock of S3.
        now: the moment of the answer by the same clock: no two machines' clocks are compared.
    """

    def __init__(self, note: Note, etag: str, renewed: datetime, now: datetime) -> None:
        self.note, self.etag, self.renewed, self.now = note, etag, renewed, now

    @property
    def is_stale(self) -> bool:
        """Whether its holder has ceased to renew it."""
        return (self.now - self.renewed).total_seconds() >= self.note.life_seconds

    def __str__(self) -> str:
        return f"the lock of {self.note}, renewed last at {self.renewed:%Y-%m-%d %H:%M:%S} UTC"


def read_note(content: bytes, where: str) -> Note:
    """Read a note.

    Raises:
        WorldError: something else lies there.
    """
    try:
        return Note.model_validate_json(content)
    except ValidationError as error:
        raise WorldError(
            f"{where}: is no lock of trimtab's: {error.errors()[0]['msg']}; nothing was changed",
            remedy="look at who put it there, and remove it.",
        ) from error
