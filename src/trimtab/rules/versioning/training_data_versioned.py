"""Training reads from a versioned bucket of the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import unversioned
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, SAGEMAKER_TRAINING_JOB

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(job: Resource, stack: Stack, _: RuleConfig) -> Messages:
    for channel in job.props.blocks("inputDataConfigs"):
        problem = unversioned(job, channel.block("dataSource").block("s3DataSource"), "s3Uri", stack)
        if problem:
            yield f"channel {channel.text('channelName')}: {problem}"


RULE = StackRule(
    id="training-data-versioned",
    title="Training data lies in a versioned bucket",
    pack="versioning",
    severity=Severity.HIGH,
    types=(SAGEMAKER_TRAINING_JOB,),
    why="A model can only be explained, or trained again, from the data that it was trained on.",
    remedy="Keep training data in a versioned bucket that the stack declares:",
    code='aws.s3.BucketVersioning("data", bucket=data.id, versioning_configuration={"status": "Enabled"})',
    frameworks={
        Framework.EU_AI_ACT: ("10", "11"),
        Framework.ISO_42001: ("A.7.2", "A.7.5"),
        Framework.NIST_AI_RMF: ("MEASURE 2.8",),
    },
    check=check,
    fails=example(
        resource(BUCKET, "data", bucket="data"),
        resource(
            SAGEMAKER_TRAINING_JOB,
            "fraud",
            inputDataConfigs=[{"channelName": "train", "dataSource": {"s3DataSource": {"s3Uri": "s3://data/train/"}}}],
        ),
    ),
    passes=example(
        resource(BUCKET, "data", bucket="data", versioning={"enabled": True}),
        resource(
            SAGEMAKER_TRAINING_JOB,
            "fraud",
            inputDataConfigs=[{"channelName": "train", "dataSource": {"s3DataSource": {"s3Uri": "s3://data/train/"}}}],
        ),
    ),
)
