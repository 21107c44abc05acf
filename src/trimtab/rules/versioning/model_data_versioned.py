"""A model's weights lie in a versioned bucket of the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import unversioned
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.serving import containers
from trimtab.rules.tokens import BUCKET, BUCKET_VERSIONINGS, SAGEMAKER_MODEL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(model: Resource, stack: Stack, _: RuleConfig) -> Messages:
    for container in containers(model):
        sources = [(container, "modelDataUrl")]
        sources += [(source, "s3Uri") for source in container.block("modelDataSource").blocks("s3DataSources")]
        for view, name in sources:
            problem = unversioned(model, view, name, stack)
            if problem:
                yield problem


RULE = StackRule(
    id="model-data-versioned",
    title="Model data lies in a versioned bucket",
    pack="versioning",
    severity=Severity.HIGH,
    types=(SAGEMAKER_MODEL,),
    why="An overwritten archive changes what the endpoint serves at its next start, without a trace.",
    remedy="Keep model archives in a versioned bucket that the stack declares:",
    code=('aws.s3.BucketVersioning("models", bucket=models.id, versioning_configuration={"status": "Enabled"})'),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.ISO_42001: ("A.6.2.5", "A.7.5"), Framework.SOC_2: ("CC8.1",)},
    check=check,
    fails=example(
        resource(BUCKET, "models", bucket="models"),
        resource(SAGEMAKER_MODEL, "fraud", primaryContainer={"modelDataUrl": "s3://models/fraud/3/model.tar.gz"}),
    ),
    passes=example(
        resource(BUCKET, "models", bucket="models"),
        resource(BUCKET_VERSIONINGS[0], "models", bucket="models", versioningConfiguration={"status": "Enabled"}),
        resource(SAGEMAKER_MODEL, "fraud", primaryContainer={"modelDataUrl": "s3://models/fraud/3/model.tar.gz"}),
    ),
)
