"""An endpoint's disks are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.serving import has_instances, has_local_disk, variants
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT_CONFIG

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(config: Resource, _: RuleConfig) -> Messages:
    if config.props.has("kmsKeyArn"):
        return
    # Serverless variants have no disk of their own; machines with local disks encrypt those, and take no key.
    types = {variant.text("instanceType") for variant in variants(config) if has_instances(variant)}
    plain = sorted(name for name in types if name and not has_local_disk(name))
    if plain:
        yield f"disks of {', '.join(plain)} are not encrypted with a customer managed key"


RULE = ResourceRule(
    id="endpoint-volume-encrypted",
    title="Endpoint storage is encrypted with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT_CONFIG,),
    why="The disks hold the model and, for a while, what it is asked.",
    remedy="Name a key:",
    code='aws.sagemaker.EndpointConfiguration("fraud", kms_key_arn=key.arn, production_variants=variants)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "fraud",
            productionVariants=[{"modelName": "fraud", "instanceType": "ml.m5.large"}],
        )
    ),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "fraud",
            kmsKeyArn="k",
            productionVariants=[{"modelName": "fraud", "instanceType": "ml.m5.large"}],
        )
    ),
)
