"""`trimtab local status`: what runs and where it keeps its things."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from trimtab.local import health, processes
from trimtab.local.state import EngineRecord, load

if TYPE_CHECKING:
    from trimtab.local.home import Home
    from trimtab.local.processes import ProcessRecord

SCHEMA = "trimtab.local.status/v1"


class ProcessStatus(BaseModel):
    """One process of the local cloud."""

    model_config = ConfigDict(frozen=True)

    name: str
    pid: int
    running: bool
    log: str


class Status(BaseModel):
    """All of it.

    Attributes:
        schema_id: names this form.
        state: `down` where nothing was started; `dead` where the AWS process has gone or hangs.
        endpoint: AWS's address; None when down.
        uptime_seconds: since the AWS process was started; None unless it runs.
    """

    model_config = ConfigDict(frozen=True)

    schema_id: str = Field(default=SCHEMA, serialization_alias="schema")
    state: Literal["up", "down", "dead"]
    endpoint: str | None = None
    region: str | None = None
    uptime_seconds: int | None = None
    engine: EngineRecord | None = None
    processes: tuple[ProcessStatus, ...] = ()
    pulumi_home: str
    backend: str
    builds: str


def status(home: Home) -> Status:
    """Look, and change nothing.

    Raises:
        WorldError: the state file cannot be read.
    """
    folders = {"pulumi_home": str(home.pulumi_home), "backend": str(home.backend), "builds": str(home.builds)}
    state = load(home.state_file)
    if state is None:
        return Status(state="down", **folders)
    found = tuple(_look(record) for record in (state.cloud, *state.processes.values()))
    alive = found[0].running and health.answers(state.port)
    return Status(
        state="up" if alive else "dead",
        endpoint=state.endpoint,
        region=state.region,
        uptime_seconds=int((datetime.now(UTC) - state.started).total_seconds()) if alive else None,
        engine=state.engine,
        processes=found,
        **folders,
    )


def _look(record: ProcessRecord) -> ProcessStatus:
    return ProcessStatus(name=record.name, pid=record.pid, running=processes.is_running(record), log=str(record.log))
