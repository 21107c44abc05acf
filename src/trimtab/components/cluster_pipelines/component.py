"""Retraining pipelines on a cluster: an engine, Airflow, or both, and what alerts start them by."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.cluster_pipelines.access import (
    TOKEN,
    TRIGGER,
    step_account,
    step_role,
    steps_policy_spec,
    trigger_account,
)
from trimtab.components.cluster_pipelines.airflow.cluster import AirflowOnCluster
from trimtab.components.cluster_pipelines.airflow.dag import dag_text
from trimtab.components.cluster_pipelines.airflow.managed import managed_airflow
from trimtab.components.cluster_pipelines.args import ClusterPipelinesArgs
from trimtab.components.cluster_pipelines.engines.objects import engine_objects
from trimtab.components.kube import ClusterComponent
from trimtab.spec.cluster.pipelines_airflow import ClusterAirflow, ManagedAirflow, OperatorDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.spec.cluster.operators import Operator
    from trimtab.spec.cluster.pipelines import ClusterPipelines as Spec
    from trimtab.spec.cluster.pipelines_retraining import ClusterRetraining


class ClusterPipelines(ClusterComponent):
    """One pipeline a model: train, evaluate, gate, register, await approval, deploy.

    Attributes:
        triggers: model → where an alert starts its pipeline, as `ClusterMonitoring` takes it; those of Airflow run by
            schedule and by hand only.
        airflow_name: the MWAA environment; None where Airflow is on the cluster, or nowhere.
    """

    triggers: dict[str, dict[str, Any]]
    airflow_name: pulumi.Output[str] | None

    def __init__(self, name: str, args: ClusterPipelinesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, args, opts, needs=list(needed(spec)))
        if spec.retraining:
            self._steps(args)
        self.triggers = self._engine(args)
        self.airflow_name, handles = self._airflow(args)
        self.finish({"triggers": self.triggers, "airflowName": self.airflow_name}, handles)

    def _steps(self, args: ClusterPipelinesArgs) -> None:
        pipelines = args["spec"].retraining
        step_account(self, pipelines)
        if "cluster_name" in args:
            step_role(self, pipelines, args["cluster_name"], args.get("data_key_arn"))
        for runner, label in STEP_LABELS.items():
            if any(pipeline.runs_on == runner for pipeline in pipelines):
                self._policy(runner, label)

    def _policy(self, runner: str, label: str) -> None:
        name = f"{self.name}-steps-{runner}"
        kubernetes.networking.v1.NetworkPolicy(
            name, metadata=self.metadata(name), spec=steps_policy_spec(label), opts=self.child()
        )

    def _engine(self, args: ClusterPipelinesArgs) -> dict[str, dict[str, Any]]:
        spec = args["spec"]
        run = [pipeline for pipeline in spec.retraining if pipeline.runs_on == "engine"]
        if spec.engine is None or not run:
            return {}
        trigger_account(self, args.get("monitoring_namespace", self.namespace))
        for pipeline in run:
            engine_objects(self, pipeline, spec.engine)
        known = spec.engine.certificate_authority
        authority = {"name": known.secret, "key": known.key} if known else None
        at = pulumi.Output.concat(spec.engine.server, "/api/v1/events/", self.namespace, "/")
        return {
            pipeline.model: {
                "url": pulumi.Output.concat(at, pipeline.name),
                "token_secret": TRIGGER,
                "token_key": TOKEN,
                **({"authority": authority} if authority else {}),
            }
            for pipeline in run
        }

    def _airflow(self, args: ClusterPipelinesArgs) -> tuple[pulumi.Output[str] | None, list[dict[str, Any]]]:
        airflow = args["spec"].airflow
        run = [pipeline for pipeline in args["spec"].retraining if pipeline.runs_on == "airflow"]
        match airflow:
            case ManagedAirflow():
                dags = {f"{pipeline.name}.py": self._eks_dag(pipeline, args) for pipeline in run}
                return managed_airflow(self, airflow, args, dags).name, []
            case ClusterAirflow():
                texts = {f"{pipeline.name}.py": dag_text(pipeline, self._owner(pipeline)) for pipeline in run}
                scheduler = AirflowOnCluster(self, airflow, texts).declare()
                return None, [self._handle(airflow, scheduler.metadata.name, args.get("spec_path"))]
            case _:
                return None, []

    def _eks_dag(self, pipeline: ClusterRetraining, args: ClusterPipelinesArgs) -> pulumi.Output[str]:
        owner, cluster = self._owner(pipeline), args.get("cluster_name", "")
        known = pulumi.Output.from_input(self.namespace)
        return known.apply(lambda namespace: dag_text(pipeline, owner, (cluster, namespace)))

    def _owner(self, pipeline: ClusterRetraining) -> dict[str, Any]:
        owner = pipeline.owner or self.owner
        return {"owner": owner.team, "email": [owner.contact]}

    def _handle(self, airflow: ClusterAirflow, name: pulumi.Output[str], path: str | None) -> dict[str, Any]:
        return self.handle(
            airflow.sizing(f"{path}.airflow" if path else None),
            cloud_id=pulumi.Output.concat(self.namespace, "/Deployment/", name),
            region="kubernetes",
            dimensions={
                "namespace": self.namespace,
                "workload_kind": "Deployment",
                "workload": name,
                "container": "airflow-scheduler",
            },
            tags=self.tags(),
        )


STEP_LABELS = {"engine": "workflows.argoproj.io/workflow", "airflow": "dag_id"}
"""By which label the pods of a runner's steps are known: Argo and Airflow put it on each."""


def needed(spec: Spec) -> Iterator[Operator]:
    """Return the operators that a declaration of pipelines needs."""
    if spec.engine is not None:
        yield "argo-workflows"
    if any(pipeline.training.queue for pipeline in spec.retraining):
        yield "kueue"
    if spec.retraining:
        yield "kserve"
    if isinstance(spec.airflow, ClusterAirflow):
        yield "external-secrets"
        if isinstance(spec.airflow.database, OperatorDatabase):
            yield "cloudnative-pg"
