"""A retraining as an Airflow DAG: a short file whose steps are data, so that the same file suits every pipeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_pipelines.engines.pods import ACCOUNT, environment, pod_security_context, resources
from trimtab.components.cluster_pipelines.steps.plan import Own, Ref, steps
from trimtab.components.kube.pods import container_security

if TYPE_CHECKING:
    from trimtab.components.cluster_pipelines.steps.plan import Argument, Step
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

ON_CLUSTER = ("airflow.providers.cncf.kubernetes.operators.pod", "KubernetesPodOperator")
ON_EKS = ("airflow.providers.amazon.aws.operators.eks", "EksPodOperator")
XCOM = "/airflow/xcom/return.json"
"""Where the operator's side container reads what a step hands on; it is JSON."""
_FILE = '''"""{title} Rendered from the platform's declaration; edit that."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from airflow.sdk import DAG, Param
from {module} import {operator}
from airflow.providers.cncf.kubernetes.secret import Secret
from kubernetes.client import models as k8s

STEPS = json.loads(
    {steps}
)
WHERE = json.loads(
    {where}
)
OWNER = json.loads(
    {owner}
)

with DAG(
    dag_id={name},
    description="{title}",
    schedule={schedule},
    start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args=OWNER,
    params={{"data_version": Param("head", type="string")}},
    tags=["trimtab", "retraining"],
) as dag:
    previous = None
    for step in STEPS:
        task = {operator}(
            task_id=step["name"],
            name=step["pod"],
            image=step["image"],
            cmds=step["command"],
            arguments=step["args"],
            labels=step["labels"],
            env_vars=step["env"],
            secrets=[Secret("env", *one) for one in step["secrets"]],
            container_resources=k8s.V1ResourceRequirements(**step["resources"]),
            security_context=step["pod_security"],
            container_security_context=step["security"],
            volumes=[k8s.V1Volume(name="scratch", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="20Gi"))],
            volume_mounts=[k8s.V1VolumeMount(name="scratch", mount_path="/tmp")],
            do_xcom_push=step["hands_on"],
            execution_timeout=timedelta(seconds=step["seconds"]),
            on_finish_action="delete_succeeded_pod",
            **WHERE,
        )
        if previous is not None:
            previous >> task
        previous = task
'''


def dag_text(spec: ClusterRetraining, owner: dict[str, Any], eks: tuple[str, str] | None = None) -> str:
    """Return the DAG file of a pipeline.

    Args:
        spec: the pipeline.
        owner: Airflow's default arguments that say whose it is: `{"owner": team, "email": [contact]}`.
        eks: name of the cluster and namespace of the pods, where Airflow is not on it; absent: Airflow's own.
    """
    module, operator = ON_EKS if eks else ON_CLUSTER
    there = {"cluster_name": eks[0], "namespace": eks[1]} if eks else {"in_cluster": True}
    where = {"service_account_name": ACCOUNT, **there}
    planned = [_step(step, spec) for step in steps(spec)]
    return _FILE.format(
        title=f"Retrains {spec.model}.",
        module=module,
        operator=operator,
        steps=repr(json.dumps(planned, sort_keys=True)),
        where=repr(json.dumps(where, sort_keys=True)),
        owner=repr(json.dumps(owner, sort_keys=True)),
        name=repr(spec.name),
        schedule=repr(spec.schedule),
    )


def _secret(variable: dict[str, Any]) -> list[str]:
    """Return the variable's name, the secret and its key."""
    key = variable["valueFrom"]["secretKeyRef"]
    return [variable["name"], key["name"], key["key"]]


def _step(step: Step, spec: ClusterRetraining) -> dict[str, Any]:
    known = environment(spec)
    return {
        "name": step.name,
        "pod": f"{spec.name}-{step.name}",
        "image": step.image,
        "command": list(step.command),
        # A person is waited for in the pod, which costs a hundredth of a core.
        "args": [
            *(_argument(argument, spec) for argument in step.args),
            *(["--wait", str(step.seconds)] if step.retry else []),
        ],
        "labels": step.labels,
        "env": {one["name"]: one["value"] for one in known if "value" in one},
        "secrets": [_secret(one) for one in known if "valueFrom" in one],
        "resources": resources(step),
        "pod_security": pod_security_context(),
        "security": container_security(),
        "hands_on": step.output is not None,
        "seconds": step.seconds + (600 if step.retry else 0),
    }


def _argument(argument: Argument, spec: ClusterRetraining) -> str:
    match argument:
        case Ref(step=step):
            return f"{{{{ ti.xcom_pull(task_ids='{step}') | tojson }}}}"
        case Own("model-uri"):
            return f"{spec.models.rstrip('/')}/{{{{ ts_nodash }}}}"
        case Own("data-version"):
            return "{{ params.data_version }}"
        case Own():
            return XCOM
        case str():
            return argument
