"""What monitoring is wired to."""

# ruff: noqa: TC001  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, Required, TypedDict

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.monitoring import Monitoring


class WatchedEndpoint(TypedDict):
    """An endpoint, as far as monitoring sees it."""

    name: str
    """Its name in the declaration."""
    endpoint_name: pulumi.Input[str]
    """Its name in SageMaker."""
    saturation: tuple[str, str]
    """Namespace and name of the metric that says how full it is."""
    alarm_names: Sequence[pulumi.Input[str]]
    alarm_arns: Sequence[pulumi.Input[str]]
    retraining_arn: NotRequired[pulumi.Input[str]]
    """The state machine that retrains its model; absent: drift is reported and starts nothing."""


class WatchedPool(TypedDict):
    """A training pool, as far as monitoring sees it."""

    name: str
    group_name: pulumi.Input[str]


class AlarmTopicArgs(CommonArgs):
    """Inputs of `AlarmTopic`."""

    email: Required[str]
    """Who is told; AWS asks that address to confirm first."""


class MonitoringArgs(CommonArgs):
    """Inputs of `Monitoring`."""

    spec: Required[Monitoring]
    endpoints: Required[Sequence[WatchedEndpoint]]
    pools: Required[Sequence[WatchedPool]]
    data_bucket: Required[pulumi.Input[str]]
    """Where captured requests, baselines, labels and reports lie."""
    vpc_id: Required[pulumi.Input[str]]
    subnet_ids: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of the data bucket, and of the jobs' disks."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """Topic of the alarms, where it stands already (endpoints take it too); absent: one of the component's own."""
    alarm_key_arn: NotRequired[pulumi.Input[str]]
    """The key of that topic, which EventBridge must be allowed to use; given with `alarm_topic_arn`."""
    analyzer_image: NotRequired[pulumi.Input[str]]
    """Image of the monitoring jobs; absent: SageMaker's own for the region."""
