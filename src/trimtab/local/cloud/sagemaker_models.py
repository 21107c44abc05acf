"""SageMaker models and endpoint configurations: what moto drops of a request, and the types it does not know."""

from __future__ import annotations

from functools import cache
from typing import Any

import botocore.session
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakeEndpointConfig, SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse

from trimtab.local.cloud.extending import extend

_KEPT_OF_CONFIG = {
    "ShadowProductionVariants": "shadow_production_variants",
    "ExecutionRoleArn": "execution_role_arn",
    "ExplainerConfig": "explainer_config",
    "VpcConfig": "vpc_config",
    "EnableNetworkIsolation": "enable_network_isolation",
}
_KEPT_OF_MODEL = {
    "EnableNetworkIsolation": "enable_network_isolation",
    "InferenceExecutionConfig": "inference_execution_config",
}
_CREATE_CONFIG = SageMakerResponse.create_endpoint_config
_CREATE_MODEL = SageMakerResponse.create_model
_VALIDATE_VARIANTS = SageMakerModelBackend.validate_production_variants


def _keep(response: Any, resource: Any, members: dict[str, str]) -> None:
    for member, attribute in members.items():
        value = response._get_param(member)  # noqa: SLF001  # moto's own way
        if value is not None:
            setattr(resource, attribute, value)


def _create_endpoint_config(self: Any) -> Any:
    answer = _CREATE_CONFIG(self)
    config = self.sagemaker_backend.endpoint_configs[self._get_param("EndpointConfigName")]
    _keep(self, config, _KEPT_OF_CONFIG)
    return answer


def _create_model(self: Any) -> Any:
    answer = _CREATE_MODEL(self)
    models = self.sagemaker_backend._models  # noqa: SLF001  # moto has no public way
    model = models[self._get_param("ModelName")]
    _keep(self, model, _KEPT_OF_MODEL)
    return answer


@cache
def _instance_types() -> frozenset[str]:
    """The types of the installed botocore's own model of SageMaker."""
    model = botocore.session.get_session().get_service_model("sagemaker")
    shape: Any = model.shape_for("ProductionVariantInstanceType")
    return frozenset(shape.enum)


def _validate_instance_type(_self: Any, instance_type: str) -> None:
    if instance_type not in _instance_types():
        raise ValidationError(
            message=f"Value '{instance_type}' at 'instanceType' failed to satisfy constraint: "
            "Member must satisfy enum value set of ProductionVariantInstanceType"
        )


def _validate_variants(self: Any, production_variants: list[dict[str, Any]]) -> None:
    """A variant without a model takes inference components; moto asks for a model in each."""
    _VALIDATE_VARIANTS(self, [variant for variant in production_variants if "ModelName" in variant])


def install_models() -> None:
    """Keep what was sent, and know the instance types of the installed botocore."""
    extend(SageMakerResponse, {"create_endpoint_config": _create_endpoint_config, "create_model": _create_model})
    extend(FakeEndpointConfig, {"validate_instance_type": _validate_instance_type})
    extend(SageMakerModelBackend, {"validate_production_variants": _validate_variants})
