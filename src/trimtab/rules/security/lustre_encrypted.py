"""Training data on a shared file system is encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import LUSTRE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(system: Resource, _: RuleConfig) -> Messages:
    # Scratch file systems take no key of the customer's.
    scratch = system.props.text("deploymentType", "SCRATCH_1").startswith("SCRATCH")
    if not scratch and not system.props.has("kmsKeyId"):
        yield "is not encrypted with a customer managed key"


RULE = ResourceRule(
    id="lustre-encrypted",
    title="Lustre file systems encrypt with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(LUSTRE,),
    why="The file system holds a full copy of what the bucket protects.",
    remedy="Name a key:",
    code=('aws.fsx.LustreFileSystem("scratch", kms_key_id=key.arn, deployment_type="PERSISTENT_2", subnet_ids=subnet)'),
    frameworks={Framework.EU_AI_ACT: ("10", "15"), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(LUSTRE, "data", deploymentType="PERSISTENT_2")),
    passes=example(resource(LUSTRE, "data", deploymentType="PERSISTENT_2", kmsKeyId="k")),
)
