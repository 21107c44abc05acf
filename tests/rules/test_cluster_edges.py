"""Rules of the cluster beside their examples: where a rule must look twice before it agrees, or disagrees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.examples import resource
from trimtab.rules.values import Opaque

from .edges import run

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

POD: dict[str, Any] = {"containers": [{"name": "c", "image": "repo:tag"}]}
COMMIT = "0123456789" * 4


def served(**model: Any) -> Resource:
    return resource(kinds.INFERENCE_SERVICE, "m", spec={"predictor": {"model": model}})


def pods(**container: Any) -> Resource:
    return resource(t.DEPLOYMENT, "d", spec={"template": {"spec": {"containers": [{"name": "c", **container}]}}})


def pool(**fields: Any) -> Resource:
    return resource(kinds.NODE_POOL, "gpu", **fields)


def queue(name: str, *covered: str, quota: str | None = "8") -> Resource:
    quotas = [{"name": resource_name, **({"nominalQuota": quota} if quota else {})} for resource_name in covered]
    groups = [{"coveredResources": list(covered), "flavors": [{"name": "h100", "resources": quotas}]}]
    return resource(kinds.CLUSTER_QUEUES[1], name, spec={"resourceGroups": groups})


SPOT = [{"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]}]
NO_SPOT = [{"key": "karpenter.sh/capacity-type", "operator": "NotIn", "values": ["spot"]}]
JOB = {"template": {"spec": {"containers": [{"name": "c", "resources": {"limits": {"nvidia.com/gpu": 1}}}]}}}
LOCAL = resource(kinds.LOCAL_QUEUES[1], "gpu", metadata={"name": "gpu", "namespace": "other"})
NAMED = {"name": "j", "namespace": "team", "labels": {"kueue.x-k8s.io/queue-name": "gpu"}}
TEAM = resource(kinds.NAMESPACE, "team", metadata={"name": "team"})


def network(name: str = "p", **spec: Any) -> Resource:
    return resource(kinds.NETWORK_POLICY, name, metadata={"name": name, "namespace": "team"}, spec=spec)


BREAKS: list[tuple[str, tuple[Resource, ...], str]] = [
    ("kubernetes-model-pinned", (pods(args=["--model", "org/m", "--revision=v1"]),), "org/m is loaded at revision v1"),
    ("kubernetes-model-pinned", (pods(command=["sh", "-c", "exec vllm serve org/m --port 1"]),), "org/m .* main"),
    ("kubernetes-model-pinned", (pods(env=[{"name": "MODEL_ID", "value": "org/m"}]),), "org/m .* main"),
    ("kubernetes-model-pinned", (served(storageUri="hf://org/m:main"),), "revision main"),
    ("kubernetes-model-pinned", (served(storageUri="oci://repo/m:1"),), "is a tag"),
    ("kubernetes-model-pinned", (pods(args=Opaque.UNKNOWN),), "unknown until update"),
    ("gpu-queue-has-quota", (queue("q", "cpu", "nvidia.com/mig-1g.10gb", quota=None),), "mig-1g.10gb"),
    ("spot-only-where-interruptible", (pool(spec={"template": {"spec": {"requirements": SPOT}}}),), "buys spot"),
    (
        "spot-only-where-interruptible",
        (resource(kinds.INFERENCE_SERVICE, "m", spec={"predictor": {"nodeSelector": {SPOT[0]["key"]: "spot"}}}),),
        "answers requests",
    ),
    (
        "node-pool-disruption",
        (pool(spec={"disruption": {"budgets": [{"nodes": "1"}]}, "template": {"spec": {"expireAfter": "Never"}}}),),
        "never expire",
    ),
    ("training-job-queued", (resource(kinds.JOB, "j", metadata=NAMED, spec=JOB), LOCAL), "no queue of this stack"),
    ("training-job-queued", (resource(kinds.JOB, "j", spec=JOB),), "names no queue"),
    ("namespace-denies-by-default", (TEAM, network(podSelector={"matchLabels": {"a": "b"}})), "no network policy"),
    ("namespace-denies-by-default", (TEAM, network(podSelector={}, ingress=[{}])), "no network policy"),
    ("namespace-denies-by-default", (TEAM, network(podSelector={}, policyTypes=["Egress"])), "Ingress"),
    ("gpu-request-equals-limit", (pods(resources={"limits": {"nvidia.com/gpu": "0.5"}}),), "not a whole number"),
    (
        "gpu-request-equals-limit",
        (served(resources={"requests": {"nvidia.com/gpu": 2}, "limits": {"nvidia.com/gpu": 1}}),),
        "requests 2",
    ),
    ("config-map-no-credentials", (resource(kinds.CONFIG_MAP, "c", data={"DB_PASSWORD": "x"}),), "is a credential"),
    ("config-map-no-credentials", (resource(kinds.CONFIG_MAP, "c", data={"k": "AKIA" + "A" * 16}),), "holds a cred"),
    (
        "node-metadata-protected",
        (resource(kinds.EC2_NODE_CLASS, "n", spec={"metadataOptions": {"httpPutResponseHopLimit": 2}}),),
        "hop limit is 2",
    ),
    (
        "node-image-pinned",
        (resource(kinds.EC2_NODE_CLASS, "n", spec={"amiSelectorTerms": [{"alias": "al2023"}]}),),
        "al2023",
    ),
    (
        "ray-workers-bounded",
        (resource(kinds.RAY_JOB, "r", spec={"rayClusterSpec": {"workerGroupSpecs": [{"maxReplicas": 500}]}}),),
        "500 workers",
    ),
    ("job-has-deadline", (resource(kinds.CRON_JOB, "j", spec={"jobTemplate": {"spec": {}}}),), "for ever"),
    (
        "pod-no-service-token",
        (resource(kinds.JOB, "j", spec={"template": {"spec": {"automountServiceAccountToken": True}}}),),
        "token",
    ),
    (
        "kubernetes-drift-monitor",
        (resource(t.DEPLOYMENT, "m", metadata={"labels": {"trimtab.dev/model": "m"}}),),
        "to watch m",
    ),
    (
        "deployment-two-replicas",
        (resource(t.DEPLOYMENT, "d", metadata={"labels": {"trimtab.dev/environment": "prod"}}, spec={"replicas": 1}),),
        "1 replica",
    ),
    ("database-encrypted", (resource(t.RDS_CLUSTER, "d", storageEncrypted=False),), "not encrypted"),
    (
        "cache-encrypted",
        (resource(t.CACHE_GROUP, "c", atRestEncryptionEnabled=True, transitEncryptionEnabled=True),),
        "asks nobody",
    ),
]

HOLDS: list[tuple[str, tuple[Resource, ...]]] = [
    ("kubernetes-model-pinned", (pods(args=["--model=/models/m"]),)),
    ("kubernetes-model-pinned", (pods(args=["serve", "org/m", "--revision", COMMIT]),)),
    ("kubernetes-model-pinned", (pods(args=["serve"], image="x"),)),
    ("kubernetes-model-pinned", (served(storageUri="s3://models/m/3"),)),
    ("gpu-queue-has-quota", (queue("q", "nvidia.com/gpu", quota="0"),)),
    ("gpu-queue-has-quota", (queue("q", "cpu", quota=None),)),
    ("spot-only-where-interruptible", (pool(spec={"template": {"spec": {"requirements": NO_SPOT}}}),)),
    ("training-job-queued", (resource(kinds.JOB, "j", spec={"template": {"spec": POD}}),)),
    ("namespace-denies-by-default", (TEAM, network(podSelector={}))),
    ("namespace-denies-by-default", (resource(kinds.NAMESPACE, "n", metadata={"name": "kube-system"}),)),
    ("pod-runs-as-non-root", (served(image="x"),)),
    ("containers-have-requests", (resource(kinds.TRAIN_JOB, "j", spec={"trainer": {"image": "x"}}),)),
    (
        "pod-no-service-token",
        (resource(kinds.POD, "p", spec={"automountServiceAccountToken": True, "serviceAccountName": "own"}),),
    ),
    (
        "config-map-no-credentials",
        (resource(kinds.CONFIG_MAP, "c", data={"max_tokens": "5", "u": "http://${USER}:${PASS}@x"}),),
    ),
    ("kubernetes-drift-monitor", (resource(t.DEPLOYMENT, "web"),)),
    (
        "deployment-two-replicas",
        (resource(t.DEPLOYMENT, "d", metadata={"labels": {"trimtab.dev/environment": "dev"}}, spec={"replicas": 1}),),
    ),
    ("database-two-zones", (resource(t.RDS_INSTANCE, "d", tags={"Environment": "dev"}),)),
    ("database-encrypted", (resource(t.RDS_INSTANCE, "d", replicateSourceDb="other"),)),
]


@pytest.mark.parametrize(("rule", "resources", "said"), BREAKS, ids=[f"{at}-{it[0]}" for at, it in enumerate(BREAKS)])
def test_breaks(rule: str, resources: tuple[Resource, ...], said: str) -> None:
    found = run(rule, *resources)
    assert [it for it in found if re.search(said, it.message)], [it.message for it in found]


@pytest.mark.parametrize(("rule", "resources"), HOLDS, ids=[f"{at}-{it[0]}" for at, it in enumerate(HOLDS)])
def test_holds(rule: str, resources: tuple[Resource, ...]) -> None:
    assert [it.message for it in run(rule, *resources)] == []
