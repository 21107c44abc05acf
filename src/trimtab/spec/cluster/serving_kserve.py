"""A model behind KServe's InferenceService."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.pods import Replicas
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.secret import DnsName
from trimtab.spec.cluster.serving_base import Served
from trimtab.spec.cluster.serving_metrics import METRICS_PORTS, RuntimeMetrics
from trimtab.spec.cluster.serving_scaling import CpuScaling, KServeScaling, PrometheusScaling, RequestScaling

Port = Annotated[int, Field(ge=1024, le=65_535, description="A TCP port from 1024 up: pods are not root.")]
HttpPath = Annotated[
    str, Field(pattern=r"^/[A-Za-z0-9_./-]*$", description="A path of the server's, /v2/health/ready.")
]
StorageUri = Annotated[
    str,
    Field(
        pattern=r"^(s3://[a-z0-9.-]+/[A-Za-z0-9_./=-]+|pvc://[a-z0-9.-]+/[A-Za-z0-9_./=-]*|hf://[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+:[0-9a-f]{40})$",
        description="s3://BUCKET/KEY, pvc://CLAIM/PATH, or hf://OWNER/MODEL:COMMIT with all 40 digits of the commit.",
    ),
]


class Measured(SpecModel):
    """A server and where it is measured."""

    metrics: RuntimeMetrics | None = None
    """Whose metrics it has, in mode raw: Triton's or MLServer's, on a port of their own; absent: none that count
    requests and failures. KServe takes Triton for onnx and tensorrt, MLServer for protocol v2 of sklearn, xgboost,
    lightgbm and mlflow."""

    @property
    def metrics_port(self) -> int | None:
        """The port of those metrics."""
        return METRICS_PORTS[self.metrics] if self.metrics else None


class ContainerPredictor(Measured):
    """A server of the team's own, in its own image."""

    type: Literal["container"]
    port: Port = 8080
    args: tuple[str, ...] = ()
    health_path: HttpPath = "/healthz"
    metrics_path: HttpPath = "/metrics"
    storage_uri: StorageUri | None = None
    """What KServe downloads to `/mnt/models` before the server starts; absent: the model is in the image."""


class RuntimePredictor(Measured):
    """A serving runtime of KServe's that knows the model's format."""

    type: Literal["runtime"]
    model_format: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$", description="sklearn, xgboost, onnx, pytorch, …")]
    format_version: (
        Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,16}$", description="The format's version, 2.")] | None
    ) = None
    runtime: DnsName | None = None
    """A (Cluster)ServingRuntime by name; absent: KServe takes the one that supports the format."""
    protocol: Literal["v1", "v2"] = "v2"
    storage_uri: StorageUri
    port: Port = 8080
    metrics_path: HttpPath = "/metrics"


Predictor = Annotated[ContainerPredictor | RuntimePredictor, Field(discriminator="type")]


class KServeServing(Served, Replicas):
    """An InferenceService: one predictor, a canary where its image or model changes."""

    form: Literal["kserve"]
    mode: Literal["serverless", "raw"] = "raw"
    """On Knative (scale to zero, canary), or plain Deployments."""
    predictor: Predictor
    scaling: KServeScaling | None = None
    """Absent: always `minReplicas`."""
    canary_traffic_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    """Share of the traffic that the newest revision gets; the one before gets the rest."""
    timeout_seconds: Annotated[int, Field(ge=1, le=3600)] = 60

    @model_validator(mode="after")
    def _mode_can_do_it(self) -> Self:
        if self.mode == "raw" and self.canary_traffic_percent is not None:
            raise self._only("canaryTrafficPercent", self.canary_traffic_percent, "mode serverless: Knative splits it")
        if self.mode == "raw" and isinstance(self.scaling, RequestScaling):
            raise self._only("scaling.type", self.scaling.type, "mode serverless; cpu or prometheus in mode raw")
        if self.mode == "serverless" and isinstance(self.scaling, CpuScaling | PrometheusScaling):
            raise self._only("scaling.type", self.scaling.type, "mode raw; requests in mode serverless")
        if self.mode == "serverless" and self.predictor.metrics is not None:
            raise self._only("predictor.metrics", self.predictor.metrics, "mode raw: Knative counts requests itself")
        self.gpu_memory_fits(self.gpu_memory_gib)
        return self

    @model_validator(mode="after")
    def _replicas_can_start(self) -> Self:
        if self.min_replicas == 0 and not self.wakes_from_zero:
            raise refuse(
                "minReplicas",
                "minReplicas 0 needs mode serverless: in mode raw nobody holds a request until a pod is there",
                allowed="1 or more in mode raw",
                remedy="set mode: serverless, or minReplicas: 1",
            )
        if self.mode == "raw" and self.max_replicas > self.min_replicas and self.scaling is None:
            raise refuse(
                "maxReplicas",
                f"maxReplicas {self.max_replicas} is never reached: there is no scaling",
                allowed=f"{self.min_replicas} without scaling",
                remedy="add scaling, or set minReplicas and maxReplicas to one number",
            )
        return self

    def _only(self, field: str, value: object, allowed: str) -> Exception:
        return refuse(
            field,
            f"{field} {value} is not possible in mode {self.mode}",
            allowed=f"in {allowed}",
            remedy=f"set mode: {'serverless' if self.mode == 'raw' else 'raw'}, or drop {field.partition('.')[0]}",
        )

    @property
    def wakes_from_zero(self) -> bool:
        """Whether no replica may run while nobody asks: Knative holds requests until one is there."""
        return self.mode == "serverless"
