"""How Airflow on the cluster is told what it is: variables, and the pod that each task runs in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_pipelines.engines.pods import pod_security_context
from trimtab.components.kube.pods import container_security, room
from trimtab.spec.cluster.pipelines_airflow import OperatorDatabase

if TYPE_CHECKING:
    from trimtab.spec.cluster.monitoring_routing import KeyOfSecret
    from trimtab.spec.cluster.pipelines_airflow import ClusterAirflow

DAGS, TEMPLATE = "airflow-dags", "airflow-worker"
"""ConfigMaps of the DAGs, and of the worker's pod."""
KEYS, DATABASE = "airflow-keys", "airflow-db"
"""The secret with Airflow's own keys, and CloudNativePG's cluster."""
ACCOUNT = "airflow"
DAGS_AT, TEMPLATE_AT, HOME = "/opt/airflow/dags", "/opt/airflow/template", "/opt/airflow/run"
API_PORT = 8080
NAMESPACE = "AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE"


def environment(spec: ClusterAirflow) -> list[dict[str, Any]]:
    """Return the variables of every Airflow process (https://airflow.apache.org/docs/, configuration reference)."""
    plain = {
        "AIRFLOW_HOME": HOME,
        "AIRFLOW__CORE__DAGS_FOLDER": DAGS_AT,
        "AIRFLOW__CORE__EXECUTOR": "KubernetesExecutor",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://airflow-api:{API_PORT}/execution/",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": str(spec.parallel_tasks),
        "AIRFLOW__KUBERNETES_EXECUTOR__POD_TEMPLATE_FILE": f"{TEMPLATE_AT}/pod.yaml",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": f"{HOME}/logs",
    }
    database = spec.database
    where = (f"{DATABASE}-app", "uri") if isinstance(database, OperatorDatabase) else _given(database.connection)
    secret = {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": where,
        "AIRFLOW__CORE__FERNET_KEY": (KEYS, "fernet"),
        "AIRFLOW__API_AUTH__JWT_SECRET": (KEYS, "jwt"),
        "AIRFLOW__API__SECRET_KEY": (KEYS, "api"),
    }
    return [
        *({"name": name, "value": value} for name, value in plain.items()),
        {"name": NAMESPACE, "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}},
        *(
            {"name": name, "valueFrom": {"secretKeyRef": {"name": of, "key": key}}}
            for name, (of, key) in secret.items()
        ),
    ]


def pod_spec(spec: ClusterAirflow, container: dict[str, Any], *, token: bool) -> dict[str, Any]:
    """Return the `spec` of a pod that runs one Airflow process; `token`: whether it asks the API server."""
    mounts = {"dags": DAGS_AT, "template": TEMPLATE_AT}
    return {
        "serviceAccountName": ACCOUNT,
        "automountServiceAccountToken": token,
        "securityContext": pod_security_context(),
        "containers": [
            {
                "image": spec.image,
                "securityContext": container_security(),
                "volumeMounts": [
                    *({"name": name, "mountPath": at, "readOnly": True} for name, at in mounts.items()),
                    {"name": "run", "mountPath": HOME},
                    {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  a volume of the pod's own
                ],
                **container,
            }
        ],
        "volumes": [
            {"name": "dags", "configMap": {"name": DAGS}},
            {"name": "template", "configMap": {"name": TEMPLATE}},
            room("run", gib=2),
            room("tmp", gib=1),
        ],
    }


def worker_file(spec: ClusterAirflow) -> str:
    """Return the pod template of the executor's workers (JSON is YAML); a task itself runs in yet another pod."""
    size = {"cpu": "250m", "memory": "512Mi"}
    container = {
        # The executor's own requirement: the first container is called base, and gets its command from it.
        "name": "base",
        "env": environment(spec),
        "resources": {"requests": size, "limits": size},
    }
    pod = {**pod_spec(spec, container, token=True), "restartPolicy": "Never"}
    labels = {"app.kubernetes.io/name": "airflow", "app.kubernetes.io/component": "worker"}
    described = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "airflow-worker", "labels": labels}}
    return json.dumps({**described, "spec": pod}, sort_keys=True)


def _given(connection: KeyOfSecret) -> tuple[str, str]:
    return connection.secret, connection.key
