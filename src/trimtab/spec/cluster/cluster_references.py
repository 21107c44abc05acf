"""References inside a cluster's declaration: every tenant, pool and queue that a part names is one that is declared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from trimtab.spec.cluster.operator_needs import check_operators
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving_kserve import KServeServing, RuntimePredictor
from trimtab.spec.cluster.walk import Part, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trimtab.spec.cluster.cluster import ClusterParts
    from trimtab.spec.cluster.serving import ClusterServing

OF_THE_CLUSTER = ("tenants", "gpuPools")
"""Parts that declare the names which the others mention."""


def check_cluster(cluster: ClusterParts) -> None:
    """Refuse names that are declared twice or not at all, and parts whose operator is not there.

    Raises:
        PydanticCustomError: the first such name, with its path, what is declared, and a remedy.
    """
    tenants = tuple(tenant.name for tenant in cluster.tenants)
    pools = tuple(pool.name for pool in cluster.gpu_pools)
    _refuse_twins("tenants", tenants)
    _refuse_twins("gpuPools", pools)
    _refuse_twins("serving", tuple(f"{item.name} in {item.namespace}" for item in cluster.serving))
    # What an existing cluster has that nobody declares here may be named all the same.
    if tenants or cluster.declares_all:
        _quotas_are_of_tenants(cluster, tenants)
        for part in _others(cluster):
            _known(part, "namespace", tenants, "tenants")
    if pools or cluster.declares_all:
        for part in _others(cluster):
            _known(part, "pool", pools, "gpuPools")
            _queue_takes(part, cluster)
    _pipelines_deploy_versions(cluster)
    _objectives_are_counted(cluster)
    _registry_counts(cluster)
    check_operators(cluster)


def _pipelines_deploy_versions(cluster: ClusterParts) -> None:
    """A pipeline deploys by the place of the model's files, which only a runtime of KServe's takes from outside."""
    served = {(one.namespace, one.name): one for one in cluster.serving}
    for number, pipeline in enumerate(cluster.pipelines.retraining if cluster.pipelines else ()):
        one = served.get((pipeline.target.namespace, pipeline.target.name))
        if one is not None and not (isinstance(one, KServeServing) and isinstance(one.predictor, RuntimePredictor)):
            raise refuse(
                f"pipelines.retraining[{number}].target",
                f"{pipeline.name} deploys to {one.name}, which is not a runtime of KServe's",
                allowed="a serving entry of form kserve with a predictor of type runtime",
                remedy=f"set predictor.type: runtime for {one.name}, or name another target",
            )


def _objectives_are_counted(cluster: ClusterParts) -> None:
    """In mode raw nothing of KServe's is before the model server: it counts requests and failures itself, or nobody."""
    counted = {one.name: _counted_as(one) for one in cluster.serving}
    for number, objective in enumerate(cluster.monitoring.objectives if cluster.monitoring else ()):
        form = counted.get(objective.model, objective.server)
        if form != objective.server:
            raise refuse(
                f"monitoring.objectives[{number}].server",
                f"nothing counts the requests of {objective.model} as {objective.server}",
                allowed=form or "no server: in mode raw, KServe counts no requests itself",
                remedy=f"set server: {form}"
                if form
                else f"set predictor.metrics for {objective.model}, or mode: serverless, or drop it",
            )


def _counted_as(one: ClusterServing) -> str | None:
    if isinstance(one, KServeServing) and not one.wakes_from_zero:
        return one.predictor.metrics
    return one.form


def _registry_counts(cluster: ClusterParts) -> None:
    """A monitor of a server that counts nothing would say for ever that it is down."""
    if (
        cluster.mlflow
        and not cluster.mlflow.metrics
        and cluster.monitoring
        and "mlflow" in cluster.monitoring.exporters
    ):
        raise refuse(
            "mlflow.metrics",
            "monitoring.exporters names mlflow, which counts nothing for Prometheus",
            allowed="true where monitoring.exporters names mlflow",
            remedy="set mlflow.metrics: true, with prometheus-flask-exporter in its image, or drop that exporter",
        )


def _others(cluster: ClusterParts) -> Iterator[Part]:
    for part in parts(cluster):
        if part.path and not part.path.startswith(OF_THE_CLUSTER):
            yield part


def _refuse_twins(where: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise refuse(
                where,
                f"{where} declares {name} more than once",
                allowed="each name once",
                remedy=f"rename one {name.partition(' ')[0]}",
            )


def _quotas_are_of_tenants(cluster: ClusterParts, tenants: tuple[str, ...]) -> None:
    for number, pool in enumerate(cluster.gpu_pools):
        for index, team in enumerate(pool.queue.teams):
            if team.tenant not in tenants:
                raise _unknown(f"gpuPools[{number}].queue.teams[{index}].tenant", team.tenant, tenants, "tenants")


def _known(part: Part, field: str, declared: tuple[str, ...], where: str) -> None:
    name = part.text(field)
    if name is not None and name not in declared:
        raise _unknown(f"{part.path}.{field}", name, declared, where)


def _queue_takes(part: Part, cluster: ClusterParts) -> None:
    """A queue is a pool's, in the namespace of a team that has a share of it: it has the pool's name there."""
    name = part.text("queue")
    if name is None:
        return
    # A part without a namespace of its own is placed by whoever wires it: then any pool may be meant.
    shares = {
        pool.name for pool in cluster.gpu_pools for team in pool.queue.teams if part.namespace in (None, team.tenant)
    }
    if name not in shares:
        raise refuse(
            f"{part.path}.queue",
            f"{part.path}.queue names {name}, of which {part.namespace or 'any team'} has no share",
            allowed=", ".join(sorted(shares)) or f"nothing: no pool's queue.teams names {part.namespace}",
            remedy=f"give {part.namespace} a quota in the queue of the pool {name}, or name one of those",
        )


def _unknown(path: str, name: str, declared: tuple[str, ...], where: str) -> Exception:
    return refuse(
        path,
        f"{path} names {name}, which cluster.{where} does not declare",
        allowed=", ".join(declared) or f"nothing: cluster.{where} is empty",
        remedy=f"declare {name} under cluster.{where}, or name one of those",
    )
