"""The disk of an etcd in which every custom resource is defined already.

An API server works for tens of seconds on definitions that are loaded one by one, and for three on those that it finds
at its start. So they are loaded once, by server-side apply into a cluster of that purpose, and its disk is kept.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from trimtab.local import processes
from trimtab.local.builds import Recipe
from trimtab.local.disk import GIB
from trimtab.local.health import HOST
from trimtab.local.kubernetes.api import Api
from trimtab.local.kubernetes.credentials import credentials
from trimtab.local.kubernetes.definitions_recipe import FOLDER
from trimtab.local.kubernetes.model import ETCD_VERSION, KUBERNETES_VERSION
from trimtab.local.kubernetes.programs import free_port, start_api_server, start_etcd
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.local.kubernetes.model import Part
    from trimtab.local.processes import ProcessRecord

NAME = "cluster-disk"
DISK = "etcd"
"""Folder of the artifact that is etcd's data directory."""

_SERVED_SECONDS = 300.0


def seed_version(definitions: Path) -> str:
    """Changes with what is defined and with who defines it."""
    files = [(path.name, path.stat().st_size) for path in sorted((definitions / FOLDER).glob("*.json"))]
    return hashlib.sha256(repr((KUBERNETES_VERSION, ETCD_VERSION, files)).encode()).hexdigest()[:12]


def seed_recipe(etcd: Part, api_server: Part, definitions: Path) -> Recipe:
    """How the disk is made."""

    def make(folder: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="trimtab-seed-") as scratch:
            _fill(folder / DISK, etcd, api_server, sorted((definitions / FOLDER).glob("*.json")), Path(scratch))

    return Recipe(
        name=NAME,
        version=seed_version(definitions),
        title="defining the custom resources in an empty cluster",
        make=make,
        needs_bytes=GIB,
        expected_seconds=90,
    )


def copy_seed(seed: Path, data: Path) -> None:
    """Make `data` the disk of a new cluster."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(seed / DISK, data)


def _fill(disk: Path, etcd: Part, api_server: Part, files: Sequence[Path], scratch: Path) -> None:
    started: list[ProcessRecord] = []
    etcd_port, port = free_port(), free_port()
    secret = credentials(scratch)
    try:
        started.append(start_etcd(etcd.executable, disk, etcd_port, scratch / "etcd.log"))
        started.append(
            start_api_server(
                api_server.executable,
                etcd_port=etcd_port,
                port=port,
                credentials=secret,
                log=scratch / "kube-apiserver.log",
            )
        )
        api = Api(port, secret)
        api.apply_definitions(files)
        _await_served(api, {path.stem for path in files})
        _compact(f"http://{HOST}:{etcd_port}")
    finally:
        for record in reversed(started):
            processes.end(record)


def _await_served(api: Api, names: set[str]) -> None:
    until = time.monotonic() + _SERVED_SECONDS
    while missing := names - api.served():
        if time.monotonic() > until:
            raise WorldError(
                f"the embedded API server does not serve {', '.join(sorted(missing))} after {_SERVED_SECONDS:.0f} s.",
                remedy="run `trimtab local up` again, when less else runs on this machine.",
            )
        time.sleep(0.5)


def _compact(etcd: str) -> None:
    """Drop what was overwritten since the start, by etcd's own HTTP interface."""
    with httpx.Client(base_url=etcd, trust_env=False, timeout=60) as client:
        revision = client.post("/v3/kv/range", json={"key": "AA=="}).json()["header"]["revision"]
        client.post("/v3/kv/compaction", json={"revision": revision, "physical": True}).raise_for_status()
        client.post("/v3/maintenance/defragment", json={}).raise_for_status()
