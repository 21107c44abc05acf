"""A cluster's declaration: what is read, and the sentence for each thing that is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.cluster.declared import BASE, DIGEST, POOL, SERVED, problem, read
from tests.spec.places import put
from trimtab.spec.cluster.cluster import EksCluster, ExistingCluster

TENANT: dict[str, Any] = {"name": "fraud"}


def with_pool(**fields: Any) -> dict[str, Any]:
    return {**BASE, "gpuPools": [{**POOL, **fields}]}


def with_teams(*teams: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return with_pool(queue={"teams": list(teams)}, **fields)


def with_tenant(**fields: Any) -> dict[str, Any]:
    return {**BASE, "tenants": [{**TENANT, **fields}, {"name": "search"}]}


def with_entry(**fields: Any) -> dict[str, Any]:
    return {**BASE, "accessEntries": [{"roleArn": "arn:aws:iam::123456789012:role/x", **fields}]}


def watched(served: dict[str, Any], server: str) -> dict[str, Any]:
    mail = {"smarthost": "mail.acme.example:587", "sender": "a@acme.example", "username": "a"}
    return {
        **BASE,
        "operators": [*BASE["operators"], "kserve", "prometheus-operator"],
        "serving": [served],
        "monitoring": {
            "exporters": [server],
            "objectives": [{"model": "scores", "server": server}],
            "routing": {"mail": {**mail, "password": {"secret": "mail", "key": "password"}}},
        },
    }


RETRAINING = {
    "name": "again",
    "model": "scores",
    "toolsImage": DIGEST,
    "data": "s3://acme-data/scores",
    "models": "s3://acme-models/scores",
    "training": {"image": DIGEST},
    "gates": [{"metric": "auc", "comparison": "at-least", "value": 0.9}],
    "registry": {"url": "http://mlflow.ml.svc", "model": "scores"},
    "target": {"namespace": "fraud", "name": "scores"},
}
FRAUD = {"tenant": "fraud", "gpus": 8}
BROKEN: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "kind": ({**BASE, "type": "gke"}, ("cluster", "of no such kind", "eks or existing")),
    "version": ({**BASE, "kubernetesVersion": "1.20"}, ("cluster.kubernetesVersion = '1.20'", "1.33, 1.34 or 1.35")),
    "operator": ({**BASE, "operators": ["istio"]}, ("cluster.operators[0] = 'istio'", "karpenter")),
    "operator twice": ({**BASE, "operators": ["keda", "keda"]}, ("cluster.operators", "keda", "list keda once")),
    "public block": ({**BASE, "publicCidrs": ["office"]}, ("cluster.publicCidrs[0] = 'office'", "IPv4")),
    "add-on version": (
        {**BASE, "addOns": [{"name": "vpc-cni", "version": "latest"}]},
        ("cluster.addOns[0].version = 'latest'", "v1.20.4-eksbuild.1"),
    ),
    "one system node": ({**BASE, "systemNodes": {"minNodes": 1}}, ("cluster.systemNodes.minNodes = 1", "from 2 to")),
    "system node bounds": (
        {**BASE, "systemNodes": {"minNodes": 6, "maxNodes": 3}},
        ("cluster.systemNodes.minNodes = 6", "2 to 3", "raise maxNodes"),
    ),
    "entry for nothing": (with_entry(), ("cluster.accessEntries[0].policy", "neither groups nor a policy")),
    "entry of Kubernetes' own": (
        with_entry(groups=["system:masters"]),
        ("cluster.accessEntries[0].groups[0] = 'system:masters'", "AmazonEKSClusterAdminPolicy"),
    ),
    "tenant twice": (
        {**BASE, "tenants": [TENANT, TENANT, {"name": "search"}]},
        ("cluster.tenants", "fraud more than once", "rename one fraud"),
    ),
    "pool twice": ({**BASE, "gpuPools": [POOL, POOL]}, ("cluster.gpuPools", "l4 more than once")),
    "tenant of Kubernetes' own": (
        {**BASE, "tenants": [{"name": "kube-system"}]},
        ("cluster.tenants[0].name = 'kube-system'", "namespace of Kubernetes itself"),
    ),
    "tenant's group": (
        with_tenant(groups={"viewers": ["system:authenticated"]}),
        ("cluster.tenants[0].groups.viewers[0] = 'system:authenticated'", "do not begin with system:"),
    ),
    "container default": (
        with_tenant(containers={"cpuMillicores": 2000, "maxVcpus": 1}),
        ("cluster.tenants[0].containers.cpuMillicores = 2000", "10 to 1000"),
    ),
    "egress twice": (
        with_tenant(egress=[{"name": "s3", "cidr": "10.0.0.0/8"}] * 2),
        ("cluster.tenants[0].egress", "s3 more than once"),
    ),
    "quota of nobody": (
        with_teams({"tenant": "ads", "gpus": 1}),
        ("cluster.gpuPools[0].queue.teams[0].tenant = 'ads'", "fraud, search", "declare ads under cluster.tenants"),
    ),
    "team twice": (with_teams(FRAUD, FRAUD), ("cluster.gpuPools[0].queue.teams", "fraud more than once")),
    "lends more than it has": (
        with_teams({**FRAUD, "lendGpus": 9}),
        ("cluster.gpuPools[0].queue.teams[0].lendGpus = 9", "0 to 8"),
    ),
    "promises too much": (
        with_teams({**FRAUD, "gpus": 17}),
        ("cluster.gpuPools[0].queue.teams", "promised 17 together", "16 of maxGpus 16", "raise maxGpus"),
    ),
    "borrowing without reclaiming": (
        with_pool(queue={"teams": [FRAUD], "preemption": {"reclaim": "Never", "whileBorrowing": "LowerPriority"}}),
        ("cluster.gpuPools[0].queue.preemption.whileBorrowing = 'LowerPriority'", "Never while reclaim is Never"),
    ),
    "neither types nor families": (with_pool(instanceTypes=[]), ("gpuPools[0].instanceTypes", "neither is named")),
    "types and families": (with_pool(instanceFamilies=["g6"]), ("gpuPools[0].instanceTypes", "both are named")),
    "a type without a GPU": (
        with_pool(instanceTypes=["m7i.xlarge"]),
        ("cluster.gpuPools[0].instanceTypes[0] = 'm7i.xlarge'", "no EC2 type with a GPU"),
    ),
    "a type of SageMaker's": (with_pool(instanceTypes=["ml.g5.2xlarge"]), ("'ml.g5.2xlarge'", "without ml.")),
    "spot without checkpoints": (
        with_pool(capacityTypes=["spot"]),
        ("cluster.gpuPools[0].capacityTypes = ['spot']", "interruptible: true"),
    ),
    "reserved without a reservation": (
        with_pool(capacityTypes=["reserved"]),
        ("cluster.gpuPools[0].reservationIds", "has reserved", "names none"),
    ),
    "a reservation that is not used": (
        with_pool(reservationIds=["cr-0123456789abcdef0"]),
        ("cluster.gpuPools[0].reservationIds", "lacks reserved", "names some"),
    ),
    "newest image": (with_pool(imageAlias="al2023@latest"), ("imageAlias = 'al2023@latest'", "never latest")),
    "half a window": (
        with_pool(disruptionBudgets=[{"nodes": "0", "schedule": "0 8 * * *"}]),
        ("cluster.gpuPools[0].disruptionBudgets[0].durationMinutes", "add durationMinutes"),
    ),
    "the pool's own taint": (
        with_pool(taints=[{"key": "nvidia.com/gpu"}]),
        ("cluster.gpuPools[0].taints", "has the taint nvidia.com/gpu already"),
    ),
    "slices of a GPU that has none": (
        with_pool(sharing={"type": "mig", "slices": "1g.10gb"}),
        ("cluster.gpuPools[0].instanceTypes[0] = 'g6.12xlarge'", "cannot be shared by all-1g.10gb"),
    ),
    "slices of another GPU": (
        with_pool(instanceTypes=["p4d.24xlarge"], sharing={"type": "mig", "slices": "7g.80gb"}),
        ("'p4d.24xlarge'", "p4d for profiles of 40 GB"),
    ),
    "turns on families": (
        with_pool(instanceTypes=[], instanceFamilies=["g6"], sharing={"type": "time-slicing", "podsPerGpu": 4}),
        ("cluster.gpuPools[0].instanceFamilies = ['g6']", "time-slicing needs instanceTypes"),
    ),
    "quota of an unknown shape": (
        with_teams(FRAUD, instanceTypes=["p5en.48xlarge"]),
        ("cluster.gpuPools[0].queue.teams[0].vcpus", "cannot be derived", "set vcpus beside gpus"),
    ),
    "no operator for pools": (
        {**BASE, "operators": ["karpenter", "nvidia-device-plugin"]},
        ("cluster.operators", "gpuPools[0] needs kueue", "add kueue to cluster.operators"),
    ),
    "no operator for GPUs": (
        {**BASE, "operators": ["karpenter", "kueue"]},
        ("gpuPools[0].sharing needs nvidia-device-plugin or nvidia-gpu-operator",),
    ),
    "no operator for slices": (
        with_pool(instanceTypes=["p5.48xlarge"], sharing={"type": "mig", "slices": "1g.10gb"}),
        ("gpuPools[0].sharing needs nvidia-gpu-operator",),
    ),
    "no operator for serving": ({**BASE, "serving": [SERVED]}, ("serving[0] needs kserve", "leave out serving[0]")),
    "served in nobody's namespace": (
        {**BASE, "serving": [{**SERVED, "namespace": "ads"}]},
        ("cluster.serving[0].namespace = 'ads'", "cluster.tenants does not declare", "fraud, search"),
    ),
    "served on no pool": (
        {**BASE, "serving": [{**SERVED, "pool": "h100"}]},
        ("cluster.serving[0].pool = 'h100'", "cluster.gpuPools does not declare", "name one of those"),
    ),
    "trained in no queue": (
        {**BASE, "training": {"namespace": "fraud", "queue": "h100"}},
        ("cluster.training.queue = 'h100'", "of which fraud has no share", "allowed: l4"),
    ),
    "served twice": (
        {**BASE, "operators": [*BASE["operators"], "kserve"], "serving": [SERVED, SERVED]},
        ("cluster.serving", "scores in fraud more than once", "rename one scores"),
    ),
    "pipeline's target": (
        {
            **BASE,
            "operators": [*BASE["operators"], "kserve"],
            "serving": [SERVED],
            "pipelines": {"engine": {"type": "argo-workflows"}, "retraining": [RETRAINING]},
        },
        ("cluster.pipelines.retraining[0].target", "scores, which is not a runtime of KServe's", "type: runtime"),
    ),
    "objective that nothing counts": (
        watched(SERVED, "mlserver"),
        ("cluster.monitoring.objectives[0].server = 'mlserver'", "nothing counts", "set predictor.metrics for scores"),
    ),
    "objective that another counts": (
        watched({**SERVED, "predictor": {"type": "container", "metrics": "triton"}}, "mlserver"),
        ("cluster.monitoring.objectives[0].server = 'mlserver'", "allowed: triton", "set server: triton"),
    ),
    "pool without a profile": (
        {**BASE, "type": "existing", "nodeSecurityGroupId": "sg-0123456789abcdef0"},
        ("cluster.nodeInstanceProfile", "gpuPools of an existing cluster need nodeInstanceProfile"),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_refused(case: str) -> None:
    cluster, words = BROKEN[case]
    said = problem(cluster)
    for word in words:
        assert word in said, said
    assert "; allowed: " in said
    assert "; remedy: " in said


def test_the_smallest_cluster() -> None:
    cluster = read({"type": "eks"})
    assert isinstance(cluster, EksCluster)
    assert (cluster.public_cidrs, cluster.irsa) == ((), False), "private, and without a second identity system"
    assert set(cluster.log_types) == {"api", "audit", "authenticator", "controllerManager", "scheduler"}


def test_an_existing_cluster_may_have_more_than_is_declared() -> None:
    """Namespaces and pools of a cluster that somebody else declares may be named; operators are still listed."""
    existing = {"type": "existing", "clusterName": "acme", "operators": ["kserve"], "serving": [SERVED]}
    assert isinstance(read(existing), ExistingCluster)
    assert read({**existing, "serving": [{**SERVED, "pool": "theirs"}]})
    assert "needs kserve" in problem({**existing, "operators": []})


def test_one_pool_of_a_quota_in_turns() -> None:
    cluster = read(
        put(
            with_pool(sharing={"type": "time-slicing", "podsPerGpu": 4}),
            "gpuPools[0].queue.teams",
            [{"tenant": "fraud", "gpus": 64}],
        )
    )
    (pool,) = cluster.gpu_pools
    assert pool.queue.guaranteed == 64, "16 GPUs with 4 turns each"


def test_a_declaration_comes_back_as_it_went() -> None:
    cluster = read(BASE)
    assert read(cluster.model_dump(mode="json", by_alias=True)) == cluster
