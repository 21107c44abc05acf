"""Starts the embedded cluster, finds out whether it is well, and ends it by process id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trimtab.local import processes
from trimtab.local.health import wait_for
from trimtab.local.kubernetes.api import Api
from trimtab.local.kubernetes.kubeconfig import write_kubeconfig
from trimtab.local.kubernetes.model import API_SERVER, CONTROLLERS, ETCD
from trimtab.local.kubernetes.plugin import install_plugin
from trimtab.local.kubernetes.programs import free_port, is_free, start_api_server, start_controllers, start_etcd
from trimtab.local.kubernetes.record import ClusterRecord
from trimtab.local.kubernetes.seed import copy_seed
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.kubernetes.files import ClusterFiles
    from trimtab.local.kubernetes.model import Parts
    from trimtab.local.progress import Progress

_TAKEN = "address already in use"
_TRIES = 3
_USUAL_SECONDS = 6.0
_LET_GO_SECONDS = 3.0


def is_well(record: ClusterRecord, files: ClusterFiles) -> bool:
    """Whether every process that was started still runs, and the API server says that it is ready."""
    return all(map(processes.is_running, record.processes)) and Api(record.port, files.credentials()).ready()


def start(
    files: ClusterFiles, parts: Parts, pulumi_home: Path, progress: Progress, before: ClusterRecord | None = None
) -> ClusterRecord:
    """Start a cluster.

    Args:
        files: where it keeps its things.
        parts: its programs.
        pulumi_home: where the provider plugin is put.
        progress: told what is done.
        before: one that has died, whose objects and port are taken over; None starts an empty one.

    Raises:
        WorldError: a process does not come up; those that did are ended.
    """
    install_plugin(parts.provider, pulumi_home)
    with progress.step("starting Kubernetes (etcd, API server)", _USUAL_SECONDS):
        if before is None:
            copy_seed(parts.seed, files.disk)
            return _start(files, parts)
        end(before)
        try:
            record = _start(files, parts, before.port)
        except WorldError as error:
            progress.note(f"the cluster's disk cannot be used any more ({error.message}).")
        else:
            progress.note(_resumed(before))
            return record
        copy_seed(parts.seed, files.disk)
        progress.note(
            "an empty cluster is started in its place: run `pulumi refresh` on stacks that had objects there."
        )
        return _start(files, parts)


def end(record: ClusterRecord) -> list[int]:
    """End what still runs of it; gives the process ids."""
    return [process.pid for process in record.processes if processes.end(process)]


def _resumed(before: ClusterRecord) -> str:
    return (
        f"the cluster of {before.started:%Y-%m-%d %H:%M} UTC had lost a process: it was started again on its own disk, "
        "with every object that it held."
    )


def _start(files: ClusterFiles, parts: Parts, wanted_port: int | None = None) -> ClusterRecord:
    """Start it on the port that is wanted where that is free; another process may take any port before ours does."""
    for _ in range(_TRIES - 1):
        try:
            return _start_on(files, parts, free_port(), _port(wanted_port))
        except WorldError as error:
            if _TAKEN not in error.message:
                raise
    return _start_on(files, parts, free_port(), free_port())


def _port(wanted: int | None) -> int:
    """The wanted one; threads of a process that was just killed may hold it for a moment more."""
    if wanted is not None and wait_for(lambda: is_free(wanted), _LET_GO_SECONDS):
        return wanted
    return free_port()


def _start_on(files: ClusterFiles, parts: Parts, etcd_port: int, port: int) -> ClusterRecord:
    secret = files.credentials()
    etcd = start_etcd(parts.etcd.executable, files.disk, etcd_port, files.log(ETCD))
    started = [etcd]
    try:
        server = start_api_server(
            parts.api_server.executable, etcd_port=etcd_port, port=port, credentials=secret, log=files.log(API_SERVER)
        )
        started.append(server)
        Api(port, secret).describe()
        write_kubeconfig(files.kubeconfig, port, secret)
        controllers = start_controllers(parts.controllers.executable, files.kubeconfig, files.log(CONTROLLERS))
    except BaseException:
        for process in reversed(started):
            processes.end(process)
        raise
    return ClusterRecord(
        started=datetime.now(UTC),
        version=parts.api_server.version,
        port=port,
        etcd_port=etcd_port,
        etcd=etcd,
        api_server=server,
        controllers=controllers,
    )
