"""A real Feast over the very feature repository that the component renders."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.services.environments import service_python
from tests.services.processes import answers, free_port, service
from trimtab.components.feast.addresses import redis_connection
from trimtab.components.feast.commands import (
    ENVIRONMENT,
    HEALTH,
    apply_command,
    materialise_command,
    serve_command,
)
from trimtab.components.feast.repository import DATA, ONLINE, REGION, REGISTRY, feature_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.redis_server import RunningRedis
    from trimtab.spec.cluster.feast import Feast

REPOSITORY = "FEAST_REPOSITORY"


@dataclass(frozen=True)
class FeatureStore:
    """A feature repository in a folder, with the environment that its files name.

    Attributes:
        folder: holds `repository`, the registry and the data.
    """

    spec: Feast
    folder: Path
    environment: dict[str, str]
    python: Path

    @property
    def repository(self) -> Path:
        return self.folder / "repository"

    def apply(self) -> str:
        return self._run(*apply_command(str(self.repository)))

    def materialise(self) -> str:
        return self._run(*materialise_command())

    def script(self, text: str, *args: str) -> str:
        """Run Python that has Feast; returns what it prints."""
        return self._run("python", "-c", text, str(self.repository), *args)

    @contextmanager
    def server(self) -> Iterator[str]:
        """Run the feature server; gives its address."""
        port = free_port()
        command = serve_command(self.spec, host="127.0.0.1", port=port, repository=str(self.repository))
        program = str(self.python.parent / command[0])
        url = f"http://127.0.0.1:{port}"
        log = self.folder / "server.log"
        with service(
            "feast", [program, *command[1:]], log=log, env=self.environment, ready=lambda: answers(f"{url}{HEALTH}")
        ):
            yield url

    def _run(self, program: str, *args: str) -> str:
        own = self.python.parent / program
        command = [str(own) if own.exists() else f"/bin/{program}", *args]
        done = subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def feature_store(spec: Feast, folder: Path, redis: RunningRedis) -> FeatureStore:
    """Write the repository of `spec` into `folder`; sources lie below `folder/data`."""
    python = service_python("feast")
    repository = folder / "repository"
    repository.mkdir()
    for name, text in feature_repository(spec).items():
        (repository / name).write_text(text, encoding="utf-8")
    environment = {
        **ENVIRONMENT,
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        # ElastiCache's certificates are signed by an authority that images know; this Redis signs its own.
        "SSL_CERT_FILE": str(redis.authority),
        REPOSITORY: str(repository),
        REGION: "eu-central-1",
        REGISTRY: str(folder / "registry.db"),
        ONLINE: redis_connection("localhost", redis.port, redis.password),
        DATA: str(folder / "data"),
    }
    return FeatureStore(spec, folder, environment, python)
