"""A SageMaker endpoint in five forms, with variants, capture, autoscaling, alarms and a way back."""

from __future__ import annotations

from trimtab.components.serving_endpoint.alarms import saturation_metric
from trimtab.components.serving_endpoint.args import ServingEndpointArgs
from trimtab.components.serving_endpoint.component import ServingEndpoint
from trimtab.components.serving_endpoint.storage import takes_volume_key

__all__ = ["ServingEndpoint", "ServingEndpointArgs", "saturation_metric", "takes_volume_key"]
