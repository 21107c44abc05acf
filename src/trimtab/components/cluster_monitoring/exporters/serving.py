"""Servers of models. Their pods carry the labels that `ModelServer` puts on each.

`app.kubernetes.io/name`, the served model's name, becomes the label `model` of every series.
"""

from __future__ import annotations

from trimtab.components.cluster_monitoring.exporters.model import Exporter, Target, counter, gauge, histogram

MODEL = "app.kubernetes.io/name"
_SERVER = {"app.kubernetes.io/component": "model-server"}

VLLM = Exporter(
    "vllm",
    "https://docs.vllm.ai/en/stable/usage/metrics/",
    (
        counter("http_requests_total", "handler", "method", "status"),
        gauge("vllm:num_requests_running", "engine", "model_name"),
        gauge("vllm:num_requests_waiting", "engine", "model_name"),
        gauge("vllm:kv_cache_usage_perc", "engine", "model_name", unit="ratio"),
        counter("vllm:prompt_tokens_total", "engine", "model_name", unit="tokens"),
        counter("vllm:generation_tokens_total", "engine", "model_name", unit="tokens"),
        counter("vllm:request_success_total", "engine", "finished_reason", "model_name"),
        histogram("vllm:time_to_first_token_seconds", "engine", "model_name"),
        histogram("vllm:e2e_request_latency_seconds", "engine", "model_name"),
    ),
    Target("pods", {**_SERVER, "trimtab.dev/metrics-port": "http"}, ("http",), has=(MODEL,)),
)
_RAW = {**_SERVER, "trimtab.dev/metrics-port": "metrics"}
_PREDICTOR = ("serving.kserve.io/inferenceservice",)
TRITON = Exporter(
    "triton",
    "https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/metrics.html",
    (
        counter("nv_inference_request_success", "version"),
        # `reason` since Triton 24.04. Its own label `model` is moved to `exported_model`: ours is the service's name.
        counter("nv_inference_request_failure", "reason", "version"),
        counter("nv_inference_request_duration_us", "version", unit="us"),
        gauge("nv_inference_pending_request_count", "version", unit="requests"),
    ),
    Target("pods", {**_RAW, "trimtab.dev/exporter": "triton"}, ("metrics",), has=_PREDICTOR),
)
MLSERVER = Exporter(
    "mlserver",
    "mlserver 1.7.1, mlserver/rest/app.py and settings.py, with starlette-exporter 0.24, middleware.py",
    (
        counter("rest_server_requests_total", "app_name", "method", "path", "status_code"),
        histogram("rest_server_request_duration_seconds", "app_name", "method", "path", "status_code"),
    ),
    Target("pods", {**_RAW, "trimtab.dev/exporter": "mlserver"}, ("metrics",), has=_PREDICTOR),
)
KSERVE = Exporter(
    "kserve",
    "knative.dev/serving v0.48.1, pkg/queue/request_metric.go, as OpenTelemetry's exporter for Prometheus names them",
    (
        histogram("kn_serving_invocation_duration_seconds", "http_response_status_code"),
        gauge("kn_serving_queue_depth", unit="requests"),
    ),
    Target("pods", _SERVER, ("http-usermetric",), has=("serving.kserve.io/inferenceservice",)),
)
RAY = Exporter(
    "ray",
    "https://docs.ray.io/en/latest/serve/monitoring.html",
    (
        counter("ray_serve_num_http_requests_total", "application", "method", "route", "status_code"),
        counter("ray_serve_num_http_error_requests_total", "application", "error_code", "method", "route"),
        histogram("ray_serve_http_request_latency_ms", "application", "method", "route", "status_code", unit="ms"),
        gauge("ray_serve_deployment_queued_queries", "application", "deployment"),
        gauge("ray_serve_replica_processing_queries", "application", "deployment", "replica"),
        gauge("ray_node_gpus_utilization", "GpuDeviceName", "GpuIndex", unit="%"),
    ),
    Target("pods", {"ray.io/is-ray-node": "yes"}, ("metrics",)),
)
