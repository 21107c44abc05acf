"""Small stacks for the cases beside the examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from trimtab.rules import tokens as t
from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.examples import resource
from trimtab.rules.registry import RULES
from trimtab.rules.resource import Resource
from trimtab.rules.stack import ROOT, Stack
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.rules.findings import Finding

BY_ID = {rule.id: rule for rule in RULES}
TRUST = t.IAM_ROLE


def run(rule: str, *resources: Resource) -> list[Finding]:
    root = Resource(type=ROOT, urn=f"urn:pulumi:example::example::{ROOT}::s", name="s")
    return RuleSet([BY_ID[rule]], default_settings([BY_ID[rule]])).check(Stack((root, *resources)))


def policy(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trail(**declared: object) -> Resource:
    return resource(t.TRAIL, "audit", s3BucketName="evidence", **declared)


def selector(*fields: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"fieldSelectors": list(fields)}]


def schedule(**config: object) -> Resource:
    return resource(t.SAGEMAKER_MONITORING_SCHEDULE, "m", monitoringScheduleConfig=config)


def container(**declared: object) -> Resource:
    return resource(t.SAGEMAKER_MODEL, "m", primaryContainer=declared)


def pod(**declared: object) -> Resource:
    return resource(t.DEPLOYMENT, "d", spec={"template": {"spec": {"containers": [{"name": "c", **declared}]}}})


def variant(**declared: object) -> Resource:
    return resource(t.SAGEMAKER_ENDPOINT_CONFIG, "c", name="c", productionVariants=[{"variantName": "v", **declared}])


DATA = resource(t.BUCKET, "data", bucket="data")
LOGS = resource(t.BUCKET, "logs", bucket="logs")
LOGGING = resource(t.BUCKET_LOGGINGS[0], "data", bucket="data", targetBucket="logs")
ENDPOINT = resource(t.SAGEMAKER_ENDPOINT, "e", name="e", endpointConfigName="c")
S3 = {"field": "resources.type", "equals": ["AWS::S3::Object"]}
HUB = {"HF_MODEL_ID": "org/model"}
UNKNOWN = Opaque.UNKNOWN
