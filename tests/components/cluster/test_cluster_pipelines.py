"""Pipelines through the real engine: the API server checks every field of templates, workloads and secrets."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING, Any

import pulumi
import pytest

from tests.components.cluster.parts import handles, objects, one, parts_workspace
from tests.components.cluster.retrained import AIRFLOWS, ENGINES, eks_cluster, pipelines, retraining
from trimtab.components.cluster_pipelines.airflow.managed import grants
from trimtab.components.cluster_pipelines.component import needed
from trimtab.components.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Result, Workspace

NAMESPACE = "retrained"
TARGET = {"namespace": NAMESPACE, "name": "fraud"}


def part(spec: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "component": "cluster_pipelines:ClusterPipelines",
        "model": "cluster.pipelines:ClusterPipelines",
        "name": "retrain",
        "spec": spec,
        **more,
    }


@pytest.mark.engine
def test_argo_and_airflow_on_the_cluster(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> None:
    runs = [retraining("fraud", target=TARGET), retraining("churn", target=TARGET, runsOn="airflow")]
    spec = {"engine": ENGINES["argo"], "airflow": AIRFLOWS["cluster"], "retraining": runs}
    wired = part(spec, path="cluster.pipelines", inputs={"cluster_name": eks_cluster(local_cluster, "retrained")})
    workspace = parts_workspace(make_workspace, NAMESPACE, [wired])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    check_argo(result)
    check_airflow(result)
    check_access(result)


def check_argo(result: Result) -> None:
    assert one(result, "CronWorkflow", "fraud")["spec"]["schedules"] == ["0 3 * * 1"]
    component = next(r for r in result.resources if r.type == "trimtab:index:ClusterPipelines")
    assert component.outputs["triggers"] == {
        "fraud": {
            "url": f"http://argo-server.argo.svc:2746/api/v1/events/{NAMESPACE}/fraud",
            "token_secret": "retraining-trigger",
            "token_key": "token",
        }
    }
    binding = one(result, "WorkflowEventBinding", "fraud")["spec"]
    assert binding["submit"]["workflowTemplateRef"]["name"] == "fraud"


def check_airflow(result: Result) -> None:
    deployments = [resource.inputs for resource in objects(result) if resource.inputs["kind"] == "Deployment"]
    assert len(deployments) == 4
    for deployment in deployments:
        pod = deployment["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert "livenessProbe" in container
        plain = [variable for variable in container["env"] if "value" in variable]
        assert not any(word in variable["name"] for variable in plain for word in ("KEY", "SECRET", "CONN"))
    dags = one(result, "ConfigMap", "airflow-dags")["data"]
    assert list(dags) == ["churn.py"]
    ast.parse(dags["churn.py"])
    worker = json.loads(one(result, "ConfigMap", "airflow-worker")["data"]["pod.yaml"])
    assert worker["spec"]["containers"][0]["name"] == "base"
    handle = handles(result, "retrain")[f"{NAMESPACE}/Deployment/airflow-scheduler"]
    assert handle["fields"][0]["specPath"] == "cluster.pipelines.airflow.schedulerCpuMillicores"


def check_access(result: Result) -> None:
    target = one(result, "Role", f"retraining-{NAMESPACE}")["rules"]
    assert [(rule["verbs"], rule["resourceNames"]) for rule in target] == [(["get", "patch"], ["fraud"])]
    token = one(result, "Secret", "retraining-trigger")
    assert token["type"] == "kubernetes.io/service-account-token"
    (policy,) = [r for r in result.of_type("aws:iam/rolePolicy:RolePolicy") if r.name == "retrain-steps"]
    statements = {one["Sid"]: one for one in json.loads(policy.inputs["policy"])["Statement"]}
    assert statements["WriteModels"]["Action"] == ["s3:GetObject", "s3:PutObject"]
    assert statements["ReadData"]["Resource"] == ["arn:aws:s3:::acme-data/churn/*", "arn:aws:s3:::acme-data/fraud/*"]


@pytest.mark.engine
def test_kubeflow(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> None:
    assert local_cluster.state.cluster is not None
    namespace = "retrained-elsewhere"
    runs = [retraining("fraud", target={"namespace": namespace, "name": "fraud"})]
    spec = {"engine": ENGINES["kubeflow"], "retraining": runs}
    workspace = parts_workspace(make_workspace, namespace, [part(spec)])
    result = workspace.up()
    workspace.preview(flags=["--expect-no-changes"])
    run = json.loads(one(result, "ConfigMap", "fraud-run")["data"]["run.json"])
    assert run["pipeline_spec"]["pipeline_spec"]["pipelineInfo"]["name"] == "fraud"
    template = one(result, "WorkflowTemplate", "fraud")["spec"]["templates"][0]
    api = "http://ml-pipeline.kubeflow.svc:8888"
    assert template["container"]["args"] == ["--api", api, "--run", "/opt/run/run.json"]


@pytest.mark.engine
def test_mwaa(make_workspace: Callable[..., Workspace], local_cluster: LocalCloud) -> None:
    """Previewed only: moto refuses objects of a bucket whose policy refuses plain HTTP, whatever it is asked by."""
    assert local_cluster.state.cluster is not None
    inputs = {
        "cluster_name": "acme",
        "vpc_id": "vpc-0123456789abcdef0",
        "subnet_ids": [f"subnet-0123456789abcdef{number}" for number in range(3)],
    }
    runs = [retraining("churn", target={"namespace": "mwaa", "name": "churn"}, runsOn="airflow")]
    declared = part({"airflow": AIRFLOWS["mwaa"], "retraining": runs}, inputs=inputs)
    planned = parts_workspace(make_workspace, "mwaa", [declared]).preview(json=True)
    new = [step["newState"] for step in planned.events["steps"]]
    check_mwaa([state for state in new if state["type"].startswith("aws:")])


def check_mwaa(states: list[dict[str, Any]]) -> None:
    (environment,) = [state["inputs"] for state in states if state["type"] == "aws:mwaa/environment:Environment"]
    assert environment["webserverAccessMode"] == "PRIVATE_ONLY"
    assert len(environment["networkConfiguration"]["subnetIds"]) == 2, "MWAA takes two, of different zones"
    objects = [state["inputs"] for state in states if state["type"] == "aws:s3/bucketObjectv2:BucketObjectv2"]
    contents = {found["key"]: found["content"] for found in objects}
    assert sorted(contents) == ["dags/churn.py", "requirements.txt"]
    ast.parse(contents["dags/churn.py"])
    assert '"namespace": "mwaa"' in contents["dags/churn.py"]


def test_the_role_of_mwaa_names_what_it_may_reach() -> None:
    place = Place(*(pulumi.Output.from_input(part) for part in ("123456789012", "aws", "eu-central-1")))
    statements = grants(place, "acme-dev-airflow", bucket_arn="arn:b", key_arn="arn:k", cluster_name="acme")
    wide = [statement["Sid"] for statement in statements if statement["Resource"] == "*"]
    assert wide == ["FindLogs"], "these actions know no resource"


@pytest.mark.engine
def test_mwaa_without_a_network_is_a_sentence(
    make_workspace: Callable[..., Workspace], local_cluster: LocalCloud
) -> None:
    assert local_cluster.state.cluster is not None
    workspace = parts_workspace(make_workspace, "retrained-nowhere", [part({"airflow": AIRFLOWS["mwaa"]})])
    refused = workspace.preview(check=False)
    assert refused.code != 0
    assert "airflow.type is mwaa, which needs cluster_name, vpc_id and subnet_ids" in refused.output


def test_the_operators_that_a_declaration_needs() -> None:
    runs = [retraining()]
    assert set(needed(pipelines(engine=ENGINES["argo"], retraining=runs))) == {"argo-workflows", "kueue", "kserve"}
    assert set(needed(pipelines(airflow=AIRFLOWS["cluster"]))) == {"external-secrets", "cloudnative-pg"}
    assert set(needed(pipelines(airflow=AIRFLOWS["mwaa"]))) == set()
