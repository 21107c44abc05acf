"""Which kinds of objects have no namespace. Only a server knows all; these are Kubernetes' own and the operators'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OWN = frozenset(
    {
        "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding",
        "ClusterTrustBundle", "CustomResourceDefinition", "DeviceClass", "DeviceTaintRule", "FlowSchema", "IPAddress",
        "IngressClass", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
        "Namespace", "Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "ResourceSlice",
        "RuntimeClass", "ServiceCIDR", "StorageClass", "StorageVersionMigration", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
        "VolumeAttributesClass",
    }
)  # fmt: skip

_OPERATORS = frozenset(
    {
        ("cert-manager.io", "ClusterIssuer"),
        ("argoproj.io", "ClusterWorkflowTemplate"),
        ("external-secrets.io", "ClusterExternalSecret"),
        ("external-secrets.io", "ClusterPushSecret"),
        ("external-secrets.io", "ClusterSecretStore"),
        ("karpenter.k8s.aws", "EC2NodeClass"),
        ("karpenter.sh", "NodeClaim"),
        ("karpenter.sh", "NodeOverlay"),
        ("karpenter.sh", "NodePool"),
        ("keda.sh", "ClusterTriggerAuthentication"),
        ("eventing.keda.sh", "ClusterCloudEventSource"),
        ("kueue.x-k8s.io", "AdmissionCheck"),
        ("kueue.x-k8s.io", "ClusterQueue"),
        ("kueue.x-k8s.io", "Cohort"),
        ("kueue.x-k8s.io", "MultiKueueCluster"),
        ("kueue.x-k8s.io", "MultiKueueConfig"),
        ("kueue.x-k8s.io", "ProvisioningRequestConfig"),
        ("kueue.x-k8s.io", "ResourceFlavor"),
        ("kueue.x-k8s.io", "Topology"),
        ("kueue.x-k8s.io", "WorkloadPriorityClass"),
        ("kyverno.io", "ClusterPolicy"),
        ("nvidia.com", "ClusterPolicy"),
        ("nvidia.com", "NVIDIADriver"),
        ("serving.kserve.io", "ClusterServingRuntime"),
        ("serving.kserve.io", "ClusterStorageContainer"),
        ("serving.kserve.io", "LocalModelCache"),
        ("serving.kserve.io", "LocalModelNode"),
        ("serving.kserve.io", "LocalModelNodeGroup"),
        ("trainer.kubeflow.org", "ClusterTrainingRuntime"),
        ("kubeflow.org", "Profile"),
    }
)


class Scopes:
    """Answers for one set of objects; definitions among them speak for their own kinds.

    Args:
        documents: every object that is rendered.
    """

    def __init__(self, documents: Iterable[Mapping[str, Any]]) -> None:
        definitions = (_definition(document) for document in documents)
        self._defined = {key: wide for key, wide in definitions if key[1]}

    def is_cluster_wide(self, document: Mapping[str, Any]) -> bool:
        """Whether the object's kind has no namespace."""
        group, kind = group_of(document), str(document.get("kind"))
        if (group, kind) in self._defined:
            return self._defined[group, kind]
        if kind in _OWN and (group == "" or group.endswith(".k8s.io") or group == "apiregistration.k8s.io"):
            return True
        return (group, kind) in _OPERATORS


def group_of(document: Mapping[str, Any]) -> str:
    """The object's API group, empty for the core one."""
    group, separator, _ = str(document.get("apiVersion") or "").partition("/")
    return group if separator else ""


def _definition(document: Mapping[str, Any]) -> tuple[tuple[str, str], bool]:
    spec = document.get("spec")
    if document.get("kind") != "CustomResourceDefinition" or not isinstance(spec, dict):
        return ("", ""), False
    names = spec.get("names")
    kind = str(names.get("kind", "")) if isinstance(names, dict) else ""
    return (str(spec.get("group", "")), kind), spec.get("scope") == "Cluster"
