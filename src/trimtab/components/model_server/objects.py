"""What all objects of one served model have in common: metadata, the pods' labels, the order they are made in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.ray_pods import METRICS
from trimtab.components.model_server.names import (
    DRIFT_LABEL,
    EXPORTER_LABEL,
    METRICS_LABEL,
    METRICS_PATH,
    PROMETHEUS,
    RISK_LABEL,
    VLLM_PORT,
    facts,
    selector,
)
from trimtab.components.model_server.names import METRICS as METRICS_PORT
from trimtab.spec.cluster.serving import KServeServing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.components.model_server.args import ModelServerArgs
    from trimtab.components.model_server.names import Spec

_METRIC_PORTS = {"kserve": "http1", "ray": "metrics", "vllm": "http"}


@dataclass(frozen=True)
class Objects:
    """How the objects of one served model are made.

    Attributes:
        component: their parent.
        args: what it is wired to.
        access: what pods cannot start without: their account, their token, their network policy.
    """

    component: ClusterComponent
    args: ModelServerArgs
    access: Sequence[pulumi.Resource]

    @property
    def spec(self) -> Spec:
        """The declaration."""
        return self.args["spec"]

    @property
    def prometheus(self) -> pulumi.Input[str]:
        """What scaling queries are asked of."""
        return self.args.get("prometheus_url", PROMETHEUS)

    def metadata(
        self, name: str, *, labels: Mapping[str, str] | None = None, annotations: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return an object's metadata."""
        drift = {DRIFT_LABEL: str(self.spec.drift_monitor).lower(), RISK_LABEL: self.spec.eu_ai_act_risk}
        return self.component.metadata(
            name,
            labels={**selector(self.spec), **drift, **(labels or {})},
            annotations={**facts(self.spec), **(annotations or {})},
            model=self.spec.model_group,
        )

    def pod_labels(self) -> dict[str, str]:
        """Return the labels of pods: those of the platform, and where their metrics are."""
        known: dict[str, str] = self.metadata(self.spec.name)["labels"]
        counted = self.spec.predictor.metrics if isinstance(self.spec, KServeServing) else None
        if counted:
            return {**known, METRICS_LABEL: METRICS_PORT, EXPORTER_LABEL: counted}
        return {**known, METRICS_LABEL: _METRIC_PORTS[self.spec.form]}

    def pod_annotations(self) -> dict[str, str]:
        """Return the annotations of pods."""
        path = self.spec.predictor.metrics_path if isinstance(self.spec, KServeServing) else "/metrics"
        return {METRICS_PATH: path, "prometheus.io/path": path, "prometheus.io/port": str(self._port())}

    def after_access(self, *, deployed: Sequence[str] = ()) -> pulumi.ResourceOptions:
        """Return the options of what starts pods; `up` never takes back the fields that a pipeline deploys."""
        theirs = self.args.get("deployed_by_pipeline", False)
        return self.component.child(depends_on=list(self.access), ignore_changes=list(deployed) if theirs else None)

    def _port(self) -> int:
        if isinstance(self.spec, KServeServing):
            return self.spec.predictor.metrics_port or self.spec.predictor.port
        return METRICS if self.spec.form == "ray" else VLLM_PORT
