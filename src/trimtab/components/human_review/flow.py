"""The flow definition: which team does which task, and where its decisions go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.container_grants import key_via
from trimtab.components.human_review.task import task_ui
from trimtab.components.roles import service_role, use_key, write_objects
from trimtab.components.statements import allow
from trimtab.spec.audit import RISK_TAG

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.buckets import HardenedBucket
    from trimtab.components.place import Place
    from trimtab.spec.human_review import HumanReview
    from trimtab.spec.serving import ServingEndpoint

ENDPOINT_TAG = "Endpoint"
"""Names the endpoint whose answers a flow reviews: nothing in A2I's own resources does."""
MINUTE, HOUR = 60, 3600


def review_flow(
    component: Component,
    endpoint: ServingEndpoint,
    review: HumanReview,
    answers: HardenedBucket,
    *,
    team: pulumi.Input[str],
    key_arn: pulumi.Input[str],
    place: Place,
) -> aws.sagemaker.FlowDefinition:
    """Declare the flow of one endpoint. It cannot change, and keeps its name: the next one follows the last."""
    served = f"{component.context.prefix}-{endpoint.name}"
    tags = component.tags(model=endpoint.model.group, classification=endpoint.data_classification)
    return aws.sagemaker.FlowDefinition(
        f"{component.name}-{endpoint.name}-flow",
        flow_definition_name=served,
        role_arn=_role(component, endpoint, answers, key_arn, place).arn,
        human_loop_config=aws.sagemaker.FlowDefinitionHumanLoopConfigArgs(
            human_task_ui_arn=task_ui(component, endpoint, review).arn,
            workteam_arn=team,
            task_title=f"Review an answer of {endpoint.name}",
            task_description=f"Compare request and answer of {endpoint.name}, decide, and say why",
            task_count=review.reviewers,
            task_time_limit_in_seconds=review.minutes_for_task * MINUTE,
            task_availability_lifetime_in_seconds=review.hours_open * HOUR,
        ),
        output_config=aws.sagemaker.FlowDefinitionOutputConfigArgs(
            s3_output_path=pulumi.Output.concat("s3://", answers.name, "/", endpoint.name), kms_key_id=key_arn
        ),
        tags={**tags, RISK_TAG: endpoint.eu_ai_act_risk, ENDPOINT_TAG: served},
        opts=component.child(delete_before_replace=True, depends_on=list(answers.parts)),
    )


def _role(
    component: Component,
    endpoint: ServingEndpoint,
    answers: HardenedBucket,
    key_arn: pulumi.Input[str],
    place: Place,
) -> aws.iam.Role:
    return service_role(
        component,
        f"{endpoint.name}-flow",
        service="sagemaker.amazonaws.com",
        grants=[
            write_objects("Decisions", answers.arn, prefix=f"{endpoint.name}/"),
            allow("FindTheBucket", ["s3:GetBucketLocation"], [answers.arn]),
            use_key("Decisions", key_arn, via=key_via(place, "s3")),
        ],
        place=place,
    )
