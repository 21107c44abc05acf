"""The page of each kind that is sized, and the index of these and of what is looked through for waste."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from typing import TYPE_CHECKING

from docs.components import page_name
from docs.handles import declared
from docs.kind_example import example
from docs.tables import number, page, steps, table

from trimtab import components
from trimtab.cost.account import ACCOUNT_KINDS
from trimtab.cost.kinds import KINDS, Shape

if TYPE_CHECKING:
    from docs.handles import Declared

    from trimtab.cost.kinds import CloudMetric, Kind

SERVICES = {"ec2": "EC2", "sagemaker": "SageMaker"}
_HELD = {"gpus": "GPUs", "vcpus": "vCPUs"}


def kind_pages() -> dict[str, str]:
    """Return `cost/kinds/<kind>.md` of every sized kind, and the index `cost/kinds/README.md`."""
    made = {f"cost/kinds/{kind.id}.md": kind_page(kind) for kind in KINDS.values()}
    return {"cost/kinds/README.md": _index(), **made}


def _index() -> str:
    sized = (
        [
            f"[`{kind.id}`]({kind.id}.md)",
            ", ".join(f"`{demand.metric}`" for demand in kind.demands),
            f"{kind.shape.value}, {kind.unit}",
            _priced(kind),
        ]
        for kind in KINDS.values()
    )
    wasted = ([f"[`{kind.id}`]({kind.id}.md)", kind.found, kind.proposed] for kind in ACCOUNT_KINDS.values())
    return page(
        "# Kinds",
        f"Written by `make docs` from the {len(KINDS)} kinds that are sized and the {len(ACCOUNT_KINDS)} that are "
        "looked through for waste.",
        "## Sized by a load",
        "[In prose](../kinds.md).",
        table(["kind", "measured by, first that is there", "sized as", "priced as"], sized),
        "## Looked through for waste",
        "[In prose](../waste.md).",
        table(["kind", "found where", "proposed"], wasted),
    )


def kind_page(kind: Kind) -> str:
    """Return the page of one kind."""
    module = import_module(f"trimtab.cost.kinds.{kind.id.replace('-', '_')}")
    return page(
        f"# `{kind.id}`: {kind.title}",
        f"Written by `make docs` from `src/{module.__name__.replace('.', '/')}.py`. [In prose](../kinds.md#{kind.id}).",
        inspect.getdoc(module) or "",
        f"Sized as a {kind.shape.value}, in {kind.unit}. {shape_docs()[kind.shape.name]}",
        f"**Never crossed**: {kind.never_cross}",
        "## What is measured",
        _measured(kind),
        _running(kind),
        _queries(kind),
        "## What may be changed",
        *_changed(kind),
        _bare(kind),
        "## What it costs",
        f"{_capital(_priced(kind))}.",
        "## Example",
        example(kind, next((one for one in declared() if one.template.kind == kind.id), None)),
    )


def shape_docs() -> dict[str, str]:
    """Return what each shape is, as its source says below it."""
    (node,) = [found for found in ast.parse(inspect.getsource(Shape)).body if isinstance(found, ast.ClassDef)]
    found = {}
    for here, after in zip(node.body, node.body[1:], strict=False):
        if isinstance(here, ast.Assign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(here.targets[0])] = _capital(" ".join(str(after.value.value).split()))
    return found


def _measured(kind: Kind) -> str:
    rows = (
        [
            f"`{demand.metric}`",
            number(demand.full) if demand.full else "`unit_capacity`, or the most that was seen",
            number(demand.ceiling),
            "yes" if demand.saturates else "no",
            _cloud(demand.cloud) if demand.cloud else "",
            "yes" if demand.prometheus else "",
        ]
        for demand in kind.demands
    )
    header = ["metric", "a unit is full at", "nothing is above", "hides what had to wait", "CloudWatch", "Prometheus"]
    return table(header, rows)


def _cloud(metric: CloudMetric) -> str:
    divided = f", divided by its {_HELD[metric.adds_up]}" if metric.adds_up else ""
    return f"`{metric.namespace}` `{metric.name}` by `{metric.dimension}`, {metric.statistic.lower()}{divided}"


def _running(kind: Kind) -> str:
    if kind.in_service is None:
        return ""
    total, each = kind.in_service.total, kind.in_service.per_unit
    return f"How many ran, from CloudWatch: {_cloud(total)}{f', over {_cloud(each)}' if each else ''}."


def _queries(kind: Kind) -> str:
    asked = {f"`{one.metric}`": one.prometheus for one in kind.demands} | {"How many ran": kind.running}
    blocks = [f"{what}:\n\n```promql\n{query.template}\n```" for what, query in asked.items() if query]
    head = "What Prometheus is asked, with the [source's own names](../sources/prometheus.md) after each `$`:"
    return "\n\n".join([head, *blocks]) if blocks else ""


def _changed(kind: Kind) -> list[str]:
    parts = [_declared(one) for one in declared() if one.template.kind == kind.id]
    return parts or ["No shipped stack declares one. The advice is for whoever does, or keeps the inventory."]


def _declared(one: Declared) -> str:
    rows = (
        [
            f"`{field.name}`",
            field.unit,
            str(field.current),
            steps(field.allowed),
            f"`{field.spec_path}`" if field.spec_path else "told, not changed",
        ]
        for field in one.template.fields
    )
    cls = getattr(components, one.component)
    where = f"[{one.component}](../../components/{page_name(cls)}.md), at `{one.path}` of `{one.file}`"
    return f"{where}:\n\n" + table(["field", "unit", "there", "may be set to", "declared at"], rows)


def _bare(kind: Kind) -> str:
    types = ", ".join(f"`{token}`" for token in kind.cloud_types)
    return f"In a stack's state without a handle it is told and never changed: {types}." if types else ""


def _priced(kind: Kind) -> str:
    service = SERVICES[kind.service]
    price = f"the on-demand price of its instance type in {service}'s list"
    if kind.share is not None:
        price = (
            f"its largest share (CPU, memory, GPUs) of a node, at the on-demand price of the node in {service}'s list"
        )
    return price if kind.scaling.floor else f"{price}, for the nodes that ran"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
