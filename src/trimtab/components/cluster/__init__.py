"""A cluster: of the platform's own in EKS, or one that is there already."""

from __future__ import annotations

from trimtab.components.cluster.args import ClusterComponentArgs
from trimtab.components.cluster.component import Cluster

__all__ = ["Cluster", "ClusterComponentArgs"]
