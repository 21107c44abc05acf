"""Monitoring through the real engine: the API server checks every field of monitors, rules and routing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from kubernetes import client

from tests.components.cluster.parts import handles, objects, one, parts_workspace
from tests.components.cluster.retrained import eks_cluster
from tests.services.prometheus.declared import monitoring, whole
from trimtab.components.cluster_monitoring.exporters import EXPORTERS, counters_file
from trimtab.components.cluster_monitoring.monitors import monitors
from trimtab.components.cluster_monitoring.routing import routing_spec

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

NAMESPACE = "watched"
TRIGGER = {"url": "http://argo-server.argo.svc:2746/api/v1/events/mlops/fraud", "token_secret": "t", "token_key": "k"}


def part(**more: Any) -> dict[str, Any]:
    return {
        "component": "cluster_monitoring:ClusterMonitoring",
        "model": "cluster.monitoring:ClusterMonitoring",
        "name": "watch",
        "spec": whole(),
        "path": "cluster.monitoring",
        **more,
    }


@pytest.mark.engine
def test_what_watches_a_cluster(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> None:
    inputs = {
        "retraining": {"fraud": TRIGGER},
        "cluster_name": eks_cluster(local_cluster, "watched"),
        "operators": ["prometheus-operator"],
    }
    workspace = parts_workspace(make_workspace, NAMESPACE, [part(inputs=inputs)])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    kinds = sorted(resource.inputs["kind"] for resource in objects(result))
    assert kinds.count("ServiceMonitor") + kinds.count("PodMonitor") == 10
    assert kinds.count("ConfigMap") == 5, "three dashboards, DCGM's counters, the drift service's files"

    custom: Any = client.CustomObjectsApi(local_cluster.kubernetes())
    stored = custom.get_namespaced_custom_object("monitoring.coreos.com", "v1", NAMESPACE, "prometheusrules", "watch")
    assert stored["metadata"]["labels"]["release"] == "kube-prometheus-stack"
    alerts = [rule for group in stored["spec"]["groups"] for rule in group["rules"] if "alert" in rule]
    assert {rule["labels"]["namespace"] for rule in alerts} == {NAMESPACE}, "or the operator would not route them"
    routed = one(result, "AlertmanagerConfig", "watch")["spec"]
    assert [receiver["name"] for receiver in routed["receivers"]] == ["owner", "retrain-fraud"]

    handle = handles(result, "watch")[f"{NAMESPACE}/Deployment/drift"]
    assert handle["dimensions"]["container"] == "drift"
    assert [field["specPath"] for field in handle["fields"]] == [
        "cluster.monitoring.drift.cpuMillicores",
        "cluster.monitoring.drift.memoryMib",
    ]
    check_drift(one(result, "Deployment", "drift")["spec"]["template"]["spec"])
    (policy,) = [r for r in result.of_type("aws:iam/rolePolicy:RolePolicy") if r.name == "watch-drift"]
    allowed = {
        statement["Sid"]: statement["Resource"] for statement in json.loads(policy.inputs["policy"])["Statement"]
    }
    assert allowed["List"] == "arn:aws:s3:::acme-data"
    assert allowed["Read"] == ["arn:aws:s3:::acme-data/fraud/asked*", "arn:aws:s3:::acme-data/fraud/train*"]


def check_drift(pod: dict[str, Any]) -> None:
    (container,) = pod["containers"]
    assert not pod["automountServiceAccountToken"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["resources"]["requests"] == container["resources"]["limits"]
    assert "@sha256:" in container["image"]


@pytest.mark.engine
def test_without_the_operator_it_is_a_sentence(
    make_workspace: Callable[..., Workspace], local_cluster: LocalCloud
) -> None:
    assert local_cluster.state.cluster is not None
    workspace = parts_workspace(make_workspace, "unwatched", [part(inputs={"operators": ["kueue"]})])
    refused = workspace.preview(check=False)
    assert refused.code != 0
    assert "watch needs the operator prometheus-operator, which the cluster does not have; it has: kueue" in (
        refused.output
    )


def test_every_exporter_of_the_declaration_is_scraped() -> None:
    found = monitors(monitoring())
    assert sorted(found) == sorted([*monitoring().exporters, "drift"])
    for name, (kind, spec) in found.items():
        target = EXPORTERS[name].target
        assert target is not None
        (endpoint,) = spec["podMetricsEndpoints" if kind == "PodMonitor" else "endpoints"]
        named = {one["targetLabel"]: one.get("replacement") for one in endpoint["relabelings"] if "targetLabel" in one}
        assert named == {"exporter": name, **({"model": None} if kind == "PodMonitor" else {})}
        assert spec["selector"]["matchLabels"] == target.match


def test_a_gpu_without_a_pod_gets_none_from_its_exporter() -> None:
    """Labels that a series lacks are filled with its target's: the exporter's own pod would hold every idle GPU."""
    for name, (_, spec) in monitors(monitoring()).items():
        (endpoint,) = spec.get("endpoints") or spec["podMetricsEndpoints"]
        dropped = [one["regex"] for one in endpoint["relabelings"] if one["action"] == "labeldrop"]
        assert dropped == (["pod|container"] if endpoint["honorLabels"] else []), name
    assert monitors(monitoring())["dcgm"][1]["endpoints"][0]["honorLabels"]


def test_the_counters_of_dcgm_are_those_that_rules_know() -> None:
    lines = [line.split(", ", 2) for line in counters_file().splitlines()]
    assert [name for name, _, _ in lines] == [metric.name for metric in EXPORTERS["dcgm"].metrics]
    assert {kind for _, kind, _ in lines} <= {"gauge", "counter"}


def routes(retraining: Any, **changes: Any) -> dict[str, Any]:
    return routing_spec(monitoring(**changes), "ml@acme.example", retraining)


def test_drift_starts_the_pipeline_of_its_model_and_its_owner_is_told_too() -> None:
    spec = routes({"fraud": TRIGGER, "other": TRIGGER})
    (route,) = spec["route"]["routes"]
    assert route["continue"]
    assert {one["name"]: one["value"] for one in route["matchers"]} == {
        "alertname": "ModelDrifts",
        "retrain": "true",
        "model": "fraud",
    }
    owner, retrain = spec["receivers"]
    assert owner["emailConfigs"][0]["to"] == "ml@acme.example"
    (webhook,) = retrain["webhookConfigs"]
    assert webhook["url"] == TRIGGER["url"]
    assert webhook["httpConfig"]["authorization"]["credentials"] == {"name": "t", "key": "k"}
    assert not webhook["sendResolved"]


@pytest.mark.parametrize(
    ("authority", "tls"),
    [({"name": "argo", "key": "ca.crt"}, {"ca": {"secret": {"name": "argo", "key": "ca.crt"}}}), (None, None)],
)
def test_a_certificate_is_verified_or_there_is_none(authority: dict[str, str] | None, tls: Any) -> None:
    trigger = {**TRIGGER, **({"authority": authority} if authority else {})}
    webhook = routes({"fraud": trigger})["receivers"][-1]["webhookConfigs"][0]
    assert webhook["httpConfig"].get("tlsConfig") == tls


def test_without_a_pipeline_drift_is_told_and_starts_nothing() -> None:
    assert routes({})["route"]["routes"] == []
    drift = whole()["drift"]
    kept = {**drift, "models": [{**drift["models"][0], "retrain": False}]}
    assert routes({"fraud": TRIGGER}, drift=kept)["route"]["routes"] == []


def test_a_models_own_owner_is_told_instead() -> None:
    objective = {**whole()["objectives"][0], "owner": {"team": "A", "costCenter": "c", "contact": "a@acme.example"}}
    spec = routes({}, objectives=[objective])
    (route,) = spec["route"]["routes"]
    assert route == {
        "receiver": "owner-of-fraud",
        "matchers": [{"name": "model", "matchType": "=", "value": "fraud"}],
    }
    assert spec["receivers"][1]["emailConfigs"][0]["to"] == "a@acme.example"
