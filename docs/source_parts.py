"""What each source reads, by the kinds' own words and the source's own constants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docs.spec_tables import spec_tables
from docs.tables import number, page, table

from trimtab.cost.kinds import KINDS
from trimtab.cost.permissions import SIZING_READS
from trimtab.cost.sources import engines, inventory_file
from trimtab.cost.sources.cloudwatch import BATCH, period_seconds
from trimtab.cost.sources.files import USAGE_COLUMNS
from trimtab.cost.sources.inventory_aws import READERS
from trimtab.cost.sources.inventory_kubernetes.workloads import TEAM_LABELS
from trimtab.cost.sources.prometheus import access
from trimtab.cost.sources.prometheus.source import step_of
from trimtab.spec.sizing import SIZING_OUTPUT, SizingHandle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trimtab.cost.kinds import Kind

_NAMES = re.compile(r"\$(\w+)")
_SPANS = (15, 63, 455)
"""Days up to which another distance of samples holds."""
_METRIC = ["kind", "metric", "what is read"]


def _link(kind: Kind) -> str:
    return f"[`{kind.id}`](../kinds/{kind.id}.md)"


def _cloudwatch() -> str:
    asked = (
        [_link(kind), f"`{name}`", f"`{one.namespace}` `{one.name}`, {one.statistic.lower()} by `{one.dimension}`"]
        for kind in KINDS.values()
        for name, one in [
            *((demand.metric, demand.cloud) for demand in kind.demands),
            *([("units that ran", kind.in_service.total)] if kind.in_service else []),
            *([("the same of one unit", kind.in_service.per_unit)] if kind.in_service else []),
        ]
        if one is not None
    )
    spans = ([f"up to {days} days", f"{period_seconds(days)} s"] for days in _SPANS)
    actions = ([f"`{action}`", why] for action, why in SIZING_READS.items() if action.startswith("cloudwatch:"))
    return page(
        "## What it is asked",
        f"GetMetricData, {BATCH} series a call, in the region of each resource. Credentials, region and "
        "`AWS_ENDPOINT_URL` are boto3's own.",
        table(_METRIC, asked),
        "## How far apart samples are",
        table(["span", "period"], spans),
        "## What it takes",
        table(["action", "for"], actions),
    ).rstrip()


def _prometheus() -> str:
    names = {
        kind.id: sorted(
            {
                name
                for query in (*(demand.prometheus for demand in kind.demands), kind.running)
                if query
                for name in _NAMES.findall(query.template)
            }
        )
        for kind in KINDS.values()
    }
    asked = (
        [
            _link(kind),
            ", ".join(f"`{demand.metric}`" for demand in kind.demands if demand.prometheus),
            ", ".join(f"`${name}`" for name in names[kind.id]),
        ]
        for kind in KINDS.values()
        if names[kind.id]
    )
    spans = ([f"up to {days} days", f"{step_of(days)[0]} s", f"`{step_of(days)[1]}`"] for days in _SPANS)
    settings = [
        [f"`{access.URL}`", "`--prometheus-url`", "address, with its path prefix"],
        [f"`{access.TOKEN}`", "", "bearer token; never an option, which a process list would show"],
        [f"`{access.TOKEN_FILE}`", "", "a file that holds it"],
        [f"`{access.CA_FILE}`", "`--prometheus-ca`", "certificates to trust"],
        ["", "`--prometheus-header`", "`Name: value`, a tenant's; may be given twice"],
    ]
    return page(
        "## What it is asked",
        "The queries stand on each kind's page. `$pods` is the pattern of a workload's pods, `$gpus` those of one "
        "unit, `$units` how many there may be, `$window` the range of one sample; the others are dimensions of the "
        "resource, from its handle or its row in the inventory.",
        table(["kind", "metrics", "names in its queries"], asked),
        "## How far apart samples are",
        table(["span", "step", "`$window`"], spans),
        "## How it is reached",
        table(["environment", "option", "what it is"], settings),
    ).rstrip()


def _both() -> str:
    rows = (
        [_link(kind), "CloudWatch" if any(demand.cloud for demand in kind.demands) else "Prometheus"]
        for kind in KINDS.values()
    )
    return page("## Which kind is read where", table(["kind", "from"], rows)).rstrip()


def _file() -> str:
    metrics = (
        [_link(kind), f"`{demand.metric}`", f"{number(demand.full) if demand.full else 'as it is'}"]
        for kind in KINDS.values()
        for demand in kind.demands
    )
    columns = ", ".join(f"`{name}`" for name in USAGE_COLUMNS)
    return page("## Columns", columns + ".", "## Metrics", table(["kind", "metric", "full at"], metrics)).rstrip()


def _table() -> str:
    return page(
        "## Columns and metrics",
        "Those of [`file`](file.md).",
        "## Engines",
        f"`--engine` is one of {', '.join(f'`{one}`' for one in engines.ALLOWED.split(', '))}.",
    ).rstrip()


def _inventory_file() -> str:
    groups = {
        "always": inventory_file.COLUMNS,
        "may be there": inventory_file.OPTIONAL,
        "whose it is": inventory_file.OWNER_COLUMNS,
        "what a workload requests": inventory_file.REQUEST_COLUMNS,
        "what finds it in Prometheus": inventory_file.DIMENSION_COLUMNS,
    }
    rows = ([when, ", ".join(f"`{name}`" for name in names)] for when, names in groups.items())
    return page("## Columns", table(["", "columns"], rows), f"`kind` is one of {_kinds()}.").rstrip()


def _inventory_aws() -> str:
    calls = (
        [_link(KINDS[reader.kind]), f"`{action}`", why] for reader in READERS for action, why in reader.calls.items()
    )
    return page("## Calls", table(["kind", "call", "why"], calls), "`trimtab doctor --policy` prints them.").rstrip()


def _inventory_kubernetes() -> str:
    labels = ", ".join(f"`{name}`" for name in TEAM_LABELS)
    return page("## Owner", f"The first of the labels {labels} that a workload has; else its namespace.").rstrip()


def _kinds() -> str:
    return ", ".join(_link(kind) for kind in KINDS.values())


def _stack_state() -> str:
    bare = (
        [f"`{token}`", _link(kind), *(f"`{name}`" if name else "" for name in (where.identity, where.instance_type))]
        for kind in KINDS.values()
        for token, where in kind.cloud_types.items()
    )
    return page(
        "## Sizing handles",
        f"A component's output `{SIZING_OUTPUT}` is a list of these:",
        spec_tables(SizingHandle),
        "## Without a handle",
        "Resources of these types are told, never changed:",
        table(["type in the state", "kind", "id from", "instance type from"], bare),
    ).rstrip()


SECTIONS: Mapping[str, Callable[[], str]] = {
    "file": _file,
    "table": _table,
    "cloudwatch": _cloudwatch,
    "prometheus": _prometheus,
    "both": _both,
    "stack-state": _stack_state,
    "inventory-aws": _inventory_aws,
    "inventory-kubernetes": _inventory_kubernetes,
    "inventory-file": _inventory_file,
}
"""By the source's name."""
