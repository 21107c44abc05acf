"""What each server calls a request, a failed one, and its latency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.cluster.monitoring_objectives import Objective, Server


@dataclass(frozen=True)
class ServerMetrics:
    """Where a server's requests are counted.

    Attributes:
        requests: counter of all requests; a pair: of those that succeeded and of those that failed.
        errors: counter of those that failed, with the matcher that finds them.
        only: matcher of the requests that are the model's, not probes'.
        latency: histogram of the latency; empty: it has none.
        per_second: its units in a second.
    """

    requests: str | tuple[str, str]
    errors: tuple[str, str]
    only: str
    latency: str = ""
    per_second: int = 1


SERVERS: dict[Server, ServerMetrics] = {
    "kserve": ServerMetrics(
        "kn_serving_invocation_duration_seconds_count",
        ("kn_serving_invocation_duration_seconds_count", 'http_response_status_code=~"5.."'),
        "",
        "kn_serving_invocation_duration_seconds_bucket",
        1,
    ),
    "ray": ServerMetrics(
        "ray_serve_num_http_requests_total",
        ("ray_serve_num_http_error_requests_total", 'error_code=~"5.."'),
        'route!~"/-/.*"',
        "ray_serve_http_request_latency_ms_bucket",
        1000,
    ),
    # What Triton cannot even read is in no model's failures: a client's mistake burns no budget.
    "triton": ServerMetrics(
        ("nv_inference_request_success", "nv_inference_request_failure"), ("nv_inference_request_failure", ""), ""
    ),
    "mlserver": ServerMetrics(
        "rest_server_requests_total",
        ("rest_server_requests_total", 'status_code=~"5.."'),
        'path=~"/v2/models/.*infer"',
        "rest_server_request_duration_seconds_bucket",
    ),
    "vllm": ServerMetrics(
        "http_requests_total",
        ("http_requests_total", 'status="5xx"'),
        'handler=~"/v1/.*"',
        "vllm:e2e_request_latency_seconds_bucket",
        1,
    ),
}


def request_rate(server: Server, model: str, window: str) -> str:
    """Return the query of a model's requests a second."""
    known = SERVERS[server]
    if isinstance(known.requests, str):
        return _rate(known.requests, window, _model(model), known.only)
    succeeded, failed = (_rate(counter, window, _model(model), known.only) for counter in known.requests)
    # Nothing may have failed yet, or nothing succeeded: then only one of them has a series.
    return f"(({succeeded} + {failed}) or {succeeded} or {failed})"


def error_ratio(server: Server, model: str, window: str) -> str:
    """Return the query of the share of a model's requests that fail, 0 to 1."""
    known = SERVERS[server]
    counter, failed = known.errors
    return f"{_rate(counter, window, _model(model), known.only, failed)} / {request_rate(server, model, window)}"


def latency(objective: Objective, window: str, percentile: float | None = None) -> str:
    """Return the query of a model's latency at its percentile, in seconds; its server has a histogram."""
    known = SERVERS[objective.server]
    share = round((percentile or objective.latency_percentile) / 100, 5)
    # vLLM's histogram is of its engine, which no probe asks, and has other labels than its requests.
    only = "" if objective.server == "vllm" else known.only
    matchers = ", ".join(matcher for matcher in (_model(objective.model), only) if matcher)
    rate = f"sum by (namespace, model, le) (rate({known.latency}{{{matchers}}}[{window}]))"
    return f"histogram_quantile({share}, {rate})" + (f" / {known.per_second}" if known.per_second != 1 else "")


def _model(model: str) -> str:
    return f'model="{model}"'


def _rate(counter: str, window: str, *matchers: str) -> str:
    chosen = ", ".join(matcher for matcher in matchers if matcher)
    return f"sum by (namespace, model) (rate({counter}{{{chosen}}}[{window}]))"
