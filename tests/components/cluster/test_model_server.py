"""Served models through the real engine: every form against a real API server, which checks each field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from kubernetes import client

from tests.components.cluster.parts import eks_cluster, handles, objects, one, parts_config, parts_workspace, refused
from tests.components.cluster.served import COMMIT, PROMETHEUS, SERVED, VLLM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import LocalCloud, Result, Workspace

pytestmark = pytest.mark.engine
NAMESPACE = "served-models"
CLUSTER = "served-models"


def part(name: str, spec: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "component": "model_server:ModelServer",
        "model": "cluster.serving:ClusterServing",
        "name": name,
        "spec": spec,
        **more,
    }


def wired(number: int, name: str) -> dict[str, Any]:
    inputs = {
        "cluster_name": CLUSTER,
        "model_bucket": "acme-models",
        "prometheus_url": "http://prometheus.mon.svc:9090",
    }
    return part(name, SERVED[name], path=f"cluster.serving[{number}]", inputs=inputs)


COMPONENTS = [wired(number, name) for number, name in enumerate(SERVED)]


@pytest.fixture
def served(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> Iterator[Workspace]:
    with eks_cluster(local_cluster, CLUSTER):
        workspace = parts_workspace(make_workspace, NAMESPACE, COMPONENTS, environment="prod")
        yield workspace
        workspace.destroy()


def test_every_form(served: Workspace, local_cluster: LocalCloud) -> None:
    result = served.up()
    served.preview(flags=["--expect-no-changes"])
    check_kinds(result)
    check_pods(result)
    check_vllm(result)
    check_scaling(result)
    check_kserve(result)
    check_ray(result)
    check_access(result)
    check_handles(result)
    check_on_the_server(local_cluster)
    check_a_wrong_field(served)


def check_kinds(result: Result) -> None:
    kinds = [resource.inputs["kind"] for resource in objects(result)]
    expected = {
        "Namespace": 1, "ServiceAccount": 7, "NetworkPolicy": 7, "Deployment": 3, "Service": 3, "ScaledObject": 1,
        "HorizontalPodAutoscaler": 1, "PersistentVolumeClaim": 1, "InferenceService": 3, "RayService": 1,
        "PodDisruptionBudget": 7, "ExternalSecret": 1,
    }  # fmt: skip
    assert {kind: kinds.count(kind) for kind in kinds} == expected


def check_pods(result: Result) -> None:
    """Nobody's root, nothing that can be written but volumes, requests and limits, digests, no API token."""
    seen = 0
    for pod in every_pod(result):
        seen += 1
        assert pod["securityContext"]["runAsNonRoot"]
        for container in pod.get("containers") or [pod["model"]]:
            security = container["securityContext"]
            assert security["readOnlyRootFilesystem"]
            assert not security["allowPrivilegeEscalation"]
            assert security["capabilities"] == {"drop": ["ALL"]}
            assert set(container["resources"]) == {"requests", "limits"}
            assert "@sha256:" in container["image"]
            volumes = {volume["name"] for volume in pod["volumes"]}
            assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
    assert seen == 9


def every_pod(result: Result) -> Iterator[dict[str, Any]]:
    for resource in objects(result):
        kind, spec = resource.inputs["kind"], resource.inputs.get("spec", {})
        if kind == "Deployment":
            yield spec["template"]["spec"]
        if kind == "InferenceService":
            yield spec["predictor"]
        if kind == "RayService":
            cluster = spec["rayClusterConfig"]
            yield from (group["template"]["spec"] for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]))


def check_vllm(result: Result) -> None:
    spec = one(result, "Deployment", "assistant")["spec"]
    assert "replicas" not in spec  # KEDA writes them
    pod = spec["template"]["spec"]
    (server,) = pod["containers"]
    assert f"--revision={COMMIT}" in server["args"]
    assert "--max-model-len=16384" in server["args"]
    assert {"name": "models", "persistentVolumeClaim": {"claimName": "assistant-models"}} in pod["volumes"]
    assert pod["nodeSelector"]["karpenter.sh/nodepool"] == "inference"
    assert {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"} in pod["tolerations"]
    assert pod["topologySpreadConstraints"][0]["whenUnsatisfiable"] == "DoNotSchedule"
    assert server["resources"]["limits"] == {
        "cpu": "8",
        "memory": "24Gi",
        "nvidia.com/gpu": "1",
    }  # as Kubernetes writes
    large = one(result, "Deployment", "large")["spec"]
    assert large["replicas"] == 1
    assert "--tensor-parallel-size=4" in large["template"]["spec"]["containers"][0]["args"]
    small = one(result, "Deployment", "small")["spec"]["template"]["spec"]["containers"][0]
    assert small["resources"]["requests"]["nvidia.com/mig-1g.10gb"] == "1"


def check_scaling(result: Result) -> None:
    scaled = one(result, "ScaledObject", "assistant")["spec"]
    assert (scaled["minReplicaCount"], scaled["maxReplicaCount"]) == (2, 8)
    assert scaled["triggers"][0]["metadata"] == {
        "serverAddress": "http://prometheus.mon.svc:9090",
        "query": PROMETHEUS["query"],
        "threshold": "4",
        "activationThreshold": "0",
    }
    by_cpu = one(result, "HorizontalPodAutoscaler", "small")["spec"]
    assert by_cpu["metrics"][0]["resource"]["target"]["averageUtilization"] == 60
    budget = one(result, "PodDisruptionBudget", "assistant")["spec"]
    assert budget["selector"]["matchLabels"]["app.kubernetes.io/name"] == "assistant"


def check_kserve(result: Result) -> None:
    canary = one(result, "InferenceService", "fraud")
    assert canary["metadata"]["annotations"]["serving.kserve.io/deploymentMode"] == "Knative"
    predictor = canary["spec"]["predictor"]
    assert (predictor["minReplicas"], predictor["canaryTrafficPercent"], predictor["scaleTarget"]) == (0, 10, 8)
    churn = one(result, "InferenceService", "churn")
    assert churn["metadata"]["annotations"]["serving.kserve.io/autoscalerClass"] == "hpa"
    assert churn["metadata"]["labels"]["trimtab.dev/drift-monitor"] == "false"
    embedder = one(result, "InferenceService", "embedder")
    assert embedder["metadata"]["annotations"]["serving.kserve.io/autoscalerClass"] == "keda"
    assert embedder["metadata"]["annotations"]["trimtab.dev/model-revision"] == f"acme/embedder@{COMMIT}"
    model = embedder["spec"]["predictor"]["model"]
    assert model["resources"]["limits"]["nvidia.com/gpu.shared"] == "1"


def check_ray(result: Result) -> None:
    spec = one(result, "RayService", "chat")["spec"]
    chat, router = json.loads(spec["serveConfigV2"])["applications"]
    (llm,) = chat["args"]["llm_configs"]
    assert llm["engine_kwargs"]["revision"] == COMMIT
    assert llm["engine_kwargs"]["tensor_parallel_size"] == 2
    assert router["deployments"][0]["ray_actor_options"] == {"num_cpus": 0.5, "num_gpus": 0}
    cluster = spec["rayClusterConfig"]
    assert cluster["authOptions"] == {"mode": "token"}
    gpu, cpu = cluster["workerGroupSpecs"]
    assert (gpu["minReplicas"], gpu["maxReplicas"], cpu["minReplicas"]) == (1, 5, 0)
    assert not gpu["template"]["spec"]["automountServiceAccountToken"]
    assert cluster["headGroupSpec"]["template"]["spec"]["automountServiceAccountToken"]


def check_access(result: Result) -> None:
    policy = one(result, "NetworkPolicy", "assistant-server")["spec"]
    callers, monitoring = policy["ingress"]
    names = [peer["namespaceSelector"]["matchLabels"].popitem()[1] for peer in callers["from"][1:]]
    assert names == ["shop"]
    assert callers["ports"] == [{"protocol": "TCP", "port": 8000}]
    assert monitoring["from"][0]["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "monitoring"}
    token = one(result, "ExternalSecret", "assistant-hub-token")["spec"]
    assert token["data"] == [{"secretKey": "token", "remoteRef": {"key": "hub", "property": "token"}}]
    (server,) = one(result, "Deployment", "assistant")["spec"]["template"]["spec"]["containers"]
    (variable,) = [item for item in server["env"] if item["name"] == "HF_TOKEN"]
    assert variable["valueFrom"]["secretKeyRef"] == {"name": "assistant-hub-token", "key": "token"}
    roles = {resource.name for resource in result.of_type("aws:iam/role:Role")}
    assert roles == {f"{name}-server" for name in SERVED}


def check_handles(result: Result) -> None:
    found = handles(result, "assistant")
    replicas = found[f"{NAMESPACE}/ScaledDeployment/assistant"]
    assert replicas["kind"] == "kserve-replicas"
    assert replicas["floor"] == 2
    assert replicas["instanceType"] == "g6.2xlarge"
    assert [field["specPath"] for field in replicas["fields"][:2]] == [
        "cluster.serving[0].minReplicas",
        "cluster.serving[0].maxReplicas",
    ]
    requests = found[f"{NAMESPACE}/Deployment/assistant"]
    assert requests["kind"] == "kubernetes-workload"
    assert requests["dimensions"] == {
        "namespace": NAMESPACE,
        "workload_kind": "Deployment",
        "workload": "assistant",
        "container": "vllm",
    }
    memory = requests["fields"][1]
    assert memory["specPath"] == "cluster.serving[0].resources.memoryMib"
    assert min(memory["allowed"]) >= 18 * 1024
    assert 24_576 in memory["allowed"]
    # Without an autoscaler only the requests can be set.
    assert [handle["kind"] for handle in handles(result, "large").values()] == ["kubernetes-workload"]
    ray = handles(result, "chat")
    least = ray[f"{NAMESPACE}/RayService/chat-gpu"]["fields"][0]
    assert least["specPath"] == "cluster.serving[6].workers[0].minReplicas"
    assert 0 in ray[f"{NAMESPACE}/RayService/chat-cpu"]["fields"][0]["allowed"]


def check_on_the_server(cloud: LocalCloud) -> None:
    """What the API server keeps is what was declared."""
    api: Any = client.AppsV1Api(cloud.kubernetes())
    deployment = api.read_namespaced_deployment("assistant", NAMESPACE)
    assert deployment.spec.template.spec.containers[0].lifecycle.pre_stop.sleep.seconds == 10
    custom: Any = client.CustomObjectsApi(cloud.kubernetes())
    stored = custom.get_namespaced_custom_object("ray.io", "v1", NAMESPACE, "rayservices", "chat")
    assert stored["spec"]["rayClusterConfig"]["workerGroupSpecs"][0]["groupName"] == "gpu"


def check_a_wrong_field(workspace: Workspace) -> None:
    """A field that the kind does not have is refused by the server, with its path."""
    config = parts_config(NAMESPACE, COMPONENTS, environment="prod")
    said = refused(workspace, config, name="fraud-service", spec={"predictor": {"minReplica": 1}})
    assert "spec.predictor.minReplica" in said


def test_an_operator_that_is_missing(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> None:
    assert local_cluster.state.cluster is not None
    workspace = parts_workspace(
        make_workspace, "served-missing", [part("assistant", VLLM, inputs={"operators": ["kserve", "keda"]})]
    )
    failed = workspace.preview(check=False)
    assert failed.code != 0
    assert "assistant needs the operator external-secrets, which the cluster does not have" in failed.output
