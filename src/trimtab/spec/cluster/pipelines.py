"""Pipelines on a cluster: an engine, Airflow, or both, and the retraining pipelines that run on them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.monitoring_routing import KeyOfSecret
from trimtab.spec.cluster.pipelines_airflow import Airflow
from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining, HttpUrl


class ArgoEngine(SpecModel):
    """Argo Workflows: each pipeline is a WorkflowTemplate."""

    type: Literal["argo-workflows"]
    server: HttpUrl = "https://argo-server.argo.svc:2746"
    """Argo's server, whose events endpoint drift alerts are sent to."""
    certificate_authority: KeyOfSecret | None = None
    """A secret beside monitoring's with the authority of that server's certificate; absent: it is not verified."""


class KubeflowEngine(SpecModel):
    """Kubeflow Pipelines: each pipeline is compiled to its IR, and submitted by a workflow of the Argo beneath it."""

    type: Literal["kubeflow-pipelines"]
    api: HttpUrl = "http://ml-pipeline.kubeflow.svc:8888"
    """The API server of Kubeflow Pipelines (v2beta1)."""
    server: HttpUrl = "https://argo-server.argo.svc:2746"
    """The server of the Argo beneath, whose events endpoint drift alerts are sent to."""
    certificate_authority: KeyOfSecret | None = None
    """A secret beside monitoring's with the authority of that server's certificate; absent: it is not verified."""


Engine = Annotated[ArgoEngine | KubeflowEngine, Field(discriminator="type")]


class ClusterPipelines(SpecModel):
    """The retraining pipelines of a cluster, and what runs them."""

    engine: Engine | None = None
    airflow: Airflow | None = None
    retraining: tuple[ClusterRetraining, ...] = ()

    @model_validator(mode="after")
    def _something_runs_them(self) -> Self:
        for number, pipeline in enumerate(self.retraining):
            if getattr(self, pipeline.runs_on) is None:
                there = [name for name in ("engine", "airflow") if getattr(self, name) is not None]
                raise PydanticCustomError(
                    "no_engine",
                    "{name} runs on {wanted}, which is not declared",
                    {
                        "field": f"retraining[{number}].runsOn",
                        "name": pipeline.name,
                        "wanted": pipeline.runs_on,
                        "allowed": " or ".join(there) or "engine or airflow, once one is declared",
                        "remedy": f"declare pipelines.{pipeline.runs_on}"
                        + (f", or set runsOn: {there[0]}" if there else ""),
                    },
                )
        return self

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for field in ("name", "model"):
            names = [getattr(pipeline, field) for pipeline in self.retraining]
            for number, name in enumerate(names):
                if name in names[:number]:
                    raise PydanticCustomError(
                        "twice",
                        "two pipelines have the {what} {name}",
                        {
                            "field": f"retraining[{number}].{field}",
                            "what": field,
                            "name": name,
                            "allowed": "each name and each model once",
                            "remedy": f"give it another {field}, or merge the two",
                        },
                    )
        return self
