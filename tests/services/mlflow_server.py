"""A real MLflow server, started from the very settings that the component declares."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from tests.services.environments import service_python
from tests.services.processes import answers, free_port, service
from trimtab.components.generated_secret import password
from trimtab.components.mlflow.settings import (
    ADMIN_PASSWORD,
    ALLOWED_HOSTS,
    ARTIFACTS,
    BACKEND_URI,
    HEALTH,
    allowed_hosts,
    server_settings,
)
from trimtab.spec.cluster.mlflow import BasicAuth, MLflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trimtab.components.mlflow.settings import ServerSettings


@dataclass(frozen=True)
class RunningServer:
    """A server that runs.

    Attributes:
        url: its address.
        admin: name and password of its administrator.
        environment: what it was started in.
        python: an interpreter that has MLflow, for clients.
    """

    url: str
    admin: tuple[str, str]
    environment: Mapping[str, str]
    python: Path

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Call the server's REST API as its administrator."""
        options.setdefault("auth", self.admin)
        return httpx.request(method, f"{self.url}/api/2.0/{path}", timeout=30, **options)

    def asked(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """Return what the API answers, which must be a success."""
        response = self.call(method, path, **options)
        assert response.is_success, response.text
        answer: dict[str, Any] = response.json()
        return answer


@contextmanager
def mlflow_server(folder: Path, spec: MLflow, *, artifacts: str, aws: Mapping[str, str]) -> Iterator[RunningServer]:
    """Run a server of `spec` with a database in `folder`.

    Args:
        folder: where its database, its users' file and its log are.
        spec: the declaration.
        artifacts: `s3://bucket/prefix`.
        aws: the environment that leads to the bucket.
    """
    python, port = service_python("mlflow"), free_port()
    users, metrics = folder / "users.ini", folder / "metrics"
    metrics.mkdir(exist_ok=True)  # a volume of the pod
    settings = server_settings(spec, auth_file=str(users), port=port, metrics_folder=str(metrics))
    environment = {
        **_clean(python),
        **aws,
        **settings.environment,
        **_secrets(settings, folder),
        ARTIFACTS: artifacts,
        ALLOWED_HOSTS: allowed_hosts("mlflow", "ml"),
        "HOME": str(folder),
    }
    for step in settings.prepare:
        subprocess.run(_absolute(step.command, python), env=environment, check=True, capture_output=True, cwd=folder)
    command = _absolute(settings.command, python)
    url = f"http://127.0.0.1:{port}"
    assert isinstance(spec.auth, BasicAuth)
    with service(
        "mlflow", command, log=folder / "mlflow.log", env=environment, ready=lambda: answers(f"{url}{HEALTH}")
    ):
        yield RunningServer(url, (spec.auth.admin_name, environment[ADMIN_PASSWORD]), environment, python)


def _clean(python: Path) -> dict[str, str]:
    """The image's environment: its own programs first on the path."""
    return {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8"}


def _secrets(settings: ServerSettings, folder: Path) -> dict[str, str]:
    made = {name: password() for name in settings.secrets}
    return {**made, BACKEND_URI: f"sqlite:///{folder}/mlflow.db"}


def _absolute(command: tuple[str, ...], python: Path) -> list[str]:
    """The command with the program that the image's path would lead to."""
    program = python.parent / command[0]
    return [str(program) if program.exists() else f"/bin/{command[0]}", *command[1:]]
