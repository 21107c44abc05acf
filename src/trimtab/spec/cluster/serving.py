"""Serving on a cluster, in three forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trimtab.spec.cluster.serving_kserve import KServeServing
from trimtab.spec.cluster.serving_ray import RayServing
from trimtab.spec.cluster.serving_vllm import VllmServing

ClusterServing = Annotated[KServeServing | VllmServing | RayServing, Field(discriminator="form")]
"""One entry of `cluster.serving`."""

__all__ = ["ClusterServing", "KServeServing", "RayServing", "VllmServing"]
