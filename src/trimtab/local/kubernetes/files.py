"""Where a cluster keeps its things, below the local cloud's folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local.kubernetes.credentials import Credentials, credentials

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.home import Home


@dataclass(frozen=True)
class ClusterFiles:
    """Paths of one cluster.

    Attributes:
        folder: all but logs.
        kubeconfig: what KUBECONFIG names.
        logs: of its processes.
    """

    folder: Path
    kubeconfig: Path
    logs: Path

    @classmethod
    def of(cls, home: Home) -> ClusterFiles:
        return cls(home.kubernetes, home.kubeconfig, home.logs)

    @property
    def disk(self) -> Path:
        """etcd's: it outlives the processes, so that a cluster that was killed comes back as it was."""
        return self.folder / "etcd"

    def credentials(self) -> Credentials:
        """The cluster's keys, made where they are missing."""
        return credentials(self.folder / "credentials")

    def log(self, program: str) -> Path:
        return self.logs / f"{program}.log"
