"""`trimtab local status`: what runs and where it keeps its things."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from trimtab.local import health, processes
from trimtab.local.kubernetes.cluster import is_well
from trimtab.local.kubernetes.files import ClusterFiles
from trimtab.local.state import EngineRecord, load

if TYPE_CHECKING:
    from trimtab.local.home import Home
    from trimtab.local.kubernetes.record import ClusterRecord
    from trimtab.local.processes import ProcessRecord

SCHEMA = "trimtab.local.status/v1"


class ProcessStatus(BaseModel):
    """One process of the local cloud."""

    model_config = ConfigDict(frozen=True)

    name: str
    pid: int
    running: bool
    log: str


class ClusterStatus(BaseModel):
    """The embedded cluster.

    Attributes:
        state: `dead` where one of its processes has gone, or the API server is not ready.
        endpoint: the API server's address.
        version: of Kubernetes.
        kubeconfig: the file that leads there.
    """

    model_config = ConfigDict(frozen=True)

    state: Literal["up", "dead"]
    endpoint: str
    version: str
    kubeconfig: str


class Status(BaseModel):
    """All of it.

    Attributes:
        schema_id: names this form.
        state: `down` where nothing was started; `dead` where the AWS process has gone or hangs.
        endpoint: AWS's address; None when down.
        uptime_seconds: since the AWS process was started; None unless it runs.
        cluster: Kubernetes; None where it was not asked for.
    """

    model_config = ConfigDict(frozen=True)

    schema_id: str = Field(default=SCHEMA, serialization_alias="schema")
    state: Literal["up", "down", "dead"]
    endpoint: str | None = None
    region: str | None = None
    uptime_seconds: int | None = None
    engine: EngineRecord | None = None
    cluster: ClusterStatus | None = None
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
    found = tuple(_look(record) for record in reversed(state.all_processes))
    alive = found[0].running and health.answers(state.port)
    return Status(
        state="up" if alive else "dead",
        endpoint=state.endpoint,
        region=state.region,
        uptime_seconds=int((datetime.now(UTC) - state.started).total_seconds()) if alive else None,
        engine=state.engine,
        cluster=_cluster(home, state.cluster),
        processes=found,
        **folders,
    )


def _cluster(home: Home, record: ClusterRecord | None) -> ClusterStatus | None:
    if record is None:
        return None
    return ClusterStatus(
        state="up" if is_well(record, ClusterFiles.of(home)) else "dead",
        endpoint=record.endpoint,
        version=record.version,
        kubeconfig=str(home.kubeconfig),
    )


def _look(record: ProcessRecord) -> ProcessStatus:
    return ProcessStatus(name=record.name, pid=record.pid, running=processes.is_running(record), log=str(record.log))
