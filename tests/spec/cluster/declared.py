"""Declarations of a cluster, as YAML would hold them, and reading them as a platform's are read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.cluster import Cluster, ClusterParts
from trimtab.spec.problems import sentence


class Declared(SpecModel):
    """What holds a cluster, so that paths begin as they do in a platform."""

    cluster: Cluster


POOL: dict[str, Any] = {
    "name": "l4",
    "instanceTypes": ["g6.12xlarge"],
    "maxGpus": 16,
    "queue": {"teams": [{"tenant": "fraud", "gpus": 8}, {"tenant": "search", "gpus": 4, "lendGpus": 2}]},
}
BASE: dict[str, Any] = {
    "type": "eks",
    "operators": ["karpenter", "kueue", "nvidia-device-plugin"],
    "tenants": [{"name": "fraud"}, {"name": "search"}],
    "gpuPools": [POOL],
}
DIGEST = f"docker.io/acme/server@sha256:{'a' * 64}"
SERVED: dict[str, Any] = {
    "form": "kserve",
    "name": "scores",
    "namespace": "fraud",
    "modelGroup": "fraud",
    "image": DIGEST,
    "resources": {"cpuMillicores": 500, "memoryMib": 1024},
    "predictor": {"type": "container"},
}


def read(cluster: dict[str, Any]) -> ClusterParts:
    """Read a cluster strictly, as a stack's configuration is read."""
    return Declared.model_validate_json(json.dumps({"cluster": cluster}), strict=True).cluster


def problem(cluster: dict[str, Any]) -> str:
    """The one sentence that refuses a cluster."""
    with pytest.raises(ValidationError) as refused:
        read(cluster)
    # Pydantic counts the entries that were sound, too: a list whose one entry is refused is told to be too short.
    (error,) = (item for item in refused.value.errors(include_url=False) if item["type"] != "too_short")
    return sentence(error, Declared)
