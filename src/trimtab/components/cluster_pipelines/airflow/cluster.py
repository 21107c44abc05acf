"""Airflow on the cluster: its processes, its database, its keys, and what its workers may do."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.cluster_pipelines.airflow.processes import (
    deployment_spec,
    labels,
    migration_spec,
    processes,
)
from trimtab.components.cluster_pipelines.airflow.settings import (
    ACCOUNT,
    API_PORT,
    DAGS,
    DATABASE,
    KEYS,
    TEMPLATE,
    worker_file,
)
from trimtab.components.kube.traffic import pods, policy, tcp, to_names, to_web
from trimtab.components.kube.web.external_secret import API, external_secret_spec
from trimtab.spec.cluster.pipelines_airflow import OperatorDatabase

if TYPE_CHECKING:
    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.pipelines_airflow import ClusterAirflow

WORKER_RULES: list[dict[str, Any]] = [
    {
        "apiGroups": [""],
        "resources": ["pods"],
        "verbs": ["create", "delete", "get", "list", "patch", "watch"],
    },
    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get", "list"]},
    {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create", "get"]},
    {"apiGroups": [""], "resources": ["events"], "verbs": ["list", "watch"]},
]
"""What the executor and the pod operator do in their own namespace; exec reads what a step hands on."""
_RBAC = "rbac.authorization.k8s.io"


class AirflowOnCluster:
    """Declares Airflow's objects as children of a component."""

    def __init__(self, component: ClusterComponent, spec: ClusterAirflow, dags: dict[str, str]) -> None:
        self.component, self.spec, self.dags = component, spec, dags

    def declare(self) -> kubernetes.apps.v1.Deployment:
        """Declare everything; returns the scheduler's Deployment."""
        self._keys()
        self._database()
        self._account()
        files = {**self.dags, "pod.yaml": worker_file(self.spec)}
        self._config(DAGS, self.dags)
        self._config(TEMPLATE, {"pod.yaml": files["pod.yaml"]})
        self._migration()
        self._api()
        self._traffic()
        deployments = {
            process.name: kubernetes.apps.v1.Deployment(
                self._logical(process.name),
                metadata=self._metadata(process.name),
                spec=deployment_spec(self.spec, process, files),
                opts=self.component.child(),
            )
            for process in processes(self.spec)
        }
        return deployments["airflow-scheduler"]

    def _keys(self) -> None:
        keys = self.spec.keys
        sources = {"fernet": keys.fernet, "jwt": keys.jwt, "api": keys.api}
        self.component.custom(
            self._logical(KEYS),
            API,
            "ExternalSecret",
            self._metadata(KEYS),
            {"spec": external_secret_spec(KEYS, sources)},
        )

    def _database(self) -> None:
        database = self.spec.database
        if not isinstance(database, OperatorDatabase):
            return
        size = {"cpu": "500m", "memory": "1Gi"}
        fields: dict[str, Any] = {
            "instances": database.instances,
            "storage": {"size": f"{database.storage_gib}Gi"},
            "bootstrap": {"initdb": {"database": "airflow", "owner": "airflow"}},
            "resources": {"requests": size, "limits": size},
            **({"imageName": database.image} if database.image else {}),
        }
        self.component.custom(
            self._logical(DATABASE),
            "postgresql.cnpg.io/v1",
            "Cluster",
            self._metadata(DATABASE),
            {"spec": fields},
            opts=self.component.stateful(),
        )

    def _account(self) -> None:
        metadata = self._metadata(ACCOUNT)
        kubernetes.core.v1.ServiceAccount(
            self._logical(ACCOUNT),
            metadata=metadata,
            automount_service_account_token=False,
            opts=self.component.child(),
        )
        kubernetes.rbac.v1.Role(
            self._logical(ACCOUNT), metadata=metadata, rules=WORKER_RULES, opts=self.component.child()
        )
        kubernetes.rbac.v1.RoleBinding(
            self._logical(ACCOUNT),
            metadata=metadata,
            role_ref={"api_group": _RBAC, "kind": "Role", "name": ACCOUNT},
            subjects=[{"kind": "ServiceAccount", "name": ACCOUNT, "namespace": self.component.namespace}],
            opts=self.component.child(),
        )

    def _config(self, name: str, data: dict[str, str]) -> None:
        kubernetes.core.v1.ConfigMap(
            self._logical(name), metadata=self._metadata(name), data=data, opts=self.component.child()
        )

    def _migration(self) -> None:
        # A Job cannot be changed: another image is another one.
        image = hashlib.sha256(json.dumps(self.spec.image).encode()).hexdigest()[:8]
        name = f"airflow-migrate-{image}"
        kubernetes.batch.v1.Job(
            self._logical("airflow-migrate"),
            metadata=self._metadata(name),
            spec=migration_spec(self.spec),
            opts=self.component.child(replace_on_changes=["spec"], delete_before_replace=True),
        )

    def _api(self) -> None:
        name, known = "airflow-api", labels("airflow-api")
        ports = [{"name": "api", "port": API_PORT, "targetPort": "api"}]
        kubernetes.core.v1.Service(
            self._logical(name),
            metadata=self._metadata(name),
            spec={"selector": known, "ports": ports},
            opts=self.component.child(),
        )
        if self.spec.api_servers > 1:
            kubernetes.policy.v1.PodDisruptionBudget(
                self._logical(name),
                metadata=self._metadata(name),
                spec={"maxUnavailable": 1, "selector": {"matchLabels": known}},
                opts=self.component.child(),
            )

    def _traffic(self) -> None:
        """Only Airflow's own pods reach the API server of it; people come through the cluster's own gate."""
        everyone = {"app.kubernetes.io/name": "airflow"}
        out = [to_names(), {"to": [pods()]}, to_web()]
        kubernetes.networking.v1.NetworkPolicy(
            self._logical("airflow"),
            metadata=self._metadata("airflow"),
            spec=policy(everyone, ingress=[{"from": [pods(everyone)], "ports": tcp(API_PORT)}], egress=out),
            opts=self.component.child(),
        )

    def _metadata(self, name: str) -> dict[str, Any]:
        return self.component.metadata(name, labels={"app.kubernetes.io/name": "airflow"})

    def _logical(self, name: str) -> str:
        return f"{self.component.name}-{name}"
