"""A team's namespace through the real engine and a real API server: bounds, roles, network policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kubernetes import client

from tests.components.cluster.parts import objects, one, parts_workspace
from trimtab.components.tenancy.permissions import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

TEAM = "tenancy-risk"
SPEC: dict[str, Any] = {
    "name": TEAM,
    "owner": {"team": "Fraud", "costCenter": "cc-200", "contact": "fraud@acme.example"},
    "dataClassification": "restricted",
    "groups": {"admins": ["fraud-leads"], "developers": ["fraud", "fraud-interns"]},
    "quota": {"vcpus": 32, "memoryGib": 128, "gpus": 4, "pods": 50},
    "containers": {"cpuMillicores": 250, "memoryMib": 512, "maxVcpus": 16, "maxMemoryGib": 64},
    "egress": [{"name": "warehouse", "cidr": "10.9.0.0/16", "ports": [443, 5432]}],
    "ingress": [{"namespace": "monitoring", "ports": [8080]}],
}
PART = {"component": "tenancy:Tenancy", "model": "cluster.tenancy:Tenant", "name": "risk", "spec": SPEC}


@pytest.mark.engine
def test_a_tenant(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    workspace = parts_workspace(make_workspace, "tenancy-around", [PART])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    core: Any = client.CoreV1Api(local_cluster.kubernetes())

    labels = core.read_namespace(TEAM).metadata.labels
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    assert (labels["trimtab.dev/team"], labels["trimtab.dev/data-classification"]) == ("Fraud", "restricted")
    hard = core.read_namespaced_resource_quota("quota", TEAM).spec.hard
    assert {name: hard[name] for name in ("requests.cpu", "requests.memory", "pods", "requests.nvidia.com/gpu")} == {
        "requests.cpu": "32",
        "requests.memory": "128Gi",
        "pods": "50",
        "requests.nvidia.com/gpu": "4",
    }
    assert hard["requests.nvidia.com/mig-1g.10gb"] == hard["requests.nvidia.com/gpu.shared"] == "4"

    networking: Any = client.NetworkingV1Api(local_cluster.kubernetes())
    policies = networking.list_namespaced_network_policy(TEAM).items
    by_name = {policy.metadata.name: policy.spec for policy in policies}
    assert by_name["default-deny"].policy_types == ["Ingress", "Egress"]
    assert (by_name["default-deny"].ingress, by_name["default-deny"].egress) == (None, None)
    (warehouse,) = by_name["allow-to-warehouse"].egress
    assert warehouse.to[0].ip_block.cidr == "10.9.0.0/16"
    assert [port.port for port in warehouse.ports] == [443, 5432]
    (monitoring,) = one(result, "NetworkPolicy", "allow-from-monitoring")["spec"]["ingress"]
    assert monitoring["from"][0]["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "monitoring"}
    assert {"allow-dns", "allow-same-namespace", "allow-pod-identity"} <= set(by_name)

    binding = one(result, "RoleBinding", "team-developer")
    assert [subject["name"] for subject in binding["subjects"]] == ["fraud", "fraud-interns"]
    assert not [item for item in objects(result) if item.name == "risk-viewers"], "a role without members binds nobody"


@pytest.mark.engine
def test_the_api_server_keeps_the_bounds(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    """What the declaration promises, the server refuses: a privileged pod, and one that asks for too much."""
    bounded = {**SPEC, "name": "tenancy-bounds"}
    parts_workspace(make_workspace, "tenancy-bounds-around", [{**PART, "spec": bounded}]).up()
    core: Any = client.CoreV1Api(local_cluster.kubernetes())

    def refused(container: dict[str, Any], pod: dict[str, Any]) -> str:
        body = {
            "metadata": {"name": "try"},
            "spec": {"containers": [{"name": "c", "image": "registry.example/c", **container}], **pod},
        }
        with pytest.raises(client.ApiException) as error:
            core.create_namespaced_pod("tenancy-bounds", body, dry_run="All")
        return str(error.value.body)

    assert "violates PodSecurity" in refused({"securityContext": {"privileged": True}}, {})
    secure = {
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "runAsNonRoot": True,
            "capabilities": {"drop": ["ALL"]},
            "seccompProfile": {"type": "RuntimeDefault"},
        }
    }
    too_much = refused({**secure, "resources": {"requests": {"cpu": "17"}, "limits": {"cpu": "17"}}}, {})
    assert "maximum cpu usage per Container is 16" in too_much


def test_roles_grow_and_only_admins_read_secrets() -> None:
    def reads_secrets(role: Any) -> bool:
        return any("secrets" in rule["resources"] and "get" in rule["verbs"] for rule in rules_of(role))

    assert [reads_secrets(role) for role in ("viewer", "developer", "admin")] == [False, False, True]
    viewer, developer, admin = (rules_of(role) for role in ("viewer", "developer", "admin"))
    assert all(rule in developer for rule in viewer)
    assert all(rule in admin for rule in developer)
    assert all(set(rule["verbs"]) <= {"get", "list", "watch"} for rule in viewer)


@pytest.mark.parametrize("role", ["viewer", "developer", "admin"])
def test_no_role_changes_its_own_bounds(role: Any) -> None:
    bounds = {"resourcequotas", "limitranges", "networkpolicies", "namespaces"}
    changed = [rule for rule in rules_of(role) if bounds & set(rule["resources"]) and "update" in rule["verbs"]]
    assert changed == []
    assert not [rule for rule in rules_of(role) if "*" in rule["verbs"] + rule["resources"]]
