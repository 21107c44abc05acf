"""The one dashboard of a platform: every endpoint, every pool, every alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.json_text import json_text
from trimtab.components.monitoring.widgets import Alarms, Graph, Heading, Metric, Widget, body

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.monitoring.args import WatchedEndpoint, WatchedPool
    from trimtab.components.place import Place

SAGEMAKER, AGENT, GROUPS = "AWS/SageMaker", "CWAgent", "AWS/AutoScaling"
VARIANT = "primary"


def dashboard(
    component: Component,
    place: Place,
    *,
    endpoints: Sequence[WatchedEndpoint],
    pools: Sequence[WatchedPool],
    alarm_arns: Sequence[pulumi.Input[str]],
) -> aws.cloudwatch.Dashboard:
    """Declare the dashboard."""
    widgets: list[Widget] = [Heading(f"{component.context.prefix}: {component.owner.team}")]
    if alarm_arns:
        widgets.append(Alarms("Alarms", alarm_arns))
    for endpoint in endpoints:
        widgets += _endpoint(endpoint)
    for pool in pools:
        widgets += _pool(pool)
    return aws.cloudwatch.Dashboard(
        f"{component.name}-dashboard",
        dashboard_name=component.context.prefix,
        dashboard_body=json_text(body(widgets, place.region)),
        opts=component.child(),
    )


def _endpoint(endpoint: WatchedEndpoint) -> list[Widget]:
    at = {"EndpointName": endpoint["endpoint_name"], "VariantName": VARIANT}
    namespace, saturation = endpoint["saturation"]
    return [
        Heading(f"Endpoint {endpoint['name']}"),
        Graph(
            "Latency of the model, µs",
            [Metric(SAGEMAKER, "ModelLatency", at, stat, stat) for stat in ("p50", "p95", "p99")],
        ),
        Graph(
            "Invocations and errors",
            [
                Metric(SAGEMAKER, "Invocations", at, "Sum", "invocations"),
                Metric(SAGEMAKER, "Invocation4XXErrors", at, "Sum", "4xx", right=True),
                Metric(SAGEMAKER, "Invocation5XXErrors", at, "Sum", "5xx", right=True),
            ],
        ),
        Graph(
            "How full, and invocations of one instance",
            [
                Metric(namespace, saturation, at, "Average", saturation),
                Metric(SAGEMAKER, "InvocationsPerInstance", at, "Sum", "invocations of one instance", right=True),
            ],
        ),
    ]


def _pool(pool: WatchedPool) -> list[Widget]:
    at = {"AutoScalingGroupName": pool["group_name"]}
    return [
        Heading(f"Training pool {pool['name']}"),
        Graph(
            "GPU utilisation, %",
            [
                Metric(AGENT, "nvidia_smi_utilization_gpu", at, "Average", "mean"),
                Metric(AGENT, "nvidia_smi_utilization_gpu", at, "Maximum", "busiest"),
            ],
            width=12,
        ),
        Graph(
            "Nodes",
            [
                Metric(GROUPS, "GroupInServiceInstances", at, "Average", "in service"),
                Metric(GROUPS, "GroupDesiredCapacity", at, "Average", "wanted"),
            ],
            width=12,
        ),
    ]
