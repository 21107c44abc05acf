"""GPU pools through the real engine and a real API server, with Karpenter's and Kueue's own schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from kubernetes import client

from tests.components.cluster.parts import handles, one, parts_workspace
from trimtab.components.gpu_pool.profiles import mig_profiles, plugin_profiles
from trimtab.components.gpu_pool.queues import beside_gpus
from trimtab.spec.cluster.gpu_pool import GpuPool
from trimtab.spec.cluster.gpu_sharing import Mig, TimeSlicing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

NAMESPACE = "pool-team"
INPUTS: dict[str, Any] = {
    "instance_profile": "acme-dev-nodes",
    "subnet_ids": ["subnet-0a1b2c3d", "subnet-1a2b3c4d"],
    "security_group_ids": ["sg-0a1b2c3d"],
    "disk_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/8d7f0c2a",
    "operators": ["karpenter", "kueue", "nvidia-device-plugin"],
}
TEAMS = [
    {"tenant": NAMESPACE, "gpus": 8, "borrowGpus": 4, "lendGpus": 2},
]
WHOLE: dict[str, Any] = {
    "name": "pool-l4",
    "instanceTypes": ["g6.12xlarge", "g6.24xlarge"],
    "capacityTypes": ["spot", "on-demand"],
    "interruptible": True,
    "maxGpus": 32,
    "maxVcpus": 512,
    "maxMemoryGib": 2048,
    "consolidation": {"policy": "WhenEmptyOrUnderutilized", "afterMinutes": 15},
    "expireAfterHours": 336,
    "disruptionBudgets": [
        {"nodes": "0", "schedule": "0 8 * * 1-5", "durationMinutes": 600, "reasons": ["Underutilized", "Drifted"]},
        {"nodes": "10%"},
    ],
    "taints": [{"key": "acme.example/training", "value": "yes"}],
    "queue": {
        "cohort": "research",
        "teams": TEAMS,
        "preemption": {"withinQueue": "LowerPriority", "reclaim": "Any", "whileBorrowing": "LowerPriority"},
    },
}
SLICED: dict[str, Any] = {
    "name": "pool-h100",
    "instanceTypes": ["p5.48xlarge"],
    "capacityTypes": ["reserved"],
    "reservationIds": ["cr-0123456789abcdef0"],
    "maxGpus": 16,
    "sharing": {"type": "mig", "slices": "1g.10gb"},
    "expireAfterHours": None,
    "drainHours": None,
    "imageAlias": "bottlerocket@v1.46.0",
    "queue": {"teams": [{"tenant": NAMESPACE, "gpus": 56}], "order": "strict"},
}
FAMILY: dict[str, Any] = {
    "name": "pool-any",
    "instanceFamilies": ["g5", "g6e"],
    "maxGpus": 4,
    "queue": {"teams": [{"tenant": NAMESPACE, "gpus": 2, "vcpus": 16, "memoryGib": 64}]},
}


def part(number: int, spec: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    return {
        "component": "gpu_pool:GpuPool",
        "model": "cluster.gpu_pool:GpuPool",
        "name": spec["name"],
        "spec": spec,
        "path": f"cluster.gpuPools[{number}]",
        "inputs": {**INPUTS, **inputs},
    }


@pytest.mark.engine
def test_pools_of_each_sharing(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    pools = [part(number, spec) for number, spec in enumerate((WHOLE, SLICED, FAMILY))]
    workspace = parts_workspace(make_workspace, NAMESPACE, pools)
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    custom = client.CustomObjectsApi(local_cluster.kubernetes())

    pool: Any = custom.get_cluster_custom_object("karpenter.sh", "v1", "nodepools", "pool-l4")
    assert pool["spec"]["limits"] == {"nvidia.com/gpu": "32", "cpu": "512", "memory": "2048Gi"}
    assert pool["spec"]["disruption"]["consolidateAfter"] == "15m"
    assert pool["spec"]["disruption"]["budgets"][0]["duration"] == "600m"
    taints = pool["spec"]["template"]["spec"]["taints"]
    assert [taint["key"] for taint in taints] == ["nvidia.com/gpu", "acme.example/training"]

    nodes: Any = custom.get_cluster_custom_object("karpenter.k8s.aws", "v1", "ec2nodeclasses", "pool-l4")
    assert nodes["spec"]["metadataOptions"]["httpTokens"] == "required"
    assert all(disk["ebs"]["encrypted"] for disk in nodes["spec"]["blockDeviceMappings"])
    assert [term["id"] for term in nodes["spec"]["subnetSelectorTerms"]] == INPUTS["subnet_ids"]

    queue: Any = custom.get_cluster_custom_object("kueue.x-k8s.io", "v1beta2", "clusterqueues", f"pool-l4-{NAMESPACE}")
    assert queue["spec"]["cohortName"] == "research"
    gpus, cpu, memory = queue["spec"]["resourceGroups"][0]["flavors"][0]["resources"]
    assert gpus == {"name": "nvidia.com/gpu", "nominalQuota": "8", "borrowingLimit": "4", "lendingLimit": "2"}
    assert (cpu["nominalQuota"], memory["nominalQuota"]) == ("96", "384Gi")
    local: Any = custom.get_namespaced_custom_object("kueue.x-k8s.io", "v1beta2", NAMESPACE, "localqueues", "pool-l4")
    assert local["spec"]["clusterQueue"] == f"pool-l4-{NAMESPACE}"

    # 8 GPUs of 7 slices each; the label makes the MIG manager cut them so.
    overlay: Any = custom.get_cluster_custom_object("karpenter.sh", "v1alpha1", "nodeoverlays", "pool-h100-p5-48xlarge")
    assert overlay["spec"]["capacity"] == {"nvidia.com/mig-1g.10gb": "56"}
    sliced = one(result, "NodePool", "pool-h100")["spec"]["template"]
    assert sliced["metadata"]["labels"]["nvidia.com/mig.config"] == "all-1g.10gb"
    assert (sliced["spec"]["expireAfter"], "terminationGracePeriod" in sliced["spec"]) == ("Never", False)
    reserved = one(result, "EC2NodeClass", "pool-h100")["spec"]
    assert reserved["capacityReservationSelectorTerms"] == [{"id": "cr-0123456789abcdef0"}]
    assert [disk["deviceName"] for disk in reserved["blockDeviceMappings"]] == ["/dev/xvda", "/dev/xvdb"]
    families = one(result, "NodePool", "pool-any")["spec"]["template"]["spec"]["requirements"]
    assert families[0]["values"] == ["g5", "g6e"]

    handle = handles(result, "pool-l4")["NodePool/pool-l4"]
    assert handle["dimensions"] == {"nodepool": "pool-l4"}
    assert {field["name"]: field["specPath"] for field in handle["fields"]} == {
        "maxGpus": "cluster.gpuPools[0].maxGpus",
        "consolidation.afterMinutes": "cluster.gpuPools[0].consolidation.afterMinutes",
    }
    assert (handle["count"], handle["tags"]["Platform"]) == (8, "acme")


@pytest.mark.engine
def test_what_the_server_refuses_is_said_with_its_path(
    local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]
) -> None:
    assert local_cluster.state.cluster is not None
    pool = part(0, {**FAMILY, "name": "pool-wrong"}, subnet_ids=["rtb-0a1b2c3d"])
    result = parts_workspace(make_workspace, "pool-wrong", [pool]).up(check=False)
    assert result.code != 0
    assert "spec.subnetSelectorTerms[0].id" in result.output


@pytest.mark.engine
def test_a_pool_without_its_operators(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    assert local_cluster.state.cluster is not None
    pool = part(0, {**FAMILY, "name": "pool-none"}, operators=["karpenter"])
    result = parts_workspace(make_workspace, "pool-none", [pool]).preview(check=False)
    assert result.code != 0
    assert "pool-none needs the operator kueue, which the cluster does not have" in result.output
    assert "add kueue to cluster.operators" in result.output


def test_every_profile_that_can_be_declared_is_one_of_the_named_ones() -> None:
    plugin, mig = plugin_profiles(), mig_profiles()["mig-configs"]
    turns = TimeSlicing.model_fields["pods_per_gpu"].annotation
    for count in turns.__args__:  # type: ignore[union-attr]  # a Literal
        profile = json.loads(plugin[TimeSlicing(type="time-slicing", pods_per_gpu=count).profile])
        assert profile["sharing"]["timeSlicing"]["resources"] == [{"name": "nvidia.com/gpu", "replicas": count}]
    for slices in Mig.model_fields["slices"].annotation.__args__:  # type: ignore[union-attr]  # a Literal
        assert Mig(type="mig", slices=slices).profile in mig


def test_what_comes_with_a_gpu() -> None:
    whole = GpuPool.model_validate(WHOLE)
    assert beside_gpus(whole, 8) == (96, 384)
    assert beside_gpus(whole, 1) == (12, 48)
    # p5.48xlarge: 192 vCPUs and 2,048 GiB for 56 slices.
    assert beside_gpus(GpuPool.model_validate(SLICED), 56) == (192, 2048)
