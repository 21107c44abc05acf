"""How the parts of a platform see each other: outputs of one as inputs of the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import pulumi

from trimtab.components.serving_endpoint import saturation_metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.components.monitoring import AlarmTopic, WatchedEndpoint, WatchedPool
    from trimtab.components.pipelines import DeploymentTarget, Pipelines
    from trimtab.components.serving_endpoint import ServingEndpoint
    from trimtab.components.training_pool import TrainingPool
    from trimtab.spec.monitoring import Monitoring
    from trimtab.spec.platform import Platform


class AlarmWiring(TypedDict, total=False):
    """What an endpoint is told of monitoring."""

    alarm_topic_arn: pulumi.Input[str]
    error_rate_percent: float
    saturation_percent: int


def alarm_wiring(spec: Monitoring | None, topic: AlarmTopic | None) -> AlarmWiring:
    """Return an endpoint's alarm inputs; none where the platform is not monitored."""
    if spec is None or topic is None:
        return {}
    return {
        "alarm_topic_arn": topic.topic_arn,
        "error_rate_percent": spec.error_rate_percent,
        "saturation_percent": spec.saturation_percent,
    }


def watched_endpoints(
    platform: Platform, endpoints: Mapping[str, ServingEndpoint], pipelines: Pipelines | None
) -> list[WatchedEndpoint]:
    """Return what monitoring sees of the endpoints."""
    machines = pipelines.machine_arns if pipelines else {}
    watched: list[WatchedEndpoint] = []
    for spec in platform.serving_endpoints:
        endpoint = endpoints[spec.name]
        namespace, metric, _ = saturation_metric(spec)
        seen: WatchedEndpoint = {
            "name": spec.name,
            "endpoint_name": endpoint.endpoint_name,
            "saturation": (namespace, metric),
            "alarm_names": endpoint.alarm_names,
            "alarm_arns": endpoint.alarm_arns,
        }
        if spec.name in machines:
            seen["retraining_arn"] = machines[spec.name]
        watched.append(seen)
    return watched


def watched_pools(pools: Mapping[str, TrainingPool]) -> list[WatchedPool]:
    """Return what monitoring sees of the training pools."""
    return [{"name": name, "group_name": pool.group_name} for name, pool in pools.items()]


def deployment_targets(platform: Platform, endpoints: Mapping[str, ServingEndpoint]) -> dict[str, DeploymentTarget]:
    """Return what pipelines see of the endpoints that they deploy to."""
    monitored = {monitor.endpoint for monitor in platform.monitoring.monitors} if platform.monitoring else set()
    return {
        spec.name: {
            "spec": spec,
            "endpoint_name": endpoints[spec.name].endpoint_name,
            "endpoint_arn": endpoints[spec.name].endpoint_arn,
            "role_arn": endpoints[spec.name].role_arn,
            "security_group_id": endpoints[spec.name].security_group_id,
            "rollback_alarm_names": endpoints[spec.name].rollback_alarm_names,
            "monitored": spec.name in monitored,
        }
        for spec in platform.serving_endpoints
    }
