"""A notebook's user is not its administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_NOTEBOOK

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(notebook: Resource, _: RuleConfig) -> Messages:
    if notebook.props.text("rootAccess", "Enabled") != "Disabled":
        yield "gives its user root access"


RULE = ResourceRule(
    id="notebook-no-root",
    title="Notebooks give no root access",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_NOTEBOOK,),
    why="Root can switch off whatever the platform team has put on the machine.",
    remedy="Switch root access off:",
    code=(
        'aws.sagemaker.NotebookInstance("lab", root_access="Disabled", role_arn=role.arn, instance_type="ml.t3.medium")'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("SageMaker.3",), Framework.SOC_2: ("CC6.3",)},
    check=check,
    fails=example(resource(SAGEMAKER_NOTEBOOK, "lab", instanceType="ml.t3.medium")),
    passes=example(resource(SAGEMAKER_NOTEBOOK, "lab", instanceType="ml.t3.medium", rootAccess="Disabled")),
)
