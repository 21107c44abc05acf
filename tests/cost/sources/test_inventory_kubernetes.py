"""A cluster that no stack declared, on a real API server: what runs becomes workloads and pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from kubernetes.client import ApiClient, AppsV1Api, Configuration, CoreV1Api, CustomObjectsApi
from kubernetes.utils import create_from_dict

from trimtab.cli.cost.inventory import inventory
from trimtab.cost.model import InventoryDocument
from trimtab.cost.sources.inventory_kubernetes import KubernetesCluster
from trimtab.cost.sources.inventory_kubernetes.listing import custom, listed, quantity
from trimtab.cost.sources.inventory_kubernetes.nodes import places
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import LocalCloud
    from trimtab.cost.model import Resource

pytestmark = pytest.mark.engine

SPACE = "inventory-test"
HASH = "5d8f7c9b6d"


def _labelled(name: str, **labels: str) -> dict[str, Any]:
    return {"name": name, "namespace": SPACE, "labels": labels}


def _pods(*containers: dict[str, Any]) -> dict[str, Any]:
    return {
        "selector": {"matchLabels": {"app": "it"}},
        "template": {"metadata": {"labels": {"app": "it"}}, "spec": {"containers": list(containers)}},
    }


def _container(name: str, **resources: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "image": "example.invalid/app:1", "resources": resources}


def _workload(kind: str, name: str, *containers: dict[str, Any], replicas: int, **labels: str) -> dict[str, Any]:
    more = {"serviceName": name} if kind == "StatefulSet" else {}
    spec = {"replicas": replicas, **more, **_pods(*containers)}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": _labelled(name, **labels), "spec": spec}


OBJECTS: tuple[dict[str, Any], ...] = (
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": SPACE}},
    {
        "apiVersion": "v1", "kind": "Node",
        "metadata": {"name": "inventory-node", "labels": {
            "node.kubernetes.io/instance-type": "g5.2xlarge", "topology.kubernetes.io/region": "us-east-1",
        }},
    },
    _workload(
        "Deployment", "server",
        _container("model", requests={"cpu": "1500m", "memory": "8Gi"}, limits={"nvidia.com/gpu": "1"}),
        _container("proxy", limits={"cpu": "100m", "memory": "64Mi"}),
        replicas=3, team="vision",
    ),
    _workload("StatefulSet", "queue", _container("queue"), replicas=2),
    _workload("Deployment", "asleep", _container("asleep"), replicas=0),
)  # fmt: skip


@pytest.fixture(scope="module")
def client(local_cluster: LocalCloud) -> Iterator[ApiClient]:
    made = local_cluster.kubernetes()
    for one in OBJECTS:
        create_from_dict(made, one)  # type: ignore[no-untyped-call]  # theirs
    _pod(made)
    yield made
    CoreV1Api(made).delete_node("inventory-node")
    CoreV1Api(made).delete_namespace(SPACE)


def _owned(kind: str, version: str, name: str, owner: Any, **spec: Any) -> dict[str, Any]:
    """An object that a controller would have made; the garbage collector deletes one whose owner is not there."""
    known = {"kind": owner.kind, "name": owner.metadata.name, "uid": owner.metadata.uid, "apiVersion": "apps/v1"}
    labels = {"app": "it", "pod-template-hash": HASH}
    metadata = {**_labelled(name, **labels), "ownerReferences": [{**known, "controller": True}]}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}


def _pod(client: ApiClient) -> None:
    """Make the Deployment's ReplicaSet and a pod on the node, as controllers would: none that makes pods runs here."""
    apps: Any = AppsV1Api(client)
    deployment = apps.read_namespaced_deployment("server", SPACE)
    deployment.kind = "Deployment"
    replicas = _owned("ReplicaSet", "apps/v1", f"server-{HASH}", deployment, **_pods(_container("model")))
    create_from_dict(client, replicas)  # type: ignore[no-untyped-call]  # theirs
    owner = apps.read_namespaced_replica_set(f"server-{HASH}", SPACE)
    owner.kind = "ReplicaSet"
    pod = _owned(
        "Pod", "v1", f"server-{HASH}-x2x4z", owner, nodeName="inventory-node", containers=[_container("model")]
    )
    create_from_dict(client, pod)  # type: ignore[no-untyped-call]  # theirs


def read(client: ApiClient) -> dict[str, Resource]:
    return {
        one.resource_id: one
        for one in KubernetesCluster(client).resources()
        if one.dimensions.get("namespace") == SPACE
    }


def test_each_container_is_a_resource_by_what_it_requests(client: ApiClient) -> None:
    found = read(client)
    assert set(found) == {
        f"{SPACE}/Deployment/server/model", f"{SPACE}/Deployment/server/proxy", f"{SPACE}/StatefulSet/queue",
    }  # fmt: skip
    model = found[f"{SPACE}/Deployment/server/model"]
    assert (model.kind, model.count) == ("kubernetes-workload", 3)
    assert model.requests.known() == {"cpu_millicores": 1500.0, "memory_mib": 8192.0, "gpus": 1.0}
    assert model.dimensions == {
        "namespace": SPACE, "workload_kind": "Deployment", "workload": "server", "container": "model",
    }  # fmt: skip
    proxy = found[f"{SPACE}/Deployment/server/proxy"]
    assert proxy.requests.known() == {"cpu_millicores": 100.0, "memory_mib": 64.0}  # a limit alone is a request too
    assert found[f"{SPACE}/StatefulSet/queue"].requests.known() == {}


def test_its_node_says_type_and_region_and_its_labels_or_namespace_the_owner(client: ApiClient) -> None:
    found = read(client)
    model, queue = found[f"{SPACE}/Deployment/server/model"], found[f"{SPACE}/StatefulSet/queue"]
    assert (model.instance_type, model.region, model.owner.team) == ("g5.2xlarge", "us-east-1", "vision")
    assert (queue.instance_type, queue.region, queue.owner.team) == ("", "", SPACE)


def test_lists_longer_than_a_page_are_read_to_their_end(client: ApiClient) -> None:
    api = AppsV1Api(client)
    names = [one.metadata.name for one in listed(lambda **given: api.list_namespaced_deployment(
        SPACE, **{**given, "limit": 1},
    ))]  # fmt: skip
    assert sorted(names) == ["asleep", "server"]
    assert places(CoreV1Api(client)).of((SPACE, "Deployment", "server")) == ("g5.2xlarge", "us-east-1")


def test_a_kind_that_the_cluster_does_not_know_is_no_error(client: ApiClient) -> None:
    assert list(custom(CustomObjectsApi(client), "no.such.group", "v1", "things")) == []


def test_the_command_reads_the_cluster_of_the_kubeconfig(
    client: ApiClient, local_cluster: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client
    monkeypatch.setenv("KUBECONFIG", str(local_cluster.home.kubeconfig))
    done = CliRunner().invoke(inventory, ["--inventory", "kubernetes", "--format", "json"])
    assert done.exit_code == 0, done.output
    found = {one.resource_id for one in InventoryDocument.model_validate_json(done.stdout).resources}
    assert f"{SPACE}/StatefulSet/queue" in found


def test_who_may_not_list_is_told_what_to_allow(local_cluster: LocalCloud) -> None:
    known, anonymous = local_cluster.kubernetes().configuration, Configuration()
    anonymous.host, anonymous.ssl_ca_cert = known.host, known.ssl_ca_cert
    with pytest.raises(WorldError, match=r"API server says 40[13]") as refused:
        KubernetesCluster(ApiClient(anonymous)).resources()
    assert "allow `list` of nodes" in str(refused.value)


def test_no_kubeconfig_is_the_user_s_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", "/nonexistent")
    with pytest.raises(UserError, match="--inventory kubernetes"):
        KubernetesCluster.from_environment("elsewhere")


@pytest.mark.parametrize(("text", "value"), [("250m", 0.25), ("1Gi", 2**30), ("2", 2.0), ("1e3", 1000.0)])
def test_quantities(text: str, value: float) -> None:
    assert quantity(text) == value
