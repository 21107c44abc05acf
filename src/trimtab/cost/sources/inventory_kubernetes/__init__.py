"""What a Kubernetes cluster runs, whether a stack declared it or not."""

from __future__ import annotations

from trimtab.cost.sources.inventory_kubernetes.cluster import KubernetesCluster

__all__ = ["KubernetesCluster"]
