"""The chain of serving: endpoint, its configuration, the models behind its variants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules.tokens import CLOUD_CONTROL, SAGEMAKER_ENDPOINT_CONFIG, SAGEMAKER_MODEL, SCALING_TARGET
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

INFERENCE_COMPONENT = "AWS::SageMaker::InferenceComponent"
# Families whose machines have disks of their own, which SageMaker does not encrypt with a customer's key.
_LOCAL_DISK = re.compile(
    r"^ml\.(g4dn|g5|g6|g6e|gr6|p4d|p4de|p5|p5e|p5en|p6-b200|trn1|trn1n|trn2|[a-z]+\d+[a-z]*d[a-z]*)\."
)


def containers(model: Resource) -> list[Props]:
    """The containers of a model: the primary one and those of an inference pipeline."""
    return [*model.props.blocks("primaryContainer"), *model.props.blocks("containers")]


def variants(config: Resource) -> list[Props]:
    """The production and the shadow variants of an endpoint configuration."""
    return [*config.props.blocks("productionVariants"), *config.props.blocks("shadowProductionVariants")]


def configs_of(endpoint: Resource, stack: Stack) -> list[Resource]:
    """The endpoint configurations that an endpoint names."""
    return stack.referred(endpoint, "endpointConfigName", (SAGEMAKER_ENDPOINT_CONFIG,))


def components_of(endpoint: Resource, stack: Stack) -> list[Resource]:
    """The inference components that are placed on an endpoint; they come through the Cloud Control API."""
    return [
        one
        for one in stack.of(CLOUD_CONTROL)
        if one.props.text("typeName") == INFERENCE_COMPONENT
        and stack.names(one, _desired(one, "EndpointName"), endpoint, top="desiredState")
    ]


def _desired(component: Resource, *path: str) -> Sequence[object]:
    """The values at a path of a component's desired state; not known while any part of that text is not."""
    if component.props.opaque("desiredState"):
        return (Opaque.UNKNOWN,)
    view = component.props.document("desiredState")
    for name in path[:-1]:
        view = view.block(name)
    return view.values(path[-1])


def _placed_models(endpoint: Resource, stack: Stack) -> list[Resource]:
    return [
        model
        for component in components_of(endpoint, stack)
        for model in stack.of(SAGEMAKER_MODEL)
        if stack.names(component, _desired(component, "Specification", "ModelName"), model, top="desiredState")
    ]


def models_of(endpoint: Resource, stack: Stack) -> list[Resource]:
    """The models that an endpoint serves, each once: those of its variants, and of its inference components."""
    found = {
        model.urn: model
        for config in configs_of(endpoint, stack)
        for variant in variants(config)
        for model in stack.referred(config, "modelName", (SAGEMAKER_MODEL,), view=variant)
    } | {model.urn: model for model in _placed_models(endpoint, stack)}
    return list(found.values())


def scaling_targets_of(endpoint: Resource, stack: Stack) -> list[Resource]:
    """The scaling targets that are variants of an endpoint."""
    return [target for target in stack.of(SCALING_TARGET) if _is_variant_of(target, endpoint, stack)]


def _is_variant_of(target: Resource, endpoint: Resource, stack: Stack) -> bool:
    # A variant is named `endpoint/NAME/variant/NAME`.
    ids = [
        value.removeprefix("endpoint/").split("/", 1)[0] if isinstance(value, str) else value
        for value in target.props.values("resourceId")
    ]
    return stack.names(target, ids, endpoint, top="resourceId")


def has_instances(variant: Props) -> bool:
    """Whether a variant runs on instances, not serverless."""
    return not variant.has("serverlessConfig")


def has_local_disk(instance_type: str) -> bool:
    """Whether instances of this type bring disks of their own."""
    return _LOCAL_DISK.match(instance_type) is not None
