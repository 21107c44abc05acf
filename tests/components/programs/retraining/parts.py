"""A pipeline and the endpoint that it deploys to."""

from __future__ import annotations

from typing import Any

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/fraud@sha256:" + "a1" * 32

PIPELINE: dict[str, Any] = {
    "name": "retraining",
    "modelGroup": "fraud",
    "endpoint": "fraud",
    "dataPrefix": "training/fraud",
    "training": {"image": IMAGE, "instanceType": "ml.m5.xlarge", "spot": True},
    "gates": [
        {"metric": "auc", "comparison": "at-least", "value": 0.94},
        {"metric": "p99_latency_ms", "comparison": "at-most", "value": 40},
    ],
    "schedule": "0 3 * * 1",
}

ENDPOINT: dict[str, Any] = {
    "name": "fraud",
    "model": {"type": "registered", "group": "fraud", "version": 3, "image": IMAGE, "dataKey": "fraud/3/model.tar.gz"},
    "capacity": {
        "form": "real-time",
        "instanceType": "ml.m5.xlarge",
        "minInstances": 1,
        "maxInstances": 2,
        "targetInvocationsPerInstance": 100,
    },
}
