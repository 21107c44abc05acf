"""Retraining pipelines on a cluster."""

from __future__ import annotations

from trimtab.components.cluster_pipelines.args import ClusterPipelinesArgs
from trimtab.components.cluster_pipelines.component import ClusterPipelines

__all__ = ["ClusterPipelines", "ClusterPipelinesArgs"]
