"""SageMaker UpdateEndpoint, which moto lacks.

The request and answer are those of https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakeEndpoint
from moto.sagemaker.responses import SageMakerResponse

from trimtab.local.cloud.extending import extend


def _update_endpoint(self: Any) -> Any:
    """Put another endpoint configuration behind a live endpoint; its ARN stays."""
    name = self._get_param("EndpointName")
    config_name = self._get_param("EndpointConfigName")
    backend = self.sagemaker_backend
    endpoint = backend.endpoints.get(name)
    if endpoint is None:
        raise ValidationError(message=f'Could not find endpoint "{name}".')
    config = backend.endpoint_configs.get(config_name)
    if config is None:
        raise ValidationError(message=f'Could not find endpoint configuration "{config_name}".')
    fresh: Any = FakeEndpoint(  # type: ignore[abstract]  # moto instantiates it just so
        backend.account_id,
        backend.region_name,
        name,
        config_name,
        config.production_variants,
        config.data_capture_config,
        endpoint.tags,
    )
    if self._get_param("RetainAllVariantProperties"):
        _retain(fresh.production_variants, endpoint.production_variants)
    fresh.creation_time = endpoint.creation_time
    fresh.last_modified_time = utcnow()
    fresh.last_deployment_config = self._get_param("DeploymentConfig")
    backend.endpoints[name] = fresh
    return ActionResult({"EndpointArn": fresh.arn})


def _retain(fresh: list[dict[str, Any]], old: list[dict[str, Any]]) -> None:
    """Keep the desired counts and weights that an autoscaler or a person had set."""
    by_name = {variant["VariantName"]: variant for variant in old}
    for variant in fresh:
        kept = by_name.get(variant["VariantName"], {})
        variant.update({k: v for k, v in kept.items() if k.startswith(("Desired", "Current"))})


def install_update_endpoint() -> None:
    """Serve UpdateEndpoint, and let DescribeEndpoint say the deployment configuration it was given."""
    extend(SageMakerResponse, {"update_endpoint": _update_endpoint})
