"""The platform's own services: drift, features, registry, and workloads against their limits."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.dashboards.panels import Board, Panel, Query


def platform_board() -> Board:
    """Return the dashboard of the platform's services."""
    return Board("platform", "Models' data and platform services", (*_drift(), *_features(), *_registry(), *_usage()))


def _drift() -> tuple[Panel, ...]:
    needs = ("drift",)
    return (
        Panel(
            "Drifted features",
            "percentunit",
            (Query("max by (model) (trimtab_drift_share)", "{{model}}"),),
            needs,
            most=1,
        ),
        Panel(
            "Furthest drifted",
            "short",
            (Query("topk(10, max by (model, column) (trimtab_drift_score))", "{{model}} {{column}}"),),
            needs,
        ),
        Panel("Rows compared", "short", (Query("max by (model) (trimtab_drift_rows)", "{{model}}"),), needs),
        Panel(
            "Since the last check",
            "s",
            (Query("time() - max by (model) (trimtab_drift_checked_timestamp_seconds)", "{{model}}"),),
            needs,
        ),
    )


def _features() -> tuple[Panel, ...]:
    needs = ("feast",)
    slow = "sum by (endpoint, le) (rate(feast_feature_server_request_latency_seconds_bucket[5m]))"
    return (
        Panel(
            "Age of features",
            "s",
            (Query("max by (feature_view) (feast_feature_freshness_seconds)", "{{feature_view}}"),),
            needs,
        ),
        Panel("Feature server, p99", "s", (Query(f"histogram_quantile(0.99, {slow})", "{{endpoint}}"),), needs),
        Panel(
            "Feature server, requests",
            "reqps",
            (Query("sum by (status) (rate(feast_feature_server_request_total[5m]))", "{{status}}"),),
            needs,
        ),
        # A job of its own materialises, so the feature server's counter of it stays where it is.
        Panel(
            "Since the last materialisation",
            "s",
            (
                Query(
                    "time() - max by (namespace, cronjob) "
                    '(kube_cronjob_status_last_successful_time{cronjob=~".*-materialise"})',
                    "{{namespace}}/{{cronjob}}",
                ),
            ),
            ("feast", "kube-state-metrics"),
        ),
    )


def _registry() -> tuple[Panel, ...]:
    needs = ("mlflow",)
    slow = "sum by (le) (rate(mlflow_http_request_duration_seconds_bucket[5m]))"
    return (
        Panel(
            "MLflow, requests",
            "reqps",
            (Query("sum by (status) (rate(mlflow_http_request_total[5m]))", "{{status}}"),),
            needs,
        ),
        Panel("MLflow, p95", "s", (Query(f"histogram_quantile(0.95, {slow})", "p95"),), needs),
    )


def _usage() -> tuple[Panel, ...]:
    by = "sum by (namespace)"
    cpu = f'{by} (kube_pod_container_resource_requests{{resource="cpu"}})'
    memory = f'{by} (kube_pod_container_resource_requests{{resource="memory"}})'
    used_cpu = f'{by} (rate(container_cpu_usage_seconds_total{{container!=""}}[5m])) / {cpu}'
    used_memory = f'{by} (container_memory_working_set_bytes{{container!=""}}) / {memory}'
    needs = ("kubelet", "kube-state-metrics")
    return (
        Panel("CPU used of what is requested", "percentunit", (Query(used_cpu, "{{namespace}}"),), needs),
        Panel("Memory used of what is requested", "percentunit", (Query(used_memory, "{{namespace}}"),), needs),
    )
