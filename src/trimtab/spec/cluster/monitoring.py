"""What is watched on a cluster: exporters, objectives, drift, and whom an alert reaches."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.monitoring_drift import DriftService
from trimtab.spec.cluster.monitoring_objectives import Objective, Server
from trimtab.spec.cluster.monitoring_routing import Routing
from trimtab.spec.units import EachOnce, Minutes, Percent

ExporterName = Literal["dcgm", "feast", "kserve", "kueue", "mlflow", "mlserver", "ray", "triton", "vllm"]
"""Exporters that a monitor of ours scrapes; the cluster's own (kubelet, kube-state-metrics) are scraped already."""
LabelValue = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$",
        description="A label's value: letters, digits and -_., 63 at most.",
    ),
]
LabelName = Annotated[
    str, Field(pattern=r"^[a-z0-9A-Z./_-]{1,253}$", description="A label's name, release or grafana_dashboard.")
]


class Thresholds(SpecModel):
    """From when on something is an alert."""

    gpu_idle_percent: Percent = 5
    """A GPU that a pod holds and that does less than this …"""
    gpu_idle_minutes: Minutes = 30
    """… for so long is idle."""
    queue_wait_minutes: Minutes = 60
    """How long nine of ten workloads may wait for admission to a queue."""
    saturation_percent: Annotated[int, Field(ge=50, le=99)] = 90
    """CPU, memory, GPU memory or KV cache that is full."""
    requests_waiting: Annotated[int, Field(ge=1, le=10_000)] = 10
    """Requests that wait in one vLLM replica, on average over five minutes."""
    feature_age_minutes: Minutes = 120
    """How old the features of the online store may be."""


class ClusterMonitoring(SpecModel):
    """Monitors, rules, dashboards, the drift service and the routing of alerts."""

    exporters: Annotated[tuple[ExporterName, ...], Field(min_length=1), EachOnce]
    scrape_interval_seconds: Annotated[int, Field(ge=5, le=60)] = 30
    """A minute at most: the shortest window of a rule, five minutes, holds five samples then."""
    rule_labels: Annotated[
        dict[LabelName, LabelValue], Field(default_factory=lambda: {"release": "kube-prometheus-stack"})
    ]
    """Labels by which the Prometheus of the cluster selects monitors and rules."""
    dashboard_labels: Annotated[dict[LabelName, LabelValue], Field(default_factory=lambda: {"grafana_dashboard": "1"})]
    """Labels by which Grafana's sidecar finds dashboards."""
    thresholds: Thresholds = Thresholds()
    objectives: tuple[Objective, ...] = ()
    drift: DriftService | None = None
    routing: Routing

    @model_validator(mode="after")
    def _objectives_are_measured(self) -> Self:
        for number, objective in enumerate(self.objectives):
            if objective.server not in self.exporters:
                raise PydanticCustomError(
                    "unmeasured",
                    "nothing measures it: {server} is not among the exporters",
                    {
                        "field": f"objectives[{number}].server",
                        "server": objective.server,
                        "allowed": ", ".join(name for name in self.exporters if name in get_args(Server))
                        or "none of these exporters serves models",
                        "remedy": f"add {objective.server} to exporters",
                    },
                )
        return self

    @model_validator(mode="after")
    def _one_objective_a_model(self) -> Self:
        names = [objective.model for objective in self.objectives]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise PydanticCustomError(
                    "twice",
                    "{name} has two objectives",
                    {
                        "field": f"objectives[{number}].model",
                        "name": name,
                        "allowed": "one objective a model",
                        "remedy": f"merge the objectives of {name}",
                    },
                )
        return self
