"""An image with a known hole is noticed when it is pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import ECR_REPOSITORY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(repository: Resource, _: RuleConfig) -> Messages:
    if not repository.props.block("imageScanningConfiguration").flag("scanOnPush"):
        yield "does not scan pushed images"


RULE = ResourceRule(
    id="ecr-scan-on-push",
    title="Repositories scan every pushed image",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(ECR_REPOSITORY,),
    why="Model images carry large dependency trees; holes in them are found only if somebody looks.",
    remedy="Scan on push:",
    code='aws.ecr.Repository("models", image_scanning_configuration={"scan_on_push": True})',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.4",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("ECR.1",),
        Framework.SOC_2: ("CC7.1",),
    },
    check=check,
    fails=example(resource(ECR_REPOSITORY, "models")),
    passes=example(resource(ECR_REPOSITORY, "models", imageScanningConfiguration={"scanOnPush": True})),
)
