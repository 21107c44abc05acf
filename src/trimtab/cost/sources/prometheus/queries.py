"""From a kind's PromQL template and a resource's dimensions to a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Defect
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.kinds import PromQuery
    from trimtab.cost.model import Resource

RUNNING = "units_running"
"""Name of the series that tells how many units of a fleet ran."""

# How the controllers of Kubernetes name the pods of a workload: a hash of the template and five random letters for
# a Deployment, an ordinal for a StatefulSet, five random letters for the others. Names are cut at 58 letters before
# the random part (`generateName`), so a long name is matched by what is left of it.
_SUFFIX = {
    "Deployment": "-[a-z0-9]{6,10}-[a-z0-9]{5}",
    "StatefulSet": "-[0-9]+",
    "ReplicaSet": "-[a-z0-9]{5}",
    "DaemonSet": "-[a-z0-9]{5}",
    "Job": "-[a-z0-9]{5}",
    "CronJob": "-[0-9]+-[a-z0-9]{5}",
}
# KubeRay puts the group's name behind the cluster's, and behind a service's or job's five random letters (before 1.4
# after `-raycluster`): utils.PodName and utils.GenerateRayClusterName of ray-project/kuberay.
_RAY = {"RayCluster": "", "RayService": "(-raycluster)?-[a-z0-9]{5}", "RayJob": "(-raycluster)?-[a-z0-9]{5}"}
_RAY_CUT = 20
"""The longest name of a service or cluster, and of a group, of which KubeRay cuts nothing: 50 letters in all."""
_CUT = 46
"""The longest name whose pods' names are never cut: 58 less the template's hash and two dashes."""


@dataclass(frozen=True)
class Query:
    """One metric of one resource, as PromQL."""

    resource_id: str
    metric: str
    text: str


def queries(resources: Sequence[Resource], window: str) -> tuple[list[Query], list[Defect]]:
    """Return what to ask, and what cannot be asked because a dimension is not known.

    Args:
        resources: the inventory.
        window: the range of one sample, `5m`.
    """
    asked: list[Query] = []
    unknown: set[str] = set()
    for resource in resources:
        kind = KINDS[resource.kind]
        wanted = [(demand.metric, demand.prometheus) for demand in kind.demands]
        for metric, template in [*wanted, (RUNNING, kind.running)]:
            if template is None:
                continue
            text = rendered(template, resource, window)
            if text is None:
                unknown.add(resource.resource_id)
            else:
                asked.append(Query(resource.resource_id, metric, text))
    shown = ", ".join(sorted(unknown)[:3])
    repair = f"not asked for: the inventory does not name the labels that find it ({shown})"
    return asked, [Defect(code="unknown-labels", count=len(unknown), repair=repair)] if unknown else []


def rendered(query: PromQuery, resource: Resource, window: str) -> str | None:
    """Return the PromQL, or None where the resource lacks a dimension that the query needs."""
    own = {query.identity: resource.resource_id} if query.identity and not resource.dimensions else {}
    known = {**own, **resource.dimensions}
    values = {name: quoted(value) for name, value in known.items()}
    if known.get("workload"):
        values["pods"] = quoted(pods(known["workload"], known.get("workload_kind", ""), known.get("worker_group", "")))
    values |= {"window": window, "gpus": f"{gpus(resource):g}", "units": str(max(resource.count, 1))}
    try:
        return Template(query.template).substitute(values)
    except KeyError:
        return None


def quoted(value: str) -> str:
    """Escape a label's value for a double-quoted PromQL string."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def pods(workload: str, kind: str, group: str = "") -> str:
    """Return the pattern (RE2, anchored by PromQL) of the names of a workload's pods.

    Args:
        workload: its name.
        kind: its Kubernetes kind; another than the known ones has pods whose names begin with the workload's.
        group: of a Ray cluster's workers; empty: all of its pods.
    """
    if group and kind in _RAY and max(len(workload), len(group)) <= _RAY_CUT:
        return f"{_literal(workload)}{_RAY[kind]}-{_literal(group)}-worker-[a-z0-9]{{5}}"
    if len(workload) > _CUT or kind not in _SUFFIX:
        return f"{re.escape(workload[:_CUT])}.+"
    return _literal(workload) + _SUFFIX[kind]


def _literal(name: str) -> str:
    return re.escape(name).replace("\\-", "-")


def gpus(resource: Resource) -> float:
    """Return the GPUs of one unit: what it requests, else what its instance type holds, else one."""
    requested = resource.requests.gpus
    holds = shape(resource.instance_type)
    return requested or (float(holds.gpus) if holds and holds.gpus else 1.0)
