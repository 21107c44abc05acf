"""What members of a team may do in its namespace: three roles, each with its verbs spelled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TenantRole = Literal["viewer", "developer", "admin"]
Rules = list[dict[str, list[str]]]

LOOK = ("get", "list", "watch")
CHANGE = ("create", "update", "patch", "delete", "deletecollection")
CORE = ""
CUSTOM = {
    "serving.kserve.io": ("inferenceservices", "servingruntimes", "trainedmodels"),
    "ray.io": ("rayclusters", "rayjobs", "rayservices"),
    "trainer.kubeflow.org": ("trainjobs", "trainingruntimes"),
    "keda.sh": ("scaledobjects", "scaledjobs"),
    "argoproj.io": ("workflows", "workflowtemplates", "cronworkflows"),
}
"""What workloads are on such a cluster, beside Kubernetes' own kinds."""
WORKLOADS = {
    CORE: ("pods", "services", "configmaps", "persistentvolumeclaims"),
    "apps": ("deployments", "statefulsets", "replicasets"),
    "batch": ("jobs", "cronjobs"),
    "autoscaling": ("horizontalpodautoscalers",),
    "policy": ("poddisruptionbudgets",),
    **CUSTOM,
}
CIRCUMSTANCES = {
    CORE: ("events", "resourcequotas", "limitranges", "serviceaccounts", "pods/log", "pods/status"),
    "networking.k8s.io": ("networkpolicies", "ingresses"),
    "kueue.x-k8s.io": ("localqueues", "workloads"),
    "metrics.k8s.io": ("pods",),
}
"""What explains why a workload runs, waits or fails; only administrators of the cluster change it."""
ADMINISTERED = {
    CORE: ("secrets", "serviceaccounts"),
    "networking.k8s.io": ("ingresses",),
    "rbac.authorization.k8s.io": ("roles", "rolebindings"),
    "external-secrets.io": ("externalsecrets", "secretstores"),
}
INTO_PODS = {CORE: ("pods/exec", "pods/portforward", "pods/attach")}


def rules_of(role: TenantRole) -> Rules:
    """Return the rules of a role; each holds those of the one before it.

    Kubernetes itself keeps an admin from granting more than it has (its check against escalation).
    """
    rules = _rules(WORKLOADS, LOOK) + _rules(CIRCUMSTANCES, LOOK)
    if role in ("developer", "admin"):
        rules += _rules(WORKLOADS, CHANGE) + _rules(INTO_PODS, ("create", "get"))
    if role == "admin":
        rules += _rules(ADMINISTERED, (*LOOK, *CHANGE))
    return rules


def _rules(kinds: Mapping[str, tuple[str, ...]], verbs: Sequence[str]) -> Rules:
    return [
        {"apiGroups": [group], "resources": list(resources), "verbs": list(verbs)} for group, resources in kinds.items()
    ]
