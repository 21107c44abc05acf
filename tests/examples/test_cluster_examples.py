"""The teams on a cluster: their programs through the real engine, under the shipped policy packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kubernetes import client

from tests.components.cluster.parts import objects
from tests.stacks.leftovers import empty_buckets
from tests.stacks.stack_files import pack_flags

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Result, Workspace

pytestmark = pytest.mark.engine
EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = {
    "ray-vllm": {"Deployment": 2, "ScaledObject": 1, "RayService": 1, "NodePool": 1, "ClusterQueue": 1},
    "kubeflow-training": {"TrainingRuntime": 2, "TrainJob": 1, "RayJob": 1, "NodePool": 1, "LocalQueue": 1},
}


@pytest.mark.parametrize("name", KINDS)
def test_an_example_comes_up_stays_and_goes(
    name: str, make_workspace: Callable[..., Workspace], local_cluster: LocalCloud
) -> None:
    workspace = make_workspace(EXAMPLES / name, name=name, config={"trimtab:embedded": True})
    up = workspace.up(flags=pack_flags())
    kinds = [resource.inputs["kind"] for resource in objects(up)]
    assert {kind: kinds.count(kind) for kind in KINDS[name]} == KINDS[name]
    core = client.CoreV1Api(local_cluster.kubernetes())
    assert core.read_namespace(up.outputs["namespace"]).to_dict()["status"]["phase"] == "Active"
    assert sized(up) >= {"karpenter-gpu-pool"}
    workspace.preview(flags=["--expect-no-changes"])
    workspace.destroy(check=False)
    empty_buckets(local_cluster, f"{up.outputs['namespace']}-dev-")
    assert [resource.urn for resource in workspace.destroy().resources] == []


def sized(result: Result) -> set[str]:
    """The kinds of what the analyser may size."""
    parts = [resource for resource in result.resources if resource.type.startswith("trimtab:index:")]
    return {handle["kind"] for part in parts for handle in part.outputs.get("sizingHandles", ())}
