"""What the charts are told: little, as a chart's own settings are what its makers test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_monitoring.exporters import counters_file
from trimtab.components.gpu_pool.profiles import DEFAULT_PROFILE, MIG_PROFILES, NO_MIG, PLUGIN_PROFILES
from trimtab.spec.cluster.gpu_pool_rules import GPU_TAINT

if TYPE_CHECKING:
    from collections.abc import Callable

    import pulumi

    from trimtab.components.cluster.karpenter import Karpenter

ON_GPU_NODES = [{"key": GPU_TAINT, "operator": "Exists", "effect": "NoSchedule"}]
GPU_NODES = {
    "nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [
                {
                    "matchExpressions": [
                        {"key": "karpenter.k8s.aws/instance-gpu-manufacturer", "operator": "In", "values": ["nvidia"]}
                    ]
                }
            ]
        }
    }
}
"""Karpenter's label is there from the first moment, where the feature discovery's comes with a pod of its own."""


@dataclass(frozen=True)
class Wiring:
    """What values are made of.

    Attributes:
        cluster_name: the cluster's name in EKS.
        karpenter: its AWS half.
        operators: all that are installed.
    """

    cluster_name: pulumi.Input[str]
    karpenter: Karpenter
    operators: tuple[str, ...]


def chart_values(name: str, wiring: Wiring) -> dict[str, Any]:
    """Return the values of the release called `name`; empty: the chart's own."""
    made = VALUES.get(name)
    return made(wiring) if made else {}


def _karpenter(wiring: Wiring) -> dict[str, Any]:
    return {
        "settings": {
            "clusterName": wiring.cluster_name,
            "interruptionQueue": wiring.karpenter.queue_name,
            # Parts of GPUs are told to Karpenter by overlays.
            "featureGates": {"nodeOverlay": True, "reservedCapacity": True},
        },
        "serviceAccount": {"name": "karpenter"},
        "controller": {
            "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}}
        },
        "serviceMonitor": {"enabled": "prometheus-operator" in wiring.operators},
    }


def _kueue(wiring: Wiring) -> dict[str, Any]:
    frameworks = ["batch/job", "jobset.x-k8s.io/jobset"]
    if "kuberay" in wiring.operators:
        frameworks += ["ray.io/rayjob", "ray.io/raycluster", "ray.io/rayservice"]
    if "kubeflow-trainer" in wiring.operators:
        frameworks.append("trainer.kubeflow.org/trainjob")
    configuration = {
        "apiVersion": "config.kueue.x-k8s.io/v1beta2",
        "kind": "Configuration",
        "health": {"healthProbeBindAddress": ":8081"},
        "metrics": {"bindAddress": ":8443", "enableClusterQueueResources": True},
        "webhook": {"port": 9443},
        "leaderElection": {"leaderElect": True, "resourceName": "c1f6bfd2.kueue.x-k8s.io"},
        "integrations": {"frameworks": frameworks},
        # Disks are the node's, not the queue's: a pool's quota counts GPUs and what comes with them.
        "resources": {"excludeResourcePrefixes": ["ephemeral-storage"]},
    }
    return {
        "controllerManager": {
            "replicas": 2,
            "featureGates": [{"name": "ElasticJobsViaWorkloadSlices", "enabled": True}],
        },
        "managerConfig": {"controllerManagerConfigYaml": json.dumps(configuration, indent=2)},
    }


def _device_plugin(_: Wiring) -> dict[str, Any]:
    return {
        "config": {"name": PLUGIN_PROFILES, "default": DEFAULT_PROFILE},
        "migStrategy": "mixed",
        "affinity": GPU_NODES,
        "tolerations": ON_GPU_NODES,
    }


def _gpu_operator(wiring: Wiring) -> dict[str, Any]:
    return {
        # EKS's accelerated image brings the driver and the container toolkit.
        "driver": {"enabled": False},
        "toolkit": {"enabled": False},
        "mig": {"strategy": "mixed"},
        "devicePlugin": {
            "enabled": "nvidia-device-plugin" not in wiring.operators,
            "config": {"name": PLUGIN_PROFILES, "default": DEFAULT_PROFILE},
        },
        "migManager": {"config": {"name": MIG_PROFILES, "default": NO_MIG}},
        "dcgmExporter": {"enabled": "dcgm-exporter" not in wiring.operators},
        "daemonsets": {"tolerations": ON_GPU_NODES},
    }


def _dcgm_exporter(_: Wiring) -> dict[str, Any]:
    return {
        "affinity": GPU_NODES,
        "tolerations": ON_GPU_NODES,
        # The platform's own monitor scrapes it: scraped twice, every sum would be twice what it is.
        "serviceMonitor": {"enabled": False},
        "customMetrics": counters_file(),
    }


def _argo(_: Wiring) -> dict[str, Any]:
    # Service `argo-server`, as Argo's own manifests call it. Its own certificate is another one at every start, which
    # no caller can verify: it speaks plain HTTP, and the network policy of its namespace lets Alertmanager in only.
    return {"fullnameOverride": "argo", "server": {"secure": False}}


def _kserve(_: Wiring) -> dict[str, Any]:
    # No Istio here, and no ingress: callers are in the cluster.
    gateway = {"disableIstioVirtualHost": True, "disableIngressCreation": True}
    return {"kserve": {"controller": {"deploymentMode": "Standard", "gateway": gateway}}}


def _prometheus(_: Wiring) -> dict[str, Any]:
    every = ("serviceMonitorSelector", "podMonitorSelector", "ruleSelector", "probeSelector")
    return {
        # Monitors and rules of every part of the platform count, not only those of this release.
        "prometheus": {"prometheusSpec": {f"{selector}NilUsesHelmValues": False for selector in every}},
        "grafana": {"sidecar": {"dashboards": {"enabled": True, "searchNamespace": "ALL"}}},
    }


VALUES: dict[str, Callable[[Wiring], dict[str, Any]]] = {
    "argo-workflows": _argo,
    "cert-manager": lambda _: {"crds": {"enabled": True}},
    "dcgm-exporter": _dcgm_exporter,
    "gpu-operator": _gpu_operator,
    "karpenter": _karpenter,
    "kserve-resources": _kserve,
    "kserve-runtime-configs": lambda _: {"kserve": {"servingruntime": {"enabled": True}}},
    "kube-prometheus-stack": _prometheus,
    "kueue": _kueue,
    "nvidia-device-plugin": _device_plugin,
}
"""Release → its values."""
