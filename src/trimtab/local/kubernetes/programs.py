"""How each program of the embedded cluster is started, and how one knows that it answers."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import httpx

from trimtab.local import processes
from trimtab.local.health import HOST, wait_for
from trimtab.local.kubernetes.api import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from trimtab.local.kubernetes.credentials import Credentials
    from trimtab.local.processes import ProcessRecord

READY_SECONDS = 120.0
_ANY_PORT = f"http://{HOST}:0"

CONTROLLERS_RUN = (
    "namespace-controller",
    "garbage-collector-controller",
    "serviceaccount-controller",
    "persistentvolumeclaim-protection-controller",
)
"""Without these nothing would ever be deleted; those that make pods of workloads do not run: there are no nodes."""


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nothing listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def start_etcd(executable: Path, data: Path, port: int, log: Path) -> ProcessRecord:
    """Start etcd on `data` and wait until it answers.

    Raises:
        WorldError: it does not.
    """
    client = f"http://{HOST}:{port}"
    options = (
        "--name=embedded",
        f"--data-dir={data}",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={_ANY_PORT}",
        f"--initial-advertise-peer-urls={_ANY_PORT}",
        f"--initial-cluster=embedded={_ANY_PORT}",
        # A cloud that ends with the machine need not outlive a power cut.
        "--unsafe-no-fsync",
        "--log-level=warn",
    )
    return _started("the cluster's etcd", executable, options, log, lambda: _etcd_answers(client))


def start_api_server(
    executable: Path, *, etcd_port: int, port: int, credentials: Credentials, log: Path
) -> ProcessRecord:
    """Start the API server and wait until it says that it is ready.

    Raises:
        WorldError: it does not.
    """
    options = (
        f"--etcd-servers=http://{HOST}:{etcd_port}",
        f"--bind-address={HOST}",
        f"--advertise-address={HOST}",
        f"--secure-port={port}",
        # The address of a service that only this machine may reach is refused by the reconciler of endpoints.
        "--endpoint-reconciler-type=none",
        f"--tls-cert-file={credentials.certificate}",
        f"--tls-private-key-file={credentials.key}",
        f"--token-auth-file={credentials.tokens}",
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={credentials.service_accounts}",
        f"--service-account-signing-key-file={credentials.service_accounts}",
        "--service-cluster-ip-range=10.0.0.0/16",
        "--allow-privileged=true",
        "--profiling=false",
    )
    return _started("the cluster's API server", executable, options, log, Api(port, credentials).ready)


def start_controllers(executable: Path, kubeconfig: Path, log: Path) -> ProcessRecord:
    """Start the few controllers that deletion needs; they work as soon as they can.

    Raises:
        WorldError: the program cannot be started.
    """
    options = (
        f"--kubeconfig={kubeconfig}",
        f"--controllers={','.join(CONTROLLERS_RUN)}",
        "--leader-elect=false",
        "--secure-port=0",
        "--profiling=false",
    )
    return _started("the cluster's controllers", executable, options, log, lambda: True)


def _started(
    name: str, executable: Path, options: Sequence[str], log: Path, answers: Callable[[], bool]
) -> ProcessRecord:
    """Start it and wait for it; what does not answer is ended."""
    with processes.launched(name, [str(executable), *options], log=log, env=os.environ) as record:
        wait_for(lambda: answers() or not processes.is_running(record), READY_SECONDS)
        _require(answers, record)
    return record


def _require(answers: Callable[[], bool], record: ProcessRecord) -> None:
    # Something else may answer on its port while the process itself has given up.
    if not processes.is_running(record) or not answers():
        raise processes.failed(record, "did not come up")


def _etcd_answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", trust_env=False, timeout=3).is_success
    except httpx.HTTPError:
        return False
