"""Served models: what they are asked, how often they fail, how long they take, what is left of their budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.budget import RECORD
from trimtab.components.cluster_monitoring.dashboards.panels import Board, Panel, Query
from trimtab.components.cluster_monitoring.servers import SERVERS, error_ratio, latency, request_rate

if TYPE_CHECKING:
    from trimtab.spec.cluster.monitoring import ClusterMonitoring
    from trimtab.spec.cluster.monitoring_objectives import Objective


def serving_board(spec: ClusterMonitoring) -> Board:
    """Return the dashboard of served models: those with an objective, and vLLM's engines."""
    objectives = [panel for objective in spec.objectives for panel in _objective(objective)]
    return Board("serving", "Served models", (*objectives, *_vllm(), *_ray(), *_kserve()))


def _objective(objective: Objective) -> tuple[Panel, ...]:
    model, server = objective.model, objective.server
    # What of three days' share of the budget is left; below nothing it is overdrawn.
    left = f'1 - {RECORD}3d{{model="{model}"}} / {objective.error_budget}'
    percentiles = sorted({50.0, objective.latency_percentile})
    return (
        Panel(f"{model}: requests", "reqps", (Query(request_rate(server, model, "5m"), "{{namespace}}"),), (server,)),
        Panel(
            f"{model}: failed", "percentunit", (Query(error_ratio(server, model, "5m"), "{{namespace}}"),), (server,)
        ),
        *(
            [
                Panel(
                    f"{model}: latency",
                    "s",
                    tuple(Query(latency(objective, "5m", share), f"p{share:g}") for share in percentiles),
                    (server,),
                )
            ]
            if SERVERS[server].latency
            else []
        ),
        Panel(f"{model}: error budget left", "percentunit", (Query(left, "{{namespace}}"),), (server,), most=1),
    )


def _vllm() -> tuple[Panel, ...]:
    pod, needs = "{{model}} {{pod}}", ("vllm",)
    first = "sum by (model, le) (rate(vllm:time_to_first_token_seconds_bucket[5m]))"
    return (
        Panel(
            "vLLM: requests that run and wait",
            "short",
            (
                Query("sum by (model) (vllm:num_requests_running)", "{{model}} run"),
                Query("sum by (model) (vllm:num_requests_waiting)", "{{model}} wait"),
            ),
            needs,
        ),
        Panel(
            "vLLM: KV cache",
            "percentunit",
            (Query("max by (model, pod) (vllm:kv_cache_usage_perc)", pod),),
            needs,
            most=1,
        ),
        Panel(
            "vLLM: tokens a second",
            "short",
            (
                Query("sum by (model) (rate(vllm:prompt_tokens_total[5m]))", "{{model}} in"),
                Query("sum by (model) (rate(vllm:generation_tokens_total[5m]))", "{{model}} out"),
            ),
            needs,
        ),
        Panel("vLLM: first token, p95", "s", (Query(f"histogram_quantile(0.95, {first})", "{{model}}"),), needs),
    )


def _ray() -> tuple[Panel, ...]:
    name = "{{application}} {{deployment}}"
    return (
        Panel(
            "Ray: queries that wait",
            "short",
            (Query("sum by (application, deployment) (ray_serve_deployment_queued_queries)", name),),
            ("ray",),
        ),
        Panel(
            "Ray: queries being answered",
            "short",
            (Query("sum by (application, deployment) (ray_serve_replica_processing_queries)", name),),
            ("ray",),
        ),
    )


def _kserve() -> tuple[Panel, ...]:
    name = "{{model}}"
    return (
        Panel(
            "KServe: requests by answer",
            "reqps",
            (
                Query(
                    "sum by (namespace, model, http_response_status_code)"
                    " (rate(kn_serving_invocation_duration_seconds_count[5m]))",
                    f"{name} {{{{http_response_status_code}}}}",
                ),
            ),
            ("kserve",),
        ),
        Panel(
            "KServe: requests that wait",
            "short",
            (Query("sum by (namespace, model) (kn_serving_queue_depth)", name),),
            ("kserve",),
        ),
    )
