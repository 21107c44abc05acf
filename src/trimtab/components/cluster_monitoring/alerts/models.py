"""Drift of models, and the registry and features that they live on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.model import Alert

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.alerts.model import Rule
    from trimtab.spec.cluster.monitoring import ClusterMonitoring
    from trimtab.spec.cluster.monitoring_drift import DriftedModel

ERROR_PERCENT = 5
"""Share of failed requests of a platform service from which on it is broken."""
DRIFT = "ModelDrifts"
"""The alert that retraining is triggered by."""


def drift_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the drift rule of every watched model, and those of the watching itself."""
    if spec.drift is None:
        return []
    late = 2 * spec.drift.hours_between_runs * 3600
    return [
        *(_drifts(watched) for watched in spec.drift.models),
        Alert(
            "DriftUnknown",
            f"time() - max by (namespace, model) (trimtab_drift_checked_timestamp_seconds) > {late}",
            "0m",
            "ticket",
            "{{ $labels.model }} was last compared with its training data {{ $value | humanizeDuration }} ago",
            f"It should be every {spec.drift.hours_between_runs} h. Too few rows, or the check fails: see its log.",
            ("drift",),
        ),
        Alert(
            "DriftCheckFails",
            "max by (namespace, model) (trimtab_drift_failed) > 0",
            f"{spec.drift.hours_between_runs}h",
            "ticket",
            "The drift check of {{ $labels.model }} fails",
            "Its data cannot be read or compared; the log of the drift service says why.",
            ("drift",),
        ),
    ]


def _drifts(watched: DriftedModel) -> Alert:
    return Alert(
        DRIFT,
        f'max by (namespace, model) (trimtab_drift_share{{model="{watched.model}"}}) * 100 >= {watched.share_percent}',
        "0m",
        "ticket",
        "{{ $value | humanize }} % of the features of {{ $labels.model }} drifted",
        f"It is asked other things than it was trained on: {watched.share_percent} % are allowed.",
        ("drift",),
        {"model": watched.model, "retrain": "true" if watched.retrain else "false"},
    )


def service_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the rules over registry and feature server."""
    age = spec.thresholds.feature_age_minutes
    return [
        Alert(
            "RegistryFails",
            _failing("mlflow_http_request_total", 'status=~"5.."'),
            "10m",
            "page",
            "MLflow in {{ $labels.namespace }} fails {{ $value | humanize }} % of its requests",
            "Trainings cannot log and pipelines cannot register. Look at its database and its log.",
            ("mlflow",),
        ),
        Alert(
            "FeaturesFail",
            _failing("feast_feature_server_request_total", 'status="error"'),
            "10m",
            "page",
            "The feature server in {{ $labels.namespace }} fails {{ $value | humanize }} % of its requests",
            "Models get no features. Look at the online store and the registry of features.",
            ("feast",),
        ),
        Alert(
            "FeaturesStale",
            "max by (namespace, feature_view) (feast_feature_freshness_seconds)" + f" > {age * 60}",
            "15m",
            "ticket",
            "The features of {{ $labels.feature_view }} are {{ $value | humanizeDuration }} old",
            f"They may be {age} minutes old. See whether the materialisation ran.",
            ("feast",),
        ),
    ]


def _failing(counter: str, failed: str) -> str:
    return (
        f"sum by (namespace) (rate({counter}{{{failed}}}[5m])) / sum by (namespace) (rate({counter}[5m])) * 100"
        f" > {ERROR_PERCENT}"
    )
