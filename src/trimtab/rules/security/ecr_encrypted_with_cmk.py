"""Images are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import ECR_REPOSITORY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(repository: Resource, _: RuleConfig) -> Messages:
    found = repository.props.blocks("encryptionConfigurations")
    if not any(view.text("encryptionType").startswith("KMS") and view.has("kmsKey") for view in found):
        yield "is not encrypted with a customer managed key"


RULE = ResourceRule(
    id="ecr-encrypted-with-cmk",
    title="Repositories encrypt with a customer managed key",
    pack="security",
    severity=Severity.LOW,
    types=(ECR_REPOSITORY,),
    why="An image may carry weights and code that deserve the same key as the data they came from.",
    remedy="Encrypt with a KMS key:",
    code='encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}]',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("ECR.5",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(ECR_REPOSITORY, "models", encryptionConfigurations=[{"encryptionType": "AES256"}])),
    passes=example(
        resource(
            ECR_REPOSITORY,
            "models",
            encryptionConfigurations=[{"encryptionType": "KMS", "kmsKey": "arn:aws:kms:eu-west-1:1:key/k"}],
        )
    ),
)
