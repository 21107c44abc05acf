"""Declarations of pipelines that the tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.spec.cluster.pipelines import ClusterPipelines
from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

if TYPE_CHECKING:
    from tests.support import LocalCloud

TRAINING = "registry.acme.example/train@sha256:" + "b" * 64
TOOLS = "registry.acme.example/python@sha256:" + "c" * 64
AIRFLOW = "registry.acme.example/airflow@sha256:" + "d" * 64
STORED = {"type": "external-secret", "store": "vault"}
ENGINES: dict[str, dict[str, Any]] = {
    "argo": {"type": "argo-workflows"},
    "kubeflow": {"type": "kubeflow-pipelines"},
}
AIRFLOWS: dict[str, dict[str, Any]] = {
    "cluster": {
        "type": "cluster",
        "image": AIRFLOW,
        "keys": {key: {**STORED, "remoteKey": f"airflow/{key}"} for key in ("fernet", "jwt", "api")},
    },
    "mwaa": {"type": "mwaa"},
}


def eks_cluster(cloud: LocalCloud, name: str) -> str:
    """A cluster of the local AWS, which Pod Identity ties roles to."""
    subnets = [subnet["SubnetId"] for subnet in cloud.client("ec2").describe_subnets()["Subnets"][:2]]
    cloud.client("eks").create_cluster(
        name=name, roleArn="arn:aws:iam::123456789012:role/eks", resourcesVpcConfig={"subnetIds": subnets}
    )
    return name


def retraining(name: str = "fraud", **changes: Any) -> dict[str, Any]:
    """What YAML would hold of one pipeline."""
    return {
        "name": name,
        "model": name,
        "toolsImage": TOOLS,
        "data": f"s3://acme-data/{name}",
        "models": f"s3://acme-models/{name}",
        "training": {"image": TRAINING, "gpus": 1, "queue": "risk"},
        "gates": [
            {"metric": "auc", "comparison": "at-least", "value": 0.9},
            {"metric": "p99_latency_ms", "comparison": "at-most", "value": 50},
        ],
        "registry": {"url": "http://mlflow.mlops.svc:5000", "model": name, "credentials": "mlflow"},
        "target": {"namespace": "serving", "name": name},
        "schedule": "0 3 * * 1",
        **changes,
    }


def pipeline(**changes: Any) -> ClusterRetraining:
    """One pipeline, read."""
    return ClusterRetraining.model_validate(retraining(**changes))


def pipelines(**fields: Any) -> ClusterPipelines:
    """A whole declaration, read."""
    return ClusterPipelines.model_validate(fields)
