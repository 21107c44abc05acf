"""What an endpoint serves is a version of a model package group of the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.production import tags_of
from trimtab.rules.serving import containers, models_of
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT, SAGEMAKER_ENDPOINT_CONFIG, SAGEMAKER_MODEL, SAGEMAKER_PACKAGE_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class RegistryConfig(RuleConfig):
    """How a model that is not deployed by package name says which group it is a version of."""

    tag: str = Field("ModelPackageGroup", description="The model's tag that names its package group.")


def check(endpoint: Resource, stack: Stack, config: RegistryConfig) -> Messages:
    for model in models_of(endpoint, stack):
        if not any(_is_version_of(model, group, stack, config) for group in stack.of(SAGEMAKER_PACKAGE_GROUP)):
            yield f"serves {model.name}, which belongs to no model package group of this stack"


def _is_version_of(model: Resource, group: Resource, stack: Stack, config: RegistryConfig) -> bool:
    for container in containers(model):
        packages = [_group_name(value) for value in container.values("modelPackageName")]
        top = container.path.split("[", 1)[0]
        if stack.names(model, packages, group, top=top, at=f"{container.path}.modelPackageName"):
            return True
    return stack.names(model, [tags_of(model).get(config.tag)], group, top="tags")


def _group_name(value: object) -> object:
    """The group in a package's ARN, `…:model-package/GROUP/VERSION`."""
    if isinstance(value, str) and ":model-package/" in value:
        return value.split(":model-package/", 1)[1].split("/", 1)[0]
    return value


RULE = StackRule(
    id="served-model-registered",
    title="Every served model belongs to a model package group",
    pack="versioning",
    severity=Severity.HIGH,
    types=(SAGEMAKER_ENDPOINT,),
    why=("A model outside the registry has no version, no evaluation and no approval that an auditor could be shown."),
    remedy="Deploy a version of a registered package, or name the model's group in its tags:",
    code=(
        'aws.sagemaker.Model("fraud", tags={"ModelPackageGroup": group.model_package_group_name}, '
        "execution_role_arn=role)"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("11",),
        Framework.ISO_42001: ("A.6.2.4", "A.6.2.5"),
        Framework.NIST_AI_RMF: ("GOVERN 1.6", "MANAGE 2.4"),
        Framework.SOC_2: ("CC8.1",),
    },
    config=RegistryConfig,
    check=check,
    fails=example(
        resource(SAGEMAKER_MODEL, "fraud", name="fraud-3"),
        resource(
            SAGEMAKER_ENDPOINT_CONFIG, "fraud", name="fraud-config", productionVariants=[{"modelName": "fraud-3"}]
        ),
        resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud-config"),
    ),
    passes=example(
        resource(SAGEMAKER_PACKAGE_GROUP, "fraud", modelPackageGroupName="fraud-group"),
        resource(
            SAGEMAKER_MODEL,
            "fraud",
            name="fraud-3",
            primaryContainer={"modelPackageName": "arn:aws:sagemaker:eu-west-1:1:model-package/fraud-group/3"},
        ),
        resource(
            SAGEMAKER_ENDPOINT_CONFIG, "fraud", name="fraud-config", productionVariants=[{"modelName": "fraud-3"}]
        ),
        resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud-config"),
    ),
)
