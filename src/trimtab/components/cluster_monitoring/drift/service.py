"""The drift service on a cluster, and the role that reads its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.cluster_monitoring.drift.objects import (
    LABELS,
    NAME,
    data_of,
    deployment_spec,
    drift_files,
    network_policy_spec,
    service_spec,
)
from trimtab.components.kube.identity import workload_role
from trimtab.components.statements import allow

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.cluster_monitoring.args import ClusterMonitoringArgs
    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.monitoring_drift import DriftService


def drift_service(
    component: ClusterComponent, spec: DriftService, args: ClusterMonitoringArgs
) -> kubernetes.apps.v1.Deployment:
    """Return the Deployment, with all that belongs to it."""
    label, metadata = f"{component.name}-{NAME}", component.metadata(NAME, labels=LABELS)
    content = drift_files(spec)
    account = kubernetes.core.v1.ServiceAccount(
        label, metadata=metadata, automount_service_account_token=False, opts=component.child()
    )
    config = kubernetes.core.v1.ConfigMap(label, metadata=metadata, data=content, opts=component.child())
    kubernetes.core.v1.Service(label, metadata=metadata, spec=service_spec(), opts=component.child())
    kubernetes.networking.v1.NetworkPolicy(
        label,
        metadata=metadata,
        spec=network_policy_spec(args.get("prometheus_namespace", "monitoring")),
        opts=component.child(),
    )
    if "cluster_name" in args:
        _role(component, spec, args["cluster_name"], args.get("data_key_arn"))
    return kubernetes.apps.v1.Deployment(
        label,
        metadata=metadata,
        spec=deployment_spec(spec, content),
        opts=component.child(depends_on=[account, config]),
    )


def _role(
    component: ClusterComponent,
    spec: DriftService,
    cluster_name: pulumi.Input[str],
    key_arn: pulumi.Input[str] | None,
) -> None:
    data = data_of(spec.models)
    buckets = sorted({bucket for bucket, _ in data})
    statements: list[dict[str, Any]] = [
        allow("List", ["s3:ListBucket"], [f"arn:aws:s3:::{bucket}" for bucket in buckets]),
        allow("Read", ["s3:GetObject"], [f"arn:aws:s3:::{bucket}/{key}*" for bucket, key in data]),
    ]
    if key_arn is not None:
        statements.append(allow("Decrypt", ["kms:Decrypt"], [key_arn]))
    workload_role(
        component,
        NAME,
        cluster_name=cluster_name,
        namespace=component.namespace,
        service_account=NAME,
        statements=statements,
    )
