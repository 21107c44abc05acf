"""The component: a flow for each endpoint, what sends answers into it, where decisions are kept, who is told."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import Any

import pulumi

from trimtab.components.base import Component
from trimtab.components.encryption import LOGS, customer_key
from trimtab.components.human_review.answers import answers_bucket
from trimtab.components.human_review.args import HumanReviewArgs
from trimtab.components.human_review.captures import tell_of_captures
from trimtab.components.human_review.failures import tell_of_failures
from trimtab.components.human_review.flow import review_flow
from trimtab.components.human_review.sender import Sender
from trimtab.components.human_review.team import work_team
from trimtab.components.place import place_of

EVENTS = "events.amazonaws.com"


class HumanReview(Component):
    """Private work teams that look at captured answers: those that a model is unsure of, and a sample of the others.

    Every captured file is read once by a function that starts one task for each chosen answer. What people decide
    lies under object lock in compliance mode and a customer key of its own.

    Attributes:
        flow_arns: name of the endpoint in the declaration → ARN of its flow definition, for
            `sagemaker:StartHumanLoop`.
        answers_bucket: name of the locked bucket of decisions; those of an endpoint lie under its name.
        answers_bucket_arn: for the audit trail.
        kms_key_arn: the key of decisions, logs and undelivered events.
    """

    flow_arns: dict[str, pulumi.Output[str]]
    answers_bucket: pulumi.Output[str]
    answers_bucket_arn: pulumi.Output[str]
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: HumanReviewArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        spec, place = args["spec"], place_of(self)
        self.kms_key_arn = customer_key(self, services=(LOGS, EVENTS))
        answers = answers_bucket(self, spec, place, self.kms_key_arn)
        told = None if args.get("capture_events") else tell_of_captures(self, args["capture_bucket"])
        sender = Sender(self, args, place, self.kms_key_arn, told)
        self.flow_arns = {}
        for endpoint, review in spec.each():
            team = work_team(self, endpoint, review.team)
            flow = review_flow(self, endpoint, review, answers, team=team, key_arn=self.kms_key_arn, place=place)
            sender.declare(endpoint, review, flow.arn)
            self.flow_arns[endpoint.name] = flow.arn
        if "alarm_topic_arn" in args:
            tell_of_failures(self, list(self.flow_arns.values()), args["alarm_topic_arn"])
        self.answers_bucket, self.answers_bucket_arn = answers.name, answers.arn
        self.finish(self._outputs())

    def _outputs(self) -> dict[str, Any]:
        return {
            "flowArns": self.flow_arns,
            "answersBucket": self.answers_bucket,
            "answersBucketArn": self.answers_bucket_arn,
            "kmsKeyArn": self.kms_key_arn,
        }
