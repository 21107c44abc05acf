"""Replicas of a KServe predictor or a Ray Serve cluster: interchangeable, between a floor and a ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.base import Demand, Kind, PromQuery, Shape
from trimtab.cost.kinds.fleet_edits import fleet_edits
from trimtab.cost.kinds.node_share import share_of_node

if TYPE_CHECKING:
    from trimtab.cost.model import Resource, Unpriced

_PODS = 'namespace="$namespace",pod=~"$pods"'
_ASIDE = 'exported_namespace="$namespace",exported_pod=~"$pods"'
# Knative puts a revision's number behind the predictor's name; without Knative the Deployment has the name alone.
_DEPLOYED = 'namespace="$namespace",deployment=~"$workload(-[0-9]+-deployment)?"'
_REPLICAS = f"sum(kube_deployment_status_replicas{{{_DEPLOYED}}})"

_ANSWERS = (
    ("vllm:request_success_total", _PODS),
    ("nv_inference_request_success", _PODS),
    ("rest_server_requests_total", f'path=~"/v2/models/.*infer",status_code="200",{_PODS}'),
    ("kn_serving_invocation_duration_seconds_count", f'http_response_status_code="200",{_PODS}'),
    ("ray_serve_num_http_requests_total", f'route!~"/-/.*",{_PODS}'),
)
"""What a pod's server counts answers with, the nearest to the model first: vLLM, Triton, MLServer, Knative, Ray."""


def _share(resource: Resource) -> float | Unpriced:
    """Return the part of a node that a replica requests; a replica whose requests nobody told has a node alone."""
    return share_of_node(resource) if resource.requests.known() else 1.0


KSERVE_REPLICAS = Kind(
    id="kserve-replicas",
    title="KServe or Ray replicas",
    shape=Shape.FLEET,
    unit="replicas",
    demands=(
        # Shares of all replicas that there may be. Scaled to zero, no pod is there to be measured, and `running`
        # says so; where that is missing too, the gap stays a gap.
        Demand(
            "gpu_utilization_percent",
            full=100,
            ceiling=100.5,
            saturates=True,
            prometheus=PromQuery(
                "sum(avg_over_time(DCGM_FI_DEV_GPU_UTIL{" + _PODS + "}[$window])) / ($gpus * $units)"
                " or sum(avg_over_time(DCGM_FI_DEV_GPU_UTIL{" + _ASIDE + "}[$window])) / ($gpus * $units)"
            ),
        ),
        Demand(
            "requests_per_second",
            full=None,
            ceiling=1e9,
            prometheus=PromQuery(" or ".join(f"sum(rate({name}{{{labels}}}[$window]))" for name, labels in _ANSWERS)),
        ),
    ),
    service="ec2",
    never_cross="A replica holds the whole model in its GPU memory: replicas are counted, never made smaller.",
    edits=fleet_edits,
    running=PromQuery(f'sum(kube_pod_status_ready{{condition="true",{_PODS}}}) or {_REPLICAS}'),
    share=_share,
)
