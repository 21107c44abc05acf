"""A persistent file system can be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import LUSTRE, LUSTRE_LINK

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(system: Resource, stack: Stack, config: ProductionConfig) -> Messages:
    # Scratch file systems cannot be backed up; one with a linked bucket has its data there.
    scratch = system.props.text("deploymentType", "SCRATCH_1").startswith("SCRATCH")
    if scratch or system.props.has("importPath") or not is_production(system, config):
        return
    if stack.referring((LUSTRE_LINK,), "fileSystemId", system):
        return
    if not system.props.number("automaticBackupRetentionDays"):
        yield "has no backups"


RULE = StackRule(
    id="lustre-backed-up",
    title="Persistent Lustre file systems are backed up",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(LUSTRE,),
    why="Checkpoints of a week of training often lie on the file system alone.",
    remedy="Keep daily backups, unless a bucket is linked to it:",
    code=(
        'aws.fsx.LustreFileSystem("data", automatic_backup_retention_days=7, '
        'deployment_type="PERSISTENT_1", subnet_ids=subnet)'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.2",)},
    config=ProductionConfig,
    check=check,
    fails=example(resource(LUSTRE, "data", deploymentType="PERSISTENT_2")),
    passes=example(resource(LUSTRE, "data", deploymentType="PERSISTENT_2", automaticBackupRetentionDays=7)),
)
