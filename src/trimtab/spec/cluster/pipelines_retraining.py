"""One model's retraining on a cluster: train, evaluate, gate, register, await approval, deploy."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.monitoring_drift import DataUri
from trimtab.spec.cluster.secret import DnsName
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.owner import Owner
from trimtab.spec.pipelines import Gate
from trimtab.spec.units import Cron, Name, Seconds

HttpUrl = Annotated[
    str,
    Field(
        pattern=r"^https?://[A-Za-z0-9_.-]+(:[0-9]{2,5})?(/[A-Za-z0-9_./-]*)?$",
        description="http://HOST:PORT or https://HOST.",
    ),
]


class TrainingPods(SpecModel):
    """Where and for how long the model trains and is evaluated.

    Its image holds two executables: `train --data URI --data-version V --model URI`, and
    `evaluate --data URI --model URI --output FILE`, which writes one flat JSON object, metric → number.
    """

    image: ImageDigest
    cpu_millicores: Annotated[int, Field(ge=100, le=192_000, multiple_of=100)] = 4000
    memory_mib: Annotated[int, Field(ge=256, le=2_097_152, multiple_of=256)] = 16_384
    gpus: Annotated[int, Field(ge=0, le=8)] = 0
    queue: DnsName | None = None
    """Kueue's LocalQueue that admits the training pod."""
    max_runtime_seconds: Seconds = 86_400


class MlflowRegistry(SpecModel):
    """The MLflow server that versions are registered in, and whose tags hold the approval."""

    url: HttpUrl
    credentials: DnsName | None = None
    """A secret with the keys `username` and `password`; absent: the server asks for none."""
    model: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9_. -]{1,100}$", description="A registered model: letters, digits, spaces and . _ -"),
    ]


class KServeTarget(SpecModel):
    """The InferenceService that an approved version is deployed to; its predictor is a runtime of KServe's."""

    namespace: Name
    name: Name
    ready_seconds: Annotated[int, Field(ge=30, le=7200)] = 1800
    """How long the new version may take to be ready, before the one before it is put back."""


class ClusterRetraining(SpecModel):
    """One model's pipeline."""

    name: Name
    model: Name
    """The served model, as alerts name it."""
    runs_on: Literal["engine", "airflow"] = "engine"
    tools_image: ImageDigest
    """Python 3.9 or newer; gate, registration, approval and deployment need its standard library only."""
    data: DataUri
    """Folder with `train/` and `holdout/`."""
    models: DataUri
    """Folder that versions are written below, one folder a run."""
    training: TrainingPods
    gates: Annotated[tuple[Gate, ...], Field(min_length=1)]
    registry: MlflowRegistry
    target: KServeTarget
    approval_timeout_seconds: Seconds = 604_800
    """How long a version waits for a person, in seconds; a week by default."""
    schedule: Cron | None = None
    owner: Owner | None = None
