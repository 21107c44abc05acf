"""Scaling groups name the launch template's version that they start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SCALING_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    mixed = group.props.block("mixedInstancesPolicy").block("launchTemplate").block("launchTemplateSpecification")
    for template in (group.props.block("launchTemplate"), mixed):
        if template.raw and not template.opaque("version"):
            version = template.text("version", "$Default")
            if version.startswith("$"):
                yield f"{template.path}.version is {version}, which moves"


RULE = ResourceRule(
    id="launch-template-version-pinned",
    title="Scaling groups start a numbered launch template version",
    pack="versioning",
    severity=Severity.LOW,
    types=(SCALING_GROUP,),
    why=("With $Latest a change of the template reaches new machines only, so one pool runs two configurations."),
    remedy="Pass the template's own version number:",
    code='launch_template={"id": template.id, "version": template.latest_version.apply(str)}',
    frameworks={Framework.ISO_42001: ("A.6.2.5",), Framework.SOC_2: ("CC8.1",)},
    check=check,
    fails=example(
        resource(SCALING_GROUP, "trainers", maxSize=4, minSize=0, launchTemplate={"id": "lt-1", "version": "$Latest"})
    ),
    passes=example(
        resource(SCALING_GROUP, "trainers", maxSize=4, minSize=0, launchTemplate={"id": "lt-1", "version": "7"})
    ),
)
