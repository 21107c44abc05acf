"""Cases of the alerts about served models: of each kind of server one."""

from __future__ import annotations

from tests.services.prometheus.series import SAMPLES, Case, Recorded, buckets, grew, grows, level

KSERVE = 'namespace="serving", pod="fraud-0", model="fraud", http_response_status_code='
RAY = 'namespace="serving", pod="search-0", model="search", application="app", method="POST", route="/"'
VLLM = 'namespace="serving", pod="chat-0", model="chat", method="POST", handler="/v1/completions", status='
PROBES = VLLM.replace("/v1/completions", "/health")
TRITON = 'namespace="serving", pod="intent-0", model="intent", exported_model="intent", version="1"'
MLSERVER = 'namespace="serving", pod="churn-0", model="churn", method="POST", path="{}", status_code='
INFER, READY = MLSERVER.format("/v2/models/{model_name}/infer"), MLSERVER.format("/v2/models/{model_name}/ready")
ENGINE = 'namespace="serving", pod="chat-0", model="chat", model_name="acme/chat", engine="0"'
DRIFTED = 'namespace="mlops", model="fraud"'


def kserve(failed: str) -> Recorded:
    return {
        f'kn_serving_invocation_duration_seconds_count{{{KSERVE}"200"}}': grows(1000),
        f'kn_serving_invocation_duration_seconds_count{{{KSERVE}"503"}}': failed,
    }


def ray(failed: str, code: str = "500") -> Recorded:
    return {
        f'ray_serve_num_http_requests_total{{{RAY}, status_code="200"}}': grows(1000),
        f'ray_serve_num_http_error_requests_total{{{RAY}, error_code="{code}"}}': failed,
    }


def vllm(failed: str, labels: str = VLLM) -> Recorded:
    return {
        f'http_requests_total{{{VLLM}"2xx"}}': grows(1000),
        f'http_requests_total{{{PROBES}"2xx"}}': grows(100_000),
        f'http_requests_total{{{labels}"5xx"}}': failed,
    }


def triton(failed: str, reason: str = "BACKEND") -> Recorded:
    return {
        f"nv_inference_request_success{{{TRITON}}}": grows(1000),
        f'nv_inference_request_failure{{{TRITON}, reason="{reason}"}}': failed,
        f'nv_inference_request_failure{{{TRITON}, reason="REJECTED"}}': grows(0),
    }


def mlserver(failed: str, labels: str = INFER) -> Recorded:
    return {
        f'rest_server_requests_total{{{INFER}"200"}}': grows(1000),
        f'rest_server_requests_total{{{READY}"200"}}': grows(100_000),
        f'rest_server_requests_total{{{labels}"500"}}': failed,
    }


def burns(fires: float, quiet: float, at: str) -> tuple[Case, ...]:
    """A budget of 0.5 %: so many of 1,000 requests fail."""
    return (
        Case(kserve(grows(fires)), (kserve(grows(quiet)), kserve(grew(fires, 1))), at),
        Case(ray(grows(fires)), (ray(grows(quiet)), ray(grows(fires), "404")), at),
        # Probes would water a failure down, and must not count as one.
        Case(vllm(grows(fires)), (vllm(grows(quiet)), vllm(grows(100_000), PROBES)), at),
        Case(triton(grows(fires)), (triton(grows(quiet)), triton(grew(fires, 1))), at),
        Case(mlserver(grows(fires)), (mlserver(grows(quiet)), mlserver(grows(100_000), READY)), at),
    )


def slow(metric: str, labels: str, bound: str, above: str) -> Case:
    return Case(
        buckets(metric, labels, {bound: 90, above: 100, "+Inf": 100}),
        (buckets(metric, labels, {bound: 99.5, above: 100, "+Inf": 100}),),
    )


FIRST_HOUR_ONLY = kserve(grew(200, 60))
"""The long window still sees the errors, the short one sees that they ended."""
IN_HOURS = burns(100, 50, "2h")
AGE = f"trimtab_drift_checked_timestamp_seconds{{{DRIFTED}}}"
MODELS: dict[str, tuple[Case, ...]] = {
    "ErrorBudgetBurnsInHours": (
        Case(IN_HOURS[0].fires, (*IN_HOURS[0].quiet, FIRST_HOUR_ONLY), "70m"),
        *IN_HOURS[1:],
    ),
    "ErrorBudgetBurnsInADay": burns(40, 20, "7h"),
    "ErrorBudgetBurnsInDays": burns(20, 10, "9h"),
    "ErrorBudgetBurnsOut": burns(8, 3, "14h"),
    "ModelSlow": (
        slow("kn_serving_invocation_duration_seconds", f'{KSERVE}"200"', "0.2", "1"),
        slow("ray_serve_http_request_latency_ms", f'{RAY}, status_code="200"', "200", "1000"),
        slow("rest_server_request_duration_seconds", f'{INFER}"200"', "0.2", "1"),
        slow("vllm:e2e_request_latency_seconds", ENGINE, "2", "10"),
    ),
    "ModelQueues": (
        Case(
            {f"vllm:num_requests_waiting{{{ENGINE}}}": level(25)},
            ({f"vllm:num_requests_waiting{{{ENGINE}}}": level(2)},),
        ),
    ),
    "ModelCacheFull": (
        Case(
            {f"vllm:kv_cache_usage_perc{{{ENGINE}}}": level(0.97)},
            ({f"vllm:kv_cache_usage_perc{{{ENGINE}}}": level(0.6)},),
        ),
    ),
    "ModelDrifts": (
        Case(
            {f"trimtab_drift_share{{{DRIFTED}}}": level(0.5)},
            (
                {f"trimtab_drift_share{{{DRIFTED}}}": level(0.1)},
                {f"trimtab_drift_share{{{DRIFTED.replace('fraud', 'unwatched')}}}": level(0.9)},
            ),
        ),
    ),
    "DriftUnknown": (Case({AGE: level(0)}, ({AGE: f"0+60x{SAMPLES}"},), at="13h"),),
    "DriftCheckFails": (
        Case(
            {f"trimtab_drift_failed{{{DRIFTED}}}": level(1)},
            ({f"trimtab_drift_failed{{{DRIFTED}}}": level(0)}, {f"trimtab_drift_failed{{{DRIFTED}}}": "1x60 0x800"}),
            at="8h",
        ),
    ),
}
