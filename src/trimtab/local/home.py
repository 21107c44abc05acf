"""Where the local cloud keeps what it builds and what it runs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE = "TRIMTAB_HOME"
BUILDS_VARIABLE = "TRIMTAB_BUILDS"


@dataclass(frozen=True)
class Home:
    """Folders of one local cloud.

    Attributes:
        builds: what was built or fetched, keyed by version; may be shared by many homes.
        local: the running cloud: its state file, logs, PULUMI_HOME and file backend.
    """

    builds: Path
    local: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Home:
        """`$TRIMTAB_HOME` (default `~/.cache/trimtab`); `$TRIMTAB_BUILDS` moves the builds alone.

        Raises:
            UserError: a variable holds a relative path.
        """
        root = _absolute(environ, HOME_VARIABLE, Path.home() / ".cache" / "trimtab")
        builds = _absolute(environ, BUILDS_VARIABLE, root / "builds")
        return cls(builds=builds, local=root / "local")

    @property
    def state_file(self) -> Path:
        return self.local / "state.json"

    @property
    def lock_file(self) -> Path:
        return self.local.with_name("local.lock")

    @property
    def logs(self) -> Path:
        return self.local / "logs"

    @property
    def bin(self) -> Path:
        """The engine and the language host side by side, as the engine expects them."""
        return self.local / "bin"

    @property
    def pulumi_home(self) -> Path:
        return self.local / "pulumi"

    @property
    def kubernetes(self) -> Path:
        """The cluster's disk, keys and kubeconfig."""
        return self.local / "kubernetes"

    @property
    def kubeconfig(self) -> Path:
        return self.kubernetes / "kubeconfig"

    @property
    def backend(self) -> Path:
        """Root of the file backend; Pulumi keeps its own `.pulumi` folder in it."""
        return self.local / "backend"


def locked(home: Home) -> FileLock:
    """The lock that every change of the local cloud is made under; its folder is made where it is missing."""
    home.local.mkdir(parents=True, exist_ok=True)
    return FileLock(home.lock_file)


def _absolute(environ: Mapping[str, str], variable: str, default: Path) -> Path:
    value = environ.get(variable, "")
    if not value:
        return default
    path = Path(value).expanduser()
    if not path.is_absolute():
        raise UserError(
            f"{variable}: {value!r} is a relative path; an absolute one is needed.",
            remedy=f"set {variable} to an absolute path, or unset it to use {default}.",
        )
    return path
