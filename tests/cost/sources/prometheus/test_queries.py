from __future__ import annotations

import re

import pytest

from trimtab.cost.model import Resource
from trimtab.cost.sources.prometheus.queries import pods, queries, quoted


@pytest.mark.parametrize(
    ("workload", "kind", "own", "strangers"),
    [
        ("web", "Deployment", "web-7d9f8c6b5-abcde", ["web-admin-7d9f8c6b5-abcde", "web-0", "aweb-7d9f8c6b5-abcde"]),
        ("db", "StatefulSet", "db-12", ["db-12-abcde", "db-replica-0"]),
        ("agent", "DaemonSet", "agent-x7k2p", ["agent-config-x7k2p", "agent-7"]),
        ("train", "Job", "train-x7k2p", ["train-eval-x7k2p"]),
        ("night", "CronJob", "night-28411200-x7k2p", ["night-x7k2p"]),
        ("llm-predictor", "", "llm-predictor-00001-deployment-5f7c8d9b6-q1w2e", ["llm"]),
        ("v1.2", "StatefulSet", "v1.2-0", ["v1x2-0"]),
        ("a" * 50, "Deployment", "a" * 47 + "-7d9f8c6b5-abcde", ["b" * 60]),
    ],
)
def test_pods_are_those_that_the_controller_names(workload: str, kind: str, own: str, strangers: list[str]) -> None:
    pattern = re.compile(pods(workload, kind))
    assert pattern.fullmatch(own)
    assert not [name for name in strangers if pattern.fullmatch(name)]


@pytest.mark.parametrize(
    ("workload", "kind", "group", "own", "strangers"),
    [
        (
            "chat",
            "RayService",
            "gpu",
            ["chat-x7k2p-gpu-worker-9zq4d", "chat-raycluster-x7k2p-gpu-worker-9zq4d"],
            ["chat-x7k2p-cpu-worker-9zq4d", "chat-x7k2p-head-9zq4d", "chat-tools-x7k2p-gpu-worker-9zq4d"],
        ),
        ("tune", "RayCluster", "gpu", ["tune-gpu-worker-9zq4d"], ["tune-gpu-large-worker-9zq4d", "tune-head-9zq4d"]),
        ("l" * 30, "RayCluster", "gpu", ["l" * 30 + "-gpu-worker-9zq4d"], ["m" * 30 + "-gpu-worker-9zq4d"]),
    ],
)
def test_a_ray_group_has_pods_of_its_own(
    workload: str, kind: str, group: str, own: list[str], strangers: list[str]
) -> None:
    pattern = re.compile(pods(workload, kind, group))
    assert all(pattern.fullmatch(name) for name in own)
    assert not [name for name in strangers if pattern.fullmatch(name)]


def test_a_label_cannot_end_the_query() -> None:
    evil = 'x"} or vector(1) #\\'
    assert quoted(evil) == 'x\\"} or vector(1) #\\\\'
    pool = Resource(resource_id="p", kind="karpenter-gpu-pool", dimensions={"nodepool": evil})
    text = queries([pool], "5m")[0][0].text
    assert 'nodepool="x\\"} or vector(1) #\\\\"' in text


def test_gpus_and_units_are_the_resource_s_own() -> None:
    pool = Resource(resource_id="p", kind="karpenter-gpu-pool", count=3, instance_type="p4d.24xlarge")
    assert "/ (8 * 3)" in queries([pool], "5m")[0][0].text
