"""What is served by its package's name is one numbered version, and an approved one where the stack declares it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.serving import containers, models_of
from trimtab.rules.tokens import CLOUD_CONTROL, SAGEMAKER_ENDPOINT, SAGEMAKER_ENDPOINT_CONFIG, SAGEMAKER_MODEL
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

_VERSION = re.compile(r":model-package/[^/]+/\d+$")
_TYPE = "AWS::SageMaker::ModelPackage"
_APPROVED = "Approved"


def check(endpoint: Resource, stack: Stack, _: RuleConfig) -> Messages:
    for model in models_of(endpoint, stack):
        for container in containers(model):
            if not container.has("modelPackageName"):
                continue
            value = container.raw["modelPackageName"]
            # A name that is an output of the stack's own package is that package's version.
            if not isinstance(value, Opaque) and not _VERSION.search(container.text("modelPackageName")):
                yield f"serves {model.name}, which names no version of its package group"
            for package in stack.referred(model, "modelPackageName", (CLOUD_CONTROL,), view=container):
                status = _status(package)
                if status != _APPROVED:
                    yield f"serves {model.name}, whose package {package.name} is {status}"


def _status(package: Resource) -> str:
    if package.props.text("typeName") != _TYPE:
        return _APPROVED
    # Nobody has decided on a version that is registered without a status.
    return package.props.document("desiredState").text("ModelApprovalStatus", "PendingManualApproval")


def _served(package: str) -> tuple[Resource, ...]:
    return (
        resource(SAGEMAKER_MODEL, "fraud", name="fraud-3", primaryContainer={"modelPackageName": package}),
        resource(SAGEMAKER_ENDPOINT_CONFIG, "fraud", name="fraud", productionVariants=[{"modelName": "fraud-3"}]),
        resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud"),
    )


def _package(status: str) -> Resource:
    state = f'{{"ModelPackageGroupName": "fraud", "ModelApprovalStatus": "{status}"}}'
    return resource(CLOUD_CONTROL, "fraud-3", typeName=_TYPE, desiredState=state, arn=_ARN)


_ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3"

RULE = StackRule(
    id="served-package-approved",
    title="A model served by its package is an approved version",
    pack="versioning",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SAGEMAKER_ENDPOINT,),
    why="A version that waits for its approval, or was refused it, answers as well as any other.",
    remedy="Serve a version that somebody has approved, by its number:",
    code='primary_container={"model_package_name": "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3"}',
    frameworks={
        Framework.EU_AI_ACT: ("9", "11", "14"),
        Framework.ISO_42001: ("A.6.2.4", "A.6.2.5"),
        Framework.NIST_AI_RMF: ("MANAGE 1.1", "MANAGE 2.4"),
        Framework.SOC_2: ("CC8.1",),
    },
    check=check,
    fails=example(*_served(_ARN), _package("PendingManualApproval")),
    passes=example(*_served(_ARN), _package(_APPROVED)),
)
