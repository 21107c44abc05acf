"""Makes a cluster run beside the AWS process, whatever state it was in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.kubernetes.cluster import is_well, start
from trimtab.local.kubernetes.files import ClusterFiles

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.home import Home
    from trimtab.local.kubernetes.find import KubernetesFinder
    from trimtab.local.kubernetes.model import Parts
    from trimtab.local.kubernetes.record import ClusterRecord
    from trimtab.local.progress import Progress


def missing_parts(home: Home, before: ClusterRecord | None, finder: KubernetesFinder, pulumi: Path) -> Parts | None:
    """What a cluster is to be started from; None where one runs and is well.

    Args:
        home: the local cloud's folders.
        before: the cluster that the state file knows.
        finder: brings the parts.
        pulumi: the engine.

    Raises:
        WorldError: a part cannot be had.
    """
    if before is not None and is_well(before, ClusterFiles.of(home)):
        return None
    return finder.find(pulumi)


def start_cluster(home: Home, parts: Parts, before: ClusterRecord | None, progress: Progress) -> ClusterRecord:
    """Start a new cluster, or the one that has died.

    Raises:
        WorldError: it does not come up.
    """
    return start(ClusterFiles.of(home), parts, home.pulumi_home, progress, before)
