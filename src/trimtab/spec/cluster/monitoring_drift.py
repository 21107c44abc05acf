"""Drift of what served models are asked, found by Evidently on the cluster."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.request_fields import Requested, request_fields
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.sizing import SizingTemplate
from trimtab.spec.units import Name

DataUri = Annotated[
    str,
    Field(
        pattern=r"^s3://[a-z0-9.-]{3,63}/[A-Za-z0-9_./=-]+$",
        description="Parquet in S3: s3://BUCKET/PREFIX, a file or a folder.",
    ),
]
Column = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,62}$", description="A column: letters, digits and underscores, 63 at most."
    ),
]


class DriftedModel(SpecModel):
    """One model whose requests are compared with the data that it was trained on."""

    model: Name
    reference: DataUri
    """What it was trained on."""
    current: DataUri
    """What it is asked now; the newest `windowHours` of it are read."""
    time_column: Column = "event_time"
    """The column of `current` that says when a row was asked."""
    window_hours: Annotated[int, Field(ge=1, le=720)] = 24
    columns: tuple[Column, ...] = ()
    """The features that are compared; empty: all that both sides have."""
    share_percent: Annotated[int, Field(ge=1, le=100)] = 30
    """Share of drifted columns from which on the model counts as drifted."""
    least_rows: Annotated[int, Field(ge=30, le=1_000_000)] = 500
    """Fewer rows than these say nothing, and are reported as such."""
    retrain: bool = True
    """Whether drift starts the model's retraining pipeline, where it has one."""


class DriftService(SpecModel):
    """A Deployment that runs Evidently every so often and serves what it found as metrics."""

    image: ImageDigest
    """Python with evidently 0.7, pandas 2, pyarrow and s3fs; nothing else of it is used."""
    hours_between_runs: Annotated[int, Field(ge=1, le=168)] = 6
    memory_mib: Annotated[int, Field(ge=512, le=65_536, multiple_of=256)] = 2048
    cpu_millicores: Annotated[int, Field(ge=100, le=16_000, multiple_of=100)] = 500
    models: Annotated[tuple[DriftedModel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_model_once(self) -> Self:
        names = [watched.model for watched in self.models]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise PydanticCustomError(
                    "twice",
                    "{name} is watched twice",
                    {
                        "field": f"models[{number}].model",
                        "name": name,
                        "allowed": "each model once",
                        "remedy": f"leave out one of the entries of {name}",
                    },
                )
        return self

    def sizing(self, path: str | None) -> SizingTemplate:
        """Return what of the service can be sized, as fields under `path` (None: declared by a program)."""
        return SizingTemplate(
            kind="kubernetes-workload",
            instance_type="kubernetes",
            count=1,
            service_class="batch",
            interruptible=True,
            floor=1,
            fields=request_fields(
                path,
                Requested("cpuMillicores", self.cpu_millicores, 100, 16_000),
                Requested("memoryMib", self.memory_mib, 512, 65_536),
            ),
        )
