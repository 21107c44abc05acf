"""The operators that a cluster may have: who brings which custom resources."""

from __future__ import annotations

from typing import Literal

Operator = Literal[
    "argo-workflows",
    "cloudnative-pg",
    "dcgm-exporter",
    "external-secrets",
    "karpenter",
    "keda",
    "knative",
    "kserve",
    "kubeflow-trainer",
    "kuberay",
    "kueue",
    "nvidia-device-plugin",
    "nvidia-gpu-operator",
    "prometheus-operator",
]
"""Names as the projects write them."""
