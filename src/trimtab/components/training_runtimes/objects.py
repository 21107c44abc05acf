"""The objects of a team's training, one kind after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.ray_pods import RayPlan, ray_cluster
from trimtab.components.training_runtimes.jobs import TRAINER_GROUP, ray_job, runtime_kind, train_job
from trimtab.components.training_runtimes.names import ACCOUNT, ELASTIC, queue_label, selector
from trimtab.components.training_runtimes.runtimes import JobPlan, training_runtime

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi
    import pulumi_kubernetes as kubernetes

    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.training import RayTrainingCluster, RayTrainingJob, Training

TRAINER, RAY = f"{TRAINER_GROUP}/v1alpha1", "ray.io/v1"


@dataclass(frozen=True)
class Objects:
    """How the objects of a team's training are made.

    Attributes:
        component: their parent.
        spec: the declaration.
        environment: variables of every training container.
        access: what pods cannot start without: their account and their network policy.
    """

    component: ClusterComponent
    spec: Training
    environment: Sequence[Mapping[str, Any]]
    access: Sequence[pulumi.Resource]

    def declare(self) -> None:
        """Declare everything."""
        runtimes = [self._runtime(index) for index in range(len(self.spec.runtimes))]
        self._train_jobs(runtimes)
        for cluster in self.spec.ray_clusters:
            self._ray_cluster(cluster)
        for job in self.spec.ray_jobs:
            self._ray_job(job)

    def _runtime(self, index: int) -> kubernetes.apiextensions.CustomResource:
        runtime = self.spec.runtimes[index]
        everywhere = runtime.scope == "cluster"
        plan = JobPlan(
            labels=self._pod_labels(runtime.name),
            environment=self.environment,
            # A job of another namespace runs as that namespace's own default account.
            account=None if everywhere else ACCOUNT,
        )
        return self.component.custom(
            f"{self.component.name}-{runtime.name}-runtime",
            TRAINER,
            runtime_kind(runtime),
            self.component.metadata(runtime.name, cluster_wide=everywhere),
            {"spec": training_runtime(runtime, plan)},
            opts=self._after_access(),
        )

    def _train_jobs(self, runtimes: Sequence[pulumi.Resource]) -> None:
        for job in self.spec.jobs:
            metadata = self.component.metadata(job.name, labels=queue_label(job.queue, self.spec), model=job.model)
            self.component.custom(
                f"{self.component.name}-{job.name}-job",
                TRAINER,
                "TrainJob",
                metadata,
                {"spec": train_job(job, self.spec.runtime(job.runtime))},
                opts=self.component.child(depends_on=list(runtimes)),
            )

    def _ray_cluster(self, cluster: RayTrainingCluster) -> None:
        queue = queue_label(cluster.queue, self.spec)
        metadata = self.component.metadata(
            cluster.name, labels=queue, annotations={ELASTIC: "true"} if queue else {}, model=cluster.model
        )
        plan = self._plan(cluster, idle_seconds=cluster.idle_timeout_seconds)
        self.component.custom(
            f"{self.component.name}-{cluster.name}-cluster",
            RAY,
            "RayCluster",
            metadata,
            {"spec": ray_cluster(cluster, plan)},
            opts=self._after_access(),
        )

    def _ray_job(self, job: RayTrainingJob) -> None:
        self.component.custom(
            f"{self.component.name}-{job.name}-job",
            RAY,
            "RayJob",
            self.component.metadata(job.name, labels=queue_label(job.queue, self.spec), model=job.model),
            {"spec": ray_job(job, self._plan(job, idle_seconds=None))},
            opts=self._after_access(),
        )

    def _plan(self, ray: RayTrainingCluster | RayTrainingJob, *, idle_seconds: int | None) -> RayPlan:
        return RayPlan(
            image=ray.image,
            account=ACCOUNT,
            labels=self._pod_labels(ray.name),
            environment=self.environment,
            idle_seconds=idle_seconds,
        )

    def _pod_labels(self, name: str) -> dict[str, str]:
        known: dict[str, str] = self.component.metadata(name)["labels"]
        return {**known, **selector(), "app.kubernetes.io/name": name}

    def _after_access(self) -> pulumi.ResourceOptions:
        return self.component.child(depends_on=list(self.access))
