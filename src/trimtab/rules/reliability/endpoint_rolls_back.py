"""A bad deployment undoes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(endpoint: Resource, config: ProductionConfig) -> Messages:
    rollback = endpoint.props.block("deploymentConfig").block("autoRollbackConfiguration")
    if is_production(endpoint, config) and not rollback.has("alarms"):
        yield "no alarm rolls a deployment back"


RULE = ResourceRule(
    id="endpoint-rolls-back",
    title="Endpoints roll back on an alarm",
    pack="reliability",
    severity=Severity.HIGH,
    types=(SAGEMAKER_ENDPOINT,),
    why="A new model that fails takes down all traffic until somebody has found the old one.",
    remedy="Name the alarms that undo a deployment:",
    code=(
        'deployment_config={"auto_rollback_configuration": {"alarms": [{"alarm_name": errors.name}]},'
        ' "blue_green_update_policy": policy}'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("9", "15"),
        Framework.ISO_42001: ("A.6.2.5", "A.6.2.6"),
        Framework.NIST_AI_RMF: ("MANAGE 2.4",),
        Framework.SOC_2: ("CC7.4", "A1.2"),
    },
    config=ProductionConfig,
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT, "fraud", tags={"Environment": "prod"})),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT,
            "fraud",
            tags={"Environment": "prod"},
            deploymentConfig={"autoRollbackConfiguration": {"alarms": [{"alarmName": "errors"}]}},
        )
    ),
)
