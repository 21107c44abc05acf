"""Pipelines on a cluster: an engine, Airflow, or both, and the retraining pipelines that run on them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.monitoring_routing import KeyOfSecret
from trimtab.spec.cluster.pipelines_airflow import Airflow
from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining, HttpUrl


class _StartedByAlerts(SpecModel):
    """An Argo whose events endpoint drift alerts are sent to, with a token that may start pipelines only."""

    server: HttpUrl = "http://argo-server.argo.svc:2746"
    """Argo's server. Plain HTTP stays between two namespaces, Alertmanager's and Argo's, which its network policy
    closes to all others (components/cluster/operator_network.py); the certificate that Argo makes for itself at every
    start can be verified by nobody, so it would protect the token from nobody in between."""
    certificate_authority: KeyOfSecret | None = None
    """A secret beside monitoring's with the authority of that server's certificate; an https server needs one."""

    @model_validator(mode="after")
    def _certificate_is_verified(self) -> Self:
        secure = self.server.startswith("https:")
        if secure == (self.certificate_authority is not None):
            return self
        raise PydanticCustomError(
            "certificate",
            "{server} has a certificate that nothing verifies" if secure else "{server} has no certificate",
            {
                "field": "certificateAuthority",
                "server": self.server,
                "allowed": "with an https server, and always with one",
                "remedy": "name the secret with the authority that signed the server's certificate (argo server "
                "--tls-certificate-secret-name)"
                if secure
                else "drop certificateAuthority, or name an https server",
            },
        )


class ArgoEngine(_StartedByAlerts):
    """Argo Workflows: each pipeline is a WorkflowTemplate."""

    type: Literal["argo-workflows"]


class KubeflowEngine(_StartedByAlerts):
    """Kubeflow Pipelines: each pipeline is compiled to its IR, and submitted by a workflow of the Argo beneath it."""

    type: Literal["kubeflow-pipelines"]
    api: HttpUrl = "http://ml-pipeline.kubeflow.svc:8888"
    """The API server of Kubeflow Pipelines (v2beta1)."""


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
