"""A local cloud of a test's own: its files in a temporary folder, its engine from the shared builds."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from kubernetes.config import new_client_from_config

from trimtab.local.builds import Builds
from trimtab.local.down import down
from trimtab.local.engine.find import EngineFinder
from trimtab.local.environment import process_environment
from trimtab.local.home import BUILDS_VARIABLE, HOME_VARIABLE, Home
from trimtab.local.kubernetes.find import KubernetesFinder
from trimtab.local.progress import ConsoleProgress
from trimtab.local.up import Wanted, up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from kubernetes.client import ApiClient

    from trimtab.local.state import LocalState


COMMAND = Path(sys.executable).with_name("trimtab")


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


def run(args: list[str], env: Mapping[str, str], cwd: Path | None = None) -> Finished:
    """Run to the end; never raises for an exit code."""
    done = subprocess.run(args, env=env, cwd=cwd, capture_output=True, text=True, check=False)
    return Finished(done.returncode, done.stdout, done.stderr)


class LocalCloud:
    """Starts on entry, ends on exit; what it started is ended by process id."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(builds=Home.from_environment().builds, local=folder / "local")
        self._state: LocalState | None = None

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.down()

    def down(self) -> None:
        down(self.home, purge=True)

    def up(self, *, kubernetes: bool = False) -> LocalState:
        """Start it, or find it running; with Kubernetes, a cluster is started beside what runs already."""
        progress = ConsoleProgress()
        builds = Builds(self.home.builds, progress=progress)
        finder = EngineFinder(builds, progress, self.home.bin)
        cluster = KubernetesFinder(builds, progress) if kubernetes else None
        self._state = up(self.home, Wanted(), finder, progress, cluster)
        return self._state

    def kubernetes(self) -> ApiClient:
        """A client of this cloud's API server, which is started now where it does not run yet."""
        if self.state.cluster is None:
            self.up(kubernetes=True)
        client: ApiClient = new_client_from_config(str(self.home.kubeconfig))  # type: ignore[no-untyped-call]  # theirs
        return client

    @property
    def state(self) -> LocalState:
        assert self._state is not None, "the local cloud was not started"
        return self._state

    @property
    def endpoint(self) -> str:
        return self.state.endpoint

    @property
    def environment(self) -> dict[str, str]:
        return {**process_environment(self.home, self.state), **home_variables(self.home)}

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client of this cloud."""
        session = boto3.Session(
            aws_access_key_id="test", aws_secret_access_key="test", region_name=region or self.state.region
        )
        return session.client(service, endpoint_url=self.endpoint)  # type: ignore[call-overload]  # any service's name

    def trimtab(self, *args: str, cwd: Path | None = None) -> Finished:
        """Run `trimtab` in this cloud's environment."""
        return trimtab(*args, env=self._command_environment(), cwd=cwd)

    def start(self, *args: str) -> subprocess.Popen[str]:
        """Start `trimtab` and do not wait for it."""
        return start(*args, env=self._command_environment())

    def _command_environment(self) -> dict[str, str]:
        return self.environment if self._state else {**os.environ, **home_variables(self.home)}


def home_variables(home: Home) -> dict[str, str]:
    """What makes the command line use `home`."""
    return {HOME_VARIABLE: str(home.local.parent), BUILDS_VARIABLE: str(home.builds)}


def trimtab(*args: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Finished:
    """Run the command line of this checkout."""
    return run([str(COMMAND), *args], env=os.environ if env is None else env, cwd=cwd)


def start(*args: str, env: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start the command line of this checkout and do not wait for it."""
    return subprocess.Popen([str(COMMAND), *args], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
