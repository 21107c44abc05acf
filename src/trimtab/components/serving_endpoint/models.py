"""The SageMaker models of an endpoint: the one that answers, and those that are tried beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.serving_endpoint.container import container, is_isolated
from trimtab.components.serving_endpoint.tags import serving_tags
from trimtab.spec.model_source import RegisteredModel
from trimtab.spec.serving_capacity import Serverless
from trimtab.spec.serving_components import InferenceComponents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.components.base import Component
    from trimtab.spec.model_source import ModelSource
    from trimtab.spec.serving import ServingEndpoint
    from trimtab.spec.serving_components import OtherModel

GROUP_TAG = "ModelPackageGroup"


@dataclass(frozen=True)
class Models:
    """One model a variant."""

    primary: aws.sagemaker.Model
    canary: aws.sagemaker.Model | None = None
    shadow: aws.sagemaker.Model | None = None
    others: tuple[aws.sagemaker.Model, ...] = ()

    @property
    def canary_name(self) -> pulumi.Output[str] | None:
        """The canary's model, where there is one."""
        return self.canary.name if self.canary is not None else None

    @property
    def shadow_name(self) -> pulumi.Output[str] | None:
        """The shadow's model, where there is one."""
        return self.shadow.name if self.shadow is not None else None


@dataclass(frozen=True)
class ModelPlan:
    """What every model of one endpoint has in common."""

    component: Component
    spec: ServingEndpoint
    bucket: pulumi.Input[str]
    role: aws.iam.Role
    vpc: aws.sagemaker.ModelVpcConfigArgs | None
    group_names: pulumi.Input[Mapping[str, str]] | None

    def declare(self) -> Models:
        """Declare the models. Their names are Pulumi's: a model cannot change, so the next one gets the next name."""
        return Models(
            primary=self._model("model", self.spec.model),
            canary=self._model("canary-model", self.spec.canary.model) if self.spec.canary else None,
            shadow=self._model("shadow-model", self.spec.shadow.model) if self.spec.shadow else None,
            others=tuple(self._model(f"{other.name}-model", other.model) for other in self._others()),
        )

    def _others(self) -> tuple[OtherModel, ...]:
        capacity = self.spec.capacity
        return capacity.others if isinstance(capacity, InferenceComponents) else ()

    def _model(self, suffix: str, source: ModelSource) -> aws.sagemaker.Model:
        serverless = isinstance(self.spec.capacity, Serverless)
        return aws.sagemaker.Model(
            f"{self.component.name}-{suffix}",
            execution_role_arn=self.role.arn,
            primary_container=container(source, self.spec.capacity, self.bucket),
            # Serverless inference takes neither a network nor its absence.
            enable_network_isolation=None if serverless else is_isolated(source),
            vpc_config=self.vpc,
            tags=self._tags(source),
            opts=self.component.child(),
        )

    def _tags(self, source: ModelSource) -> dict[str, pulumi.Input[str]]:
        tags = serving_tags(self.component, self.spec, model=source.group)
        named: dict[str, pulumi.Input[str]] = {**tags, **identity(source)}
        if self.group_names is not None:
            names = pulumi.Output.from_input(self.group_names)
            named[GROUP_TAG] = names.apply(lambda known: known[source.group])
        return named


def identity(source: ModelSource) -> dict[str, str]:
    """Return the tags that say which version of a model it is, as an audit asks for it."""
    if isinstance(source, RegisteredModel):
        return {"ModelVersion": str(source.version)}
    return {"ModelVersion": source.revision, "ModelId": source.model_id}
