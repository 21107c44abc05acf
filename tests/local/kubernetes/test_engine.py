"""Kubernetes objects through the real engine, the real provider and the real API server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kubernetes import client

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
import pulumi_kubernetes as k8s

namespace = k8s.core.v1.Namespace("team", metadata={"name": "embedded-team"})
config = k8s.core.v1.ConfigMap(
    "settings", metadata={"name": "settings", "namespace": namespace.metadata.name}, data={"model": "ranker"}
)
pool = k8s.apiextensions.CustomResource(
    "pool",
    api_version="karpenter.sh/v1",
    kind="NodePool",
    metadata={"name": "embedded-pool", "annotations": {"pulumi.com/skipAwait": "true"}},
    spec={
        "template": {
            "spec": {
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "gpu"},
                "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]},
                ],
            }
        },
        %s
    },
)
pulumi.export("settings", config.metadata.name)
"""
GOOD = '"limits": {"nvidia.com/gpu": "8"}'
BAD = '"disruptions": {}'


def test_objects_are_made_changed_and_ended(
    local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]
) -> None:
    workspace = make_workspace(PROGRAM % GOOD)
    made = workspace.up()
    api = local_cluster.kubernetes()
    core, custom = client.CoreV1Api(api), client.CustomObjectsApi(api)

    assert made.outputs["settings"] == "settings"
    assert core.read_namespaced_config_map("settings", "embedded-team").data == {"model": "ranker"}
    pool: Any = custom.get_cluster_custom_object("karpenter.sh", "v1", "nodepools", "embedded-pool")
    assert pool["spec"]["limits"] == {"nvidia.com/gpu": "8"}
    assert pool["spec"]["disruption"]["consolidationPolicy"], "the server fills in what the definition says"

    changed = (PROGRAM % GOOD).replace("ranker", "reranker")
    workspace.write_program(changed)
    workspace.up()
    assert core.read_namespaced_config_map("settings", "embedded-team").data == {"model": "reranker"}
    assert workspace.preview(flags=["--expect-no-changes"]).code == 0

    workspace.destroy()
    assert not core.list_namespace(field_selector="metadata.name=embedded-team").items
    pools: Any = custom.list_cluster_custom_object("karpenter.sh", "v1", "nodepools")
    assert not pools["items"]


def test_a_wrong_field_fails_with_the_servers_own_words(
    local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]
) -> None:
    del local_cluster
    result = make_workspace(PROGRAM % BAD).up(check=False)

    assert result.code != 0
    assert "spec.disruptions" in result.output
