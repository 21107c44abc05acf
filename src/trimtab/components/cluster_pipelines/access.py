"""What steps and alerts may do: the rules of their roles, as plain data, and the objects that grant them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.cluster_pipelines.engines.pods import ACCOUNT
from trimtab.components.kube.identity import workload_role
from trimtab.components.kube.traffic import to_names, to_pod_identity, to_web
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining

TRIGGER = "retraining-trigger"
TOKEN = "token"  # noqa: S105  the key under which Kubernetes writes a service account's token
_RBAC = "rbac.authorization.k8s.io"
EXECUTOR_RULES = [{"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}]
"""What Argo's executor asks of the service account that a step runs as."""
TRIGGER_RULES = [
    {"apiGroups": ["argoproj.io"], "resources": ["workfloweventbindings"], "verbs": ["list"]},
    {"apiGroups": ["argoproj.io"], "resources": ["workflowtemplates"], "verbs": ["get"]},
    {"apiGroups": ["argoproj.io"], "resources": ["workflows"], "verbs": ["create"]},
]
"""What Argo's events endpoint does on behalf of whoever calls it."""


def target_rules(names: Sequence[str]) -> list[dict[str, Any]]:
    """Return what deployment needs of the InferenceServices that it deploys to, and of no other."""
    of = {"apiGroups": ["serving.kserve.io"], "resources": ["inferenceservices"], "resourceNames": sorted(set(names))}
    return [{**of, "verbs": ["get", "patch"]}]


def steps_policy_spec(label: str) -> dict[str, Any]:
    """Return a NetworkPolicy's `spec` for pods that have `label`: nothing in; DNS, the cluster's services, TLS out."""
    return {
        "podSelector": {"matchExpressions": [{"key": label, "operator": "Exists"}]},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [],
        "egress": [to_names(), {"to": [{"namespaceSelector": {}}]}, to_web(), to_pod_identity()],
    }


def step_account(component: ClusterComponent, pipelines: Sequence[ClusterRetraining]) -> None:
    """Declare the service account of the steps, and what it may do on the cluster."""
    kubernetes.core.v1.ServiceAccount(
        f"{component.name}-{ACCOUNT}", metadata=component.metadata(ACCOUNT), opts=component.child()
    )
    grant(component, ACCOUNT, EXECUTOR_RULES, of=component.namespace)
    for namespace in sorted({pipeline.target.namespace for pipeline in pipelines}):
        names = [pipeline.target.name for pipeline in pipelines if pipeline.target.namespace == namespace]
        grant(component, f"{ACCOUNT}-{namespace}", target_rules(names), of=component.namespace, namespace=namespace)


def trigger_account(component: ClusterComponent, home: pulumi.Input[str]) -> None:
    """Declare the account that alerts act as, and its token in a secret that Alertmanager reads."""
    kubernetes.core.v1.ServiceAccount(
        f"{component.name}-{TRIGGER}",
        metadata=component.metadata(TRIGGER, namespace=home),
        automount_service_account_token=False,
        opts=component.child(),
    )
    account = {"kubernetes.io/service-account.name": TRIGGER}
    kubernetes.core.v1.Secret(
        f"{component.name}-{TRIGGER}",
        metadata=component.metadata(TRIGGER, namespace=home, annotations=account),
        type="kubernetes.io/service-account-token",
        # Kubernetes fills it in: it is nobody's change.
        opts=component.child(ignore_changes=["data"]),
    )
    grant(component, TRIGGER, TRIGGER_RULES, of=home)


def grant(
    component: ClusterComponent,
    name: str,
    rules: Sequence[dict[str, Any]],
    *,
    of: pulumi.Input[str],
    namespace: str | None = None,
) -> None:
    """Declare a Role, and its binding to the account that its name begins with.

    Args:
        component: the owner.
        name: of role and binding.
        rules: what it may do.
        of: the account's namespace.
        namespace: where it may; absent: the component's namespace.
    """
    account = TRIGGER if name.startswith(TRIGGER) else ACCOUNT
    metadata = component.metadata(name, namespace=namespace)
    kubernetes.rbac.v1.Role(f"{component.name}-{name}", metadata=metadata, rules=list(rules), opts=component.child())
    kubernetes.rbac.v1.RoleBinding(
        f"{component.name}-{name}",
        metadata=metadata,
        role_ref={"api_group": _RBAC, "kind": "Role", "name": name},
        subjects=[{"kind": "ServiceAccount", "name": account, "namespace": of}],
        opts=component.child(),
    )


def step_role(
    component: ClusterComponent,
    pipelines: Sequence[ClusterRetraining],
    cluster_name: str,
    key_arn: pulumi.Input[str] | None,
) -> None:
    """Declare the AWS role of the steps: training data is read, models are written and read, nothing is deleted."""
    data = sorted({_place(pipeline.data) for pipeline in pipelines})
    models = sorted({_place(pipeline.models) for pipeline in pipelines})
    buckets = sorted({bucket for bucket, _ in (*data, *models)})
    statements = [
        allow("List", ["s3:ListBucket"], [f"arn:aws:s3:::{bucket}" for bucket in buckets]),
        allow("ReadData", ["s3:GetObject"], [f"arn:aws:s3:::{bucket}/{key}*" for bucket, key in data]),
        allow(
            "WriteModels", ["s3:GetObject", "s3:PutObject"], [f"arn:aws:s3:::{bucket}/{key}*" for bucket, key in models]
        ),
    ]
    if key_arn is not None:
        statements.append(allow("Key", ["kms:Decrypt", "kms:GenerateDataKey"], [key_arn]))
    workload_role(
        component,
        "steps",
        cluster_name=cluster_name,
        namespace=component.namespace,
        service_account=ACCOUNT,
        statements=statements,
    )


def _place(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, f"{key.rstrip('/')}/"
