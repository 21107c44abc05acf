"""What each engine is given: the same steps, in its own language."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

import pytest

from tests.components.cluster.retrained import TRAINING, pipeline
from trimtab.components.cluster_pipelines.airflow.dag import dag_text
from trimtab.components.cluster_pipelines.engines.argo import event_binding_spec, workflow_spec
from trimtab.components.cluster_pipelines.engines.kubeflow import pipeline_spec, platform_spec, run
from trimtab.components.cluster_pipelines.steps.plan import KUEUE_LABEL, step_text, steps

SPEC = pipeline()
ORDER = [step.name for step in steps(SPEC)]
OWNER = {"owner": "Risk", "email": ["ml@acme.example"]}


def test_argo_runs_the_steps_in_order() -> None:
    spec = workflow_spec(SPEC)
    entry, *templates = spec["templates"]
    tasks = entry["dag"]["tasks"]
    assert [task["name"] for task in tasks] == [template["name"] for template in templates] == ORDER
    assert [task.get("depends") for task in tasks] == [None, *(f"{name}.Succeeded" for name in ORDER[:-1])]


def test_argo_hands_on_what_a_step_wrote() -> None:
    templates = {template["name"]: template for template in workflow_spec(SPEC)["templates"]}
    writes = {
        f"tasks.{name}.outputs.parameters.{parameter['name']}"
        for name, template in templates.items()
        for parameter in template.get("outputs", {}).get("parameters", [])
    }
    for task in templates["retrain"]["dag"]["tasks"]:
        given = {one["name"]: one["value"] for one in task.get("arguments", {}).get("parameters", [])}
        assert {value.strip("{}") for value in given.values()} <= writes
        asked = re.findall(
            r"\{\{inputs\.parameters\.(\w+)\}\}", json.dumps(templates[task["name"]]["container"]["args"])
        )
        assert set(asked) == set(given)


def test_argo_waits_for_a_person_without_a_pod() -> None:
    approval = next(template for template in workflow_spec(SPEC)["templates"] if template["name"] == "approval")
    later = approval["retryStrategy"]
    assert later["limit"] * int(later["backoff"]["duration"]) >= SPEC.approval_timeout_seconds
    assert later["expression"] == "asInt(lastRetry.exitCode) == 75"


def test_an_alert_starts_the_pipeline_of_its_model_only() -> None:
    binding = event_binding_spec(pipeline(name="scores", model="fraud"))
    assert 'discriminator == "scores"' in binding["event"]["selector"]
    assert 'payload.commonLabels.model == "fraud"' in binding["event"]["selector"]
    assert 'payload.status == "firing"' in binding["event"]["selector"]
    assert binding["submit"]["workflowTemplateRef"] == {"name": "scores"}


def test_only_training_is_admitted_by_the_queue() -> None:
    templates = workflow_spec(SPEC)["templates"]
    labelled = {one["name"]: one["metadata"]["labels"] for one in templates if "metadata" in one}
    assert labelled == {name: {KUEUE_LABEL: "risk"} for name in ("train", "evaluate")}


@pytest.mark.parametrize("step", ORDER)
def test_pods_are_nobodys_root_and_bounded(step: str) -> None:
    template = next(template for template in workflow_spec(SPEC)["templates"] if template["name"] == step)
    container = template["container"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["requests"] == container["resources"]["limits"]
    assert "activeDeadlineSeconds" in template or "maxDuration" in template["retryStrategy"]["backoff"]


def test_kubeflow_runs_the_steps_in_order() -> None:
    spec = pipeline_spec(SPEC)
    tasks = spec["root"]["dag"]["tasks"]
    assert list(tasks) == ORDER
    assert [task.get("dependentTasks", [None])[0] for task in tasks.values()] == [None, *ORDER[:-1]]
    executors = spec["deploymentSpec"]["executors"]
    assert set(executors) == {component["executorLabel"] for component in spec["components"].values()}


def test_kubeflow_hands_on_what_a_step_wrote() -> None:
    spec = pipeline_spec(SPEC)
    for name, task in spec["root"]["dag"]["tasks"].items():
        component = spec["components"][f"comp-{name}"]
        given = task.get("inputs", {}).get("parameters", {})
        assert set(given) == set(component.get("inputDefinitions", {}).get("parameters", {}))
        args = spec["deploymentSpec"]["executors"][f"exec-{name}"]["container"]["args"]
        assert set(re.findall(r"inputs\.parameters\['(\w+)'\]", json.dumps(args))) == set(given)
        for source in (one["taskOutputParameter"] for one in given.values() if "taskOutputParameter" in one):
            producer = spec["components"][f"comp-{source['producerTask']}"]
            assert source["outputParameterKey"] in producer["outputDefinitions"]["parameters"]


def test_kubeflow_gets_the_password_from_a_secret() -> None:
    assert "password" not in json.dumps(pipeline_spec(SPEC)).replace(json.dumps(step_text())[1:-1], "")
    on = platform_spec(SPEC)["platforms"]["kubernetes"]["deploymentSpec"]["executors"]["exec-register"]
    assert on["secretAsEnv"][0]["secretName"] == "mlflow"
    assert run(SPEC)["runtime_config"] == {"parameters": {"data_version": "head"}}


def parsed(text: str) -> dict[str, Any]:
    """Names that the DAG file sets at its top, where they are JSON."""
    tree = ast.parse(text)
    return {
        node.targets[0].id: json.loads(ast.literal_eval(node.value.args[0]))
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Call)
    }


def test_the_dag_holds_the_steps_in_order() -> None:
    known = parsed(dag_text(SPEC, OWNER))
    assert [step["name"] for step in known["STEPS"]] == ORDER
    assert known["OWNER"] == OWNER
    assert known["WHERE"] == {"in_cluster": True, "service_account_name": "retraining"}
    train = known["STEPS"][0]
    assert train["image"] == TRAINING
    assert train["args"][-1] == "s3://acme-models/fraud/{{ ts_nodash }}"
    assert train["secrets"][0] == ["MLFLOW_TRACKING_USERNAME", "mlflow", "username"]


def test_the_dag_of_mwaa_asks_the_eks_cluster() -> None:
    text = dag_text(SPEC, OWNER, ("acme", "pipelines"))
    assert parsed(text)["WHERE"]["cluster_name"] == "acme"
    imported = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert "airflow.providers.amazon.aws.operators.eks" in imported


def test_the_dag_is_scheduled_as_declared() -> None:
    def schedule(text: str) -> Any:
        call = next(
            node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "DAG"
        )
        return next(ast.literal_eval(word.value) for word in call.keywords if word.arg == "schedule")

    assert schedule(dag_text(SPEC, OWNER)) == "0 3 * * 1"
    assert schedule(dag_text(pipeline(schedule=None), OWNER)) is None
