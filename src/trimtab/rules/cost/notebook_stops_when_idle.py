"""A notebook that nobody uses stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_NOTEBOOK

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(notebook: Resource, _: RuleConfig) -> Messages:
    if not notebook.props.has("lifecycleConfigName"):
        yield "runs until somebody remembers it"


RULE = ResourceRule(
    id="notebook-stops-when-idle",
    title="Notebooks have a lifecycle configuration",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_NOTEBOOK,),
    why="A GPU notebook that was left open over a holiday costs more than the work done in it.",
    remedy="Attach the configuration that stops idle notebooks:",
    code=(
        'aws.sagemaker.NotebookInstance("lab", lifecycle_config_name=stop_when_idle.name, '
        'role_arn=role.arn, instance_type="ml.t3.medium")'
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    check=check,
    fails=example(resource(SAGEMAKER_NOTEBOOK, "lab", instanceType="ml.g5.xlarge")),
    passes=example(
        resource(SAGEMAKER_NOTEBOOK, "lab", instanceType="ml.g5.xlarge", lifecycleConfigName="stop-when-idle")
    ),
)
