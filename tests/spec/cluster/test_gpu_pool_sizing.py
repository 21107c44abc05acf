"""Whatever the analyser may set, the declaration takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.cluster.declared import BASE, POOL, read
from tests.spec.places import put, value_at

POOLS: dict[str, dict[str, Any]] = {
    "one type": POOL,
    "several types": {**POOL, "instanceTypes": ["g6.12xlarge", "g5.12xlarge"]},
    "turns": {**POOL, "sharing": {"type": "time-slicing", "podsPerGpu": 2}},
    "slices": {
        **POOL,
        "instanceTypes": ["p5.48xlarge"],
        "sharing": {"type": "mig", "slices": "3g.40gb"},
        "maxGpus": 8,
        "queue": {"teams": [{"tenant": "fraud", "gpus": 9}]},
    },
    "reserved": {
        **POOL,
        "capacityTypes": ["reserved", "on-demand"],
        "reservationIds": ["cr-0123456789abcdef0"],
    },
    "a limit between nodes": {**POOL, "maxGpus": 13},
    "families": {
        **POOL,
        "instanceTypes": [],
        "instanceFamilies": ["g6"],
        "queue": {"teams": [{"tenant": "fraud", "gpus": 1, "vcpus": 4, "memoryGib": 16}]},
    },
}


@pytest.mark.parametrize("kind", POOLS)
def test_every_step_is_a_declaration(kind: str) -> None:
    operators = ["karpenter", "kueue", "nvidia-gpu-operator"]
    declared = {"cluster": {**BASE, "operators": operators, "gpuPools": [POOLS[kind]]}}
    (pool,) = read(declared["cluster"]).gpu_pools
    template = pool.sizing("cluster.gpuPools[0]")
    assert template.fields
    for field in template.fields:
        assert field.spec_path is not None
        assert field.current in field.allowed
        if field.unit != "instanceType":
            assert list(field.allowed) == sorted(field.allowed)
        filled = {"cluster": {**declared["cluster"], "gpuPools": [pool.model_dump(mode="json", by_alias=True)]}}
        assert value_at(filled, field.spec_path) == field.current
        for step in field.allowed:
            read(put(filled, field.spec_path, step)["cluster"])


def test_the_limit_never_falls_below_what_is_promised() -> None:
    (pool,) = read(BASE).gpu_pools
    limit = next(field for field in pool.sizing(None).fields if field.name == "maxGpus")
    # Three nodes of four GPUs hold the 12 that are promised; twice today's limit is where advice ends.
    assert limit.allowed == (12, 16, 20, 24, 28, 32)
    assert limit.spec_path is None


def test_nodes_bound_the_bill() -> None:
    (pool,) = read(BASE).gpu_pools
    assert (pool.sizing(None).count, pool.sizing(None).instance_type) == (4, "g6.12xlarge")
