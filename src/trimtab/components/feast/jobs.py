"""What runs and ends: `feast apply` when the repository changes, the materialisation by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.feast.commands import apply_command, materialise_command
from trimtab.components.kube.pods import pod_security
from trimtab.components.kube.traffic import policy, to_names, to_pod_identity, to_web
from trimtab.components.kube.web import Container, server_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.feast import Feast

TRIES = 3
USER = 10001
KEPT_RUNS = 3


def jobs(
    component: ClusterComponent,
    spec: Feast,
    *,
    common: Mapping[str, Any],
    volumes: Sequence[Mapping[str, Any]],
    egress: Sequence[Mapping[str, Any]],
    version: str,
    depends_on: Sequence[pulumi.Resource],
) -> kubernetes.batch.v1.Job:
    """Return the job that applies the repository; declare the one that materialises.

    Args:
        component: the owner.
        spec: the declaration.
        common: what the containers share with the server's.
        volumes: of the pods.
        egress: rules of the network policy that lead to the stores.
        version: of the repository; another one is another job, since a job's pod cannot be changed.
        depends_on: what must stand before.
    """
    account, label = f"{component.name}-jobs", f"{component.name}-jobs"
    labels = server_labels(account)
    made = kubernetes.core.v1.ServiceAccount(
        label, metadata=component.metadata(account), automount_service_account_token=False, opts=component.child()
    )
    reach = policy(labels, ingress=[], egress=[to_names(), to_web(), to_pod_identity(), *egress])
    kubernetes.networking.v1.NetworkPolicy(
        label, metadata=component.metadata(account), spec=reach, opts=component.child()
    )
    after = component.child(depends_on=[made, *depends_on])
    template = _Template(spec, common, volumes, component.metadata(account, labels=labels)["labels"], account)
    applied = kubernetes.batch.v1.Job(
        f"{component.name}-apply",
        metadata=component.metadata(f"{component.name}-apply-{version}", labels=labels),
        spec=template.job("apply", apply_command()),
        opts=after,
    )
    run = template.job("materialise", materialise_command())
    schedule: dict[str, Any] = {
        "schedule": spec.materialisation.schedule,
        "timeZone": "Etc/UTC",
        # Two at once would take the same rows twice.
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 300,
        "successfulJobsHistoryLimit": KEPT_RUNS,
        "failedJobsHistoryLimit": KEPT_RUNS,
        "jobTemplate": {"metadata": {"labels": labels}, "spec": run},
    }
    kubernetes.batch.v1.CronJob(
        f"{component.name}-materialise",
        metadata=component.metadata(f"{component.name}-materialise", labels=labels),
        spec=schedule,
        opts=after,
    )
    return applied


@dataclass(frozen=True)
class _Template:
    """What both jobs' pods have in common."""

    spec: Feast
    common: Mapping[str, Any]
    volumes: Sequence[Mapping[str, Any]]
    labels: Mapping[str, str]
    account: str

    def job(self, name: str, command: Sequence[str]) -> dict[str, Any]:
        """Return the `spec` of a Job that runs one command."""
        work = self.spec.materialisation
        container = Container(name=name, command=command, resources=work.resources, **self.common)
        pod = {
            "serviceAccountName": self.account,
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "restartPolicy": "Never",
            "securityContext": pod_security(user=USER, group=USER),
            "containers": [container.manifest()],
            "volumes": [dict(volume) for volume in self.volumes],
        }
        return {
            "backoffLimit": TRIES,
            "activeDeadlineSeconds": work.deadline_seconds,
            "template": {"metadata": {"labels": self.labels}, "spec": pod},
        }
