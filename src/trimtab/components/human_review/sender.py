"""What starts reviews: a function that reads each captured file once it is written.

The model's own container cannot do it: a registered model runs without a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.container_grants import key_via
from trimtab.components.human_review.captures import captured
from trimtab.components.human_review.code import ARCHITECTURE, HANDLER, RUNTIME, archive, settings
from trimtab.components.json_text import json_text
from trimtab.components.queues import dead_letter_queue
from trimtab.components.roles import service_role, use_key
from trimtab.components.serving_endpoint.config import CAPTURE_PREFIX
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.human_review.args import HumanReviewArgs
    from trimtab.components.place import Place
    from trimtab.spec.human_review import HumanReview
    from trimtab.spec.serving import ServingEndpoint

LOG_DAYS = 365
SECONDS, MEMORY_MIB = 300, 512
EVENTS = "events.amazonaws.com"


@dataclass(frozen=True)
class Sender:
    """What the functions of all endpoints have in common."""

    component: Component
    args: HumanReviewArgs
    place: Place
    key_arn: pulumi.Output[str]
    told: aws.s3.BucketNotification | None
    """What makes the capture bucket tell of its objects, where the component does."""

    def declare(self, endpoint: ServingEndpoint, review: HumanReview, flow_arn: pulumi.Output[str]) -> None:
        """Declare the function of one endpoint, what calls it, and what is said where it fails."""
        component, label = self.component, f"{self.component.name}-{endpoint.name}"
        rule = self._rule(endpoint, label)
        lost = dead_letter_queue(
            component, f"{endpoint.name}-unsent", service=EVENTS, source_arn=rule.arn, key_arn=self.key_arn
        )
        function = self._function(endpoint, review, label, flow_arn=flow_arn, lost=lost)
        aws.lambda_.Permission(
            f"{label}-called",
            action="lambda:InvokeFunction",
            function=function.name,
            principal=EVENTS,
            source_arn=rule.arn,
            opts=component.child(),
        )
        aws.cloudwatch.EventTarget(
            f"{label}-target",
            rule=rule.name,
            arn=function.arn,
            dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(arn=lost.arn),
            opts=component.child(),
        )
        self._alarm(endpoint, label, function.name)

    def _rule(self, endpoint: ServingEndpoint, label: str) -> aws.cloudwatch.EventRule:
        return aws.cloudwatch.EventRule(
            f"{label}-captured",
            name=f"{self.component.context.prefix}-{endpoint.name}-captured",
            description=f"answers of {endpoint.name} were captured",
            event_pattern=json_text(captured(self.args["capture_bucket"], f"{CAPTURE_PREFIX}/{endpoint.name}/")),
            tags=self.component.tags(model=endpoint.model.group),
            opts=self.component.child(depends_on=[self.told] if self.told else []),
        )

    def _function(
        self,
        endpoint: ServingEndpoint,
        review: HumanReview,
        label: str,
        *,
        flow_arn: pulumi.Output[str],
        lost: aws.sqs.Queue,
    ) -> aws.lambda_.Function:
        component = self.component
        name = f"{component.context.prefix}-{endpoint.name}-review"
        logs = aws.cloudwatch.LogGroup(
            f"{label}-logs",
            name=f"/aws/lambda/{name}",
            retention_in_days=LOG_DAYS,
            kms_key_id=self.key_arn,
            tags=component.tags(classification=endpoint.data_classification),
            opts=component.child(),
        )
        return aws.lambda_.Function(
            f"{label}-sender",
            name=name,
            description=f"sends answers of {endpoint.name} to people",
            runtime=RUNTIME,
            architectures=[ARCHITECTURE],
            handler=HANDLER,
            code=archive(),
            role=self._role(endpoint, flow_arn, lost, logs),
            timeout=SECONDS,
            memory_size=MEMORY_MIB,
            kms_key_arn=self.key_arn,
            dead_letter_config=aws.lambda_.FunctionDeadLetterConfigArgs(target_arn=lost.arn),
            environment=aws.lambda_.FunctionEnvironmentArgs(
                variables={**settings(endpoint, review.answers), "FLOW_ARN": flow_arn}
            ),
            tags=component.tags(model=endpoint.model.group, classification=endpoint.data_classification),
            opts=component.child(depends_on=[logs]),
        )

    def _role(
        self,
        endpoint: ServingEndpoint,
        flow_arn: pulumi.Output[str],
        lost: aws.sqs.Queue,
        logs: aws.cloudwatch.LogGroup,
    ) -> pulumi.Output[str]:
        bucket = pulumi.Output.format("arn:{}:s3:::{}", self.place.partition, self.args["capture_bucket"])
        files = under(bucket, f"{CAPTURE_PREFIX}/{endpoint.name}/*")
        return service_role(
            self.component,
            f"{endpoint.name}-sender",
            service="lambda.amazonaws.com",
            grants=[
                allow("ReadCaptures", ["s3:GetObject", "s3:GetObjectVersion"], [files]),
                use_key("Captures", self.args["capture_key_arn"], via=key_via(self.place, "s3")),
                allow("StartReviewsOfThisFlow", ["sagemaker:StartHumanLoop"], [flow_arn]),
                allow("KeepWhatFailed", ["sqs:SendMessage"], [lost.arn]),
                use_key("Own", self.key_arn),
                allow(
                    "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [pulumi.Output.concat(logs.arn, ":*")]
                ),
            ],
            place=self.place,
        ).arn

    def _alarm(self, endpoint: ServingEndpoint, label: str, function: pulumi.Output[str]) -> None:
        topic = [self.args["alarm_topic_arn"]] if "alarm_topic_arn" in self.args else []
        aws.cloudwatch.MetricAlarm(
            f"{label}-unsent-alarm",
            name=f"{self.component.context.prefix}-{endpoint.name}-unreviewed",
            alarm_description=f"answers of {endpoint.name} could not be sent to reviewers",
            namespace="AWS/Lambda",
            metric_name="Errors",
            dimensions={"FunctionName": function},
            statistic="Sum",
            period=300,
            evaluation_periods=1,
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=1,
            treat_missing_data="notBreaching",
            alarm_actions=topic,
            tags=self.component.tags(model=endpoint.model.group),
            opts=self.component.child(),
        )
