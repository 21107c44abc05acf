"""`trimtab local up`: an engine, a PULUMI_HOME, a file backend, AWS, Kubernetes; as often as one likes."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from trimtab.local import backend, health, processes
from trimtab.local.disk import writing
from trimtab.local.home import locked
from trimtab.local.kubernetes.ensure import missing_parts, start_cluster
from trimtab.local.langhost.shim import install_beside
from trimtab.local.plugins import install_aws_plugin
from trimtab.local.state import EngineRecord, LocalState, load, save
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.local.engine.find import EngineFinder
    from trimtab.local.engine.model import Engine
    from trimtab.local.home import Home
    from trimtab.local.kubernetes.find import KubernetesFinder
    from trimtab.local.processes import ProcessRecord
    from trimtab.local.progress import Progress

CLOUD_MODULE = "trimtab.local.cloud"
DEFAULT_REGION = "us-east-1"
_READY_SECONDS = 60.0


@dataclass(frozen=True)
class Wanted:
    """What `up` is asked for.

    Attributes:
        port: where AWS is to listen; 0 takes any free port, or the one where it listens already.
        region: AWS region of the environment.
    """

    port: int = 0
    region: str = DEFAULT_REGION


def up(
    home: Home, wanted: Wanted, finder: EngineFinder, progress: Progress, kubernetes: KubernetesFinder | None = None
) -> LocalState:
    """Make the local cloud run, whatever state it was in.

    Args:
        home: the local cloud's folders.
        wanted: port and region of AWS.
        finder: brings the engine.
        progress: told what is done.
        kubernetes: brings a cluster's parts; None for a cloud without one (a cluster that runs is left alone).

    Raises:
        UserError: the port is taken, or the cloud runs on another one.
        WorldError: no engine or cluster can be had, the disk is full, or AWS or Kubernetes does not come up.
    """
    with writing("preparing the local cloud", home.local), locked(home):
        before = load(home.state_file)
        alive = before is not None and healthy(before)
        _refuse_port(before if alive else None, wanted)
        found = finder.find()
        engine = _prepare(home, found)
        cluster = before.cluster if before is not None and alive else None
        # Parts may have to be built, for minutes: nothing is started before they are there.
        parts = missing_parts(home, cluster, kubernetes, found.executable) if kubernetes else None
        if before is not None and alive:
            state = before.model_copy(update={"engine": engine, "region": wanted.region})
        else:
            _bury(home, before, progress)
            state = _start(home, wanted, engine, progress)
        save(home.state_file, state)
        if parts is not None:
            state = state.model_copy(update={"cluster": start_cluster(home, parts, cluster, progress)})
            save(home.state_file, state)
    return state


def require_moto() -> None:
    """Refuse to start what is not installed.

    Raises:
        UserError: trimtab was installed without its extra `local`.
    """
    if find_spec("moto") is None:
        raise UserError(
            f"the local cloud needs the Python package moto, which {sys.executable} does not have.",
            remedy="run `make setup`, or `pip install 'trimtab[local]'`.",
        )


def healthy(state: LocalState) -> bool:
    """Whether the AWS process that was started still runs and answers."""
    return processes.is_running(state.cloud) and health.answers(state.port)


def _refuse_port(running: LocalState | None, wanted: Wanted) -> None:
    if not wanted.port:
        return
    if running is None:
        health.require_free(wanted.port)
    elif running.port != wanted.port:
        raise UserError(
            f"--port {wanted.port}: the local cloud runs on port {running.port} already.",
            remedy="leave --port out to use it, or run `trimtab local down` first (its AWS resources go with it).",
        )


def _prepare(home: Home, engine: Engine) -> EngineRecord:
    home.backend.mkdir(parents=True, exist_ok=True)
    install_aws_plugin(home.pulumi_home)
    folder = engine.folder
    if not engine.has_language_host:
        install_beside(engine.folder, home.bin)
        folder = home.bin
    return EngineRecord(
        folder=folder,
        version=engine.version,
        origin=engine.origin,
        official_language_host=engine.has_language_host,
    )


def _bury(home: Home, before: LocalState | None, progress: Progress) -> None:
    """Clear what a cloud that is gone has left."""
    if before is not None:
        progress.note(
            f"the AWS process {before.cloud.pid} of {before.started:%Y-%m-%d %H:%M} UTC is gone, and with it every "
            "resource it held: a new one is started."
        )
        for record in before.all_processes:
            processes.end(record)
        home.state_file.unlink(missing_ok=True)
    aside = backend.set_aside(home.backend)
    if aside is not None:
        home.backend.mkdir(parents=True)
        progress.note(f"the stacks' state described a cloud that is gone; it was moved to {aside}.")


def _start(home: Home, wanted: Wanted, engine: EngineRecord, progress: Progress) -> LocalState:
    require_moto()
    command = [sys.executable, "-m", CLOUD_MODULE, "--host", health.HOST, "--port", str(wanted.port)]
    log = home.logs / "cloud.log"
    with (
        progress.step("starting AWS (moto)", 3),
        processes.launched("the AWS process", command, log=log, env=os.environ) as record,
    ):
        port = _port(record)
    return LocalState(started=datetime.now(UTC), region=wanted.region, port=port, engine=engine, cloud=record)


def _port(record: ProcessRecord) -> int:
    port = int(processes.await_line(record, str.isdecimal, _READY_SECONDS))
    if not health.wait_for(lambda: health.answers(port), _READY_SECONDS):
        raise processes.failed(record, f"does not answer on port {port}")
    return port
