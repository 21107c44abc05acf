"""A notebook reaches the internet only through the account's own network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_NOTEBOOK

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(notebook: Resource, _: RuleConfig) -> Messages:
    if notebook.props.text("directInternetAccess", "Enabled") != "Disabled":
        yield "has direct internet access"
    elif not notebook.props.has("subnetId"):
        yield "has no subnet of the account's own network"


RULE = ResourceRule(
    id="notebook-no-direct-internet",
    title="Notebooks have no direct internet access",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SAGEMAKER_NOTEBOOK,),
    why="A notebook holds training data and a role; a direct way out bypasses every control of the network.",
    remedy="Put the notebook into a subnet and close the direct way:",
    code=(
        'aws.sagemaker.NotebookInstance("lab", direct_internet_access="Disabled", '
        'subnet_id=subnet.id, role_arn=role.arn, instance_type="ml.t3.medium")'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("10", "15"),
        Framework.SECURITY_HUB: ("SageMaker.1", "SageMaker.2"),
        Framework.SOC_2: ("CC6.6",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_NOTEBOOK, "lab", instanceType="ml.t3.medium")),
    passes=example(
        resource(
            SAGEMAKER_NOTEBOOK, "lab", instanceType="ml.t3.medium", directInternetAccess="Disabled", subnetId="subnet-1"
        )
    ),
)
