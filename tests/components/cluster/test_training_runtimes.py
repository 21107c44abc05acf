"""Training through the real engine: runtimes, clusters and jobs against a real API server, which checks each field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.components.cluster.parts import eks_cluster, handles, objects, one, parts_config, parts_workspace, refused
from tests.components.cluster.served import TRAINING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import LocalCloud, Result, Workspace

pytestmark = pytest.mark.engine
NAMESPACE = "training-team"


def part(spec: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "component": "training_runtimes:TrainingRuntimes",
        "model": "cluster.training:Training",
        "name": "training",
        "spec": spec,
        **more,
    }


WIRED = part(TRAINING, path="cluster.training", inputs={"cluster_name": NAMESPACE, "data_bucket": "acme-data"})


@pytest.fixture
def training(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> Iterator[Workspace]:
    with eks_cluster(local_cluster, NAMESPACE):
        workspace = parts_workspace(make_workspace, NAMESPACE, [WIRED])
        yield workspace
        workspace.destroy()


def test_everything(training: Workspace) -> None:
    result = training.up()
    training.preview(flags=["--expect-no-changes"])
    check_kinds(result)
    check_pods(result)
    check_runtimes(result)
    check_queues(result)
    check_ray_job(result)
    check_checkpoints(result)
    check_handles(result)
    check_a_wrong_field(training)


def check_kinds(result: Result) -> None:
    kinds = [resource.inputs["kind"] for resource in objects(result)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Namespace": 1,
        "ServiceAccount": 1,
        "NetworkPolicy": 1,
        "TrainingRuntime": 2,
        "ClusterTrainingRuntime": 1,
        "TrainJob": 2,
        "RayCluster": 1,
        "RayJob": 1,
    }


def check_pods(result: Result) -> None:
    seen = 0
    for pod in every_pod(result):
        seen += 1
        assert pod["securityContext"]["runAsNonRoot"]
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert set(container["resources"]) == {"requests", "limits"}
    assert seen == 4 + 2 + 3


def every_pod(result: Result) -> Iterator[dict[str, Any]]:
    for resource in objects(result):
        kind, spec = resource.inputs["kind"], resource.inputs.get("spec", {})
        if kind.endswith("TrainingRuntime"):
            jobs = spec["template"]["spec"]["replicatedJobs"]
            yield from (job["template"]["spec"]["template"]["spec"] for job in jobs)
        if kind in ("RayCluster", "RayJob"):
            cluster = spec["rayClusterSpec"] if kind == "RayJob" else spec
            groups = (cluster["headGroupSpec"], *cluster["workerGroupSpecs"])
            yield from (group["template"]["spec"] for group in groups)
        if kind == "RayJob":
            yield spec["submitterPodTemplate"]["spec"]


def check_runtimes(result: Result) -> None:
    torch = one(result, "TrainingRuntime", "torch")["spec"]
    assert torch["mlPolicy"] == {"numNodes": 4, "torch": {"numProcPerNode": 8}}
    (node,) = torch["template"]["spec"]["replicatedJobs"]
    pod = node["template"]["spec"]["template"]["spec"]
    asked = pod["containers"][0]["resources"]["limits"]
    assert (asked["nvidia.com/gpu"], asked["vpc.amazonaws.com/efa"]) == ("8", "32")
    assert pod["nodeSelector"] == {
        "karpenter.sh/nodepool": "training",
        "node.kubernetes.io/instance-type": "p5.48xlarge",
    }
    assert {toleration["key"] for toleration in pod["tolerations"]} == {"nvidia.com/gpu", "trimtab.dev/pool"}
    deepspeed = one(result, "TrainingRuntime", "deepspeed")["spec"]
    assert deepspeed["mlPolicy"]["mpi"]["numProcPerNode"] == 8
    assert [job["name"] for job in deepspeed["template"]["spec"]["replicatedJobs"]] == ["launcher", "node"]
    everywhere = one(result, "ClusterTrainingRuntime", "everywhere")
    assert "namespace" not in everywhere["metadata"]


def check_queues(result: Result) -> None:
    queue = "kueue.x-k8s.io/queue-name"
    assert one(result, "TrainJob", "first")["metadata"]["labels"][queue] == "training"
    assert one(result, "TrainJob", "smoke")["metadata"]["labels"][queue] == "small"
    assert one(result, "TrainJob", "smoke")["spec"]["runtimeRef"]["kind"] == "ClusterTrainingRuntime"
    assert one(result, "RayJob", "tune")["metadata"]["labels"][queue] == "training"
    cluster = one(result, "RayCluster", "research")
    assert cluster["metadata"]["annotations"]["kueue.x-k8s.io/elastic-job"] == "true"
    assert cluster["spec"]["enableInTreeAutoscaling"]
    assert "replicas" not in cluster["spec"]["workerGroupSpecs"][0]  # Ray's autoscaler writes them


def check_ray_job(result: Result) -> None:
    job = one(result, "RayJob", "tune")["spec"]
    assert job["shutdownAfterJobFinishes"]
    assert not job["rayClusterSpec"]["enableInTreeAutoscaling"]
    assert job["rayClusterSpec"]["workerGroupSpecs"][0]["replicas"] == 4
    assert json.loads(job["runtimeEnvYAML"]) == {"env_vars": {"TRIALS": "40"}}


def check_checkpoints(result: Result) -> None:
    (training,) = result.of_type("trimtab:index:TrainingRuntimes")
    uri = training.outputs["checkpointUri"]
    assert uri == f"s3://{training.outputs['checkpointBucket']}/checkpoints/"
    (node,) = one(result, "TrainingRuntime", "torch")["spec"]["template"]["spec"]["replicatedJobs"]
    environment = node["template"]["spec"]["template"]["spec"]["containers"][0]["env"]
    assert {"name": "CHECKPOINT_URI", "value": uri} in environment
    (policy,) = [item for item in result.of_type("aws:iam/rolePolicy:RolePolicy") if item.name == "training-pods"]
    statements = {item["Sid"]: item for item in json.loads(policy.inputs["policy"])["Statement"]}
    assert set(statements) == {
        "DataList", "DataRead", "CheckpointsList", "CheckpointsRead", "CheckpointsWrite", "CheckpointsKey",
    }  # fmt: skip
    assert statements["CheckpointsWrite"]["Resource"].endswith("/checkpoints/*")


def check_handles(result: Result) -> None:
    (handle,) = handles(result, "training").values()
    assert handle["cloudId"] == f"{NAMESPACE}/RayCluster/research-gpu"
    assert handle["fields"][0]["specPath"] == "cluster.training.rayClusters[0].workers[0].minReplicas"
    assert handle["serviceClass"] == "batch"


def check_a_wrong_field(workspace: Workspace) -> None:
    """A field that the kind does not have is refused by the server, with its path."""
    config = parts_config(NAMESPACE, [WIRED])
    said = refused(workspace, config, name="training-first-job", spec={"trainer": {"numNode": 2}})
    assert "spec.trainer.numNode" in said
