"""What one piece of advice would write into a declaration: the kind's own edits, on a shipped stack's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds import Shape
from trimtab.cost.model import Autoscale, FleetTarget, MachineTarget, Replicas, Requests, RequestsTarget, Resource

if TYPE_CHECKING:
    from docs.handles import Declared

    from trimtab.cost.kinds import Kind
    from trimtab.cost.model import Target

_TARGET, _WAIT = 60.0, 45.0
_FULL = 4_000.0


def example(kind: Kind, declared: Declared | None) -> str:
    """Return a plan and the edits that carry it; without a declaration the plan alone."""
    if declared is None:
        return f"{_said(kind, _target(kind, None))} Nothing is edited."
    one = declared.template
    resource = Resource(
        resource_id="example", kind=kind.id, instance_type=one.instance_type, count=one.count, fields=one.fields,
        full_invocations=_FULL,
    )  # fmt: skip
    target = _target(kind, declared)
    edits = "\n".join(f"{edit.spec_path}: {edit.before} → {edit.after}" for edit in kind.edits(resource, target))
    return f"{_said(kind, target, declared)} In `{declared.file}` that is:\n\n```text\n{edits}\n```"


def _target(kind: Kind, declared: Declared | None) -> Target:
    if kind.shape is Shape.MACHINE:
        return MachineTarget(capacity_fraction=0.5)
    if kind.shape is Shape.WORKLOAD and declared is not None:
        now = {field.unit: float(field.current) for field in declared.template.fields if field.unit != "instanceType"}
        return RequestsTarget(requests=Requests(cpu_millicores=now["millicores"] / 3, memory_mib=now["MiB"]))
    count = declared.template.count if declared else 4
    plan = Replicas(
        min=0,
        max=max(1, count // 2),
        autoscale=Autoscale(target_percent=next(iter(kind.scaling.targets), _TARGET), scale_down_after_minutes=_WAIT),
    )
    return FleetTarget(replicas=plan)


def _said(kind: Kind, target: Target, declared: Declared | None = None) -> str:
    if isinstance(target, MachineTarget):
        return f"Advised: {target.capacity_fraction:g} of its capacity."
    if isinstance(target, RequestsTarget):
        return f"Advised: a request of {target.requests.cpu_millicores:,.0f} millicores, memory as it is."
    plan = target.replicas
    aim = f"{plan.autoscale.target_percent:g} %" if plan.autoscale else "all"
    units = {field.unit for field in declared.template.fields} if declared else set()
    seen = f" {_FULL:,.0f} invocations a minute were seen to fill one." if "invocationsPerMinute" in units else ""
    return (
        f"Advised: {plan.min} to {plan.max} {kind.unit}, at {aim} of what they can do, an idle one kept for "
        f"{_WAIT:g} minutes.{seen}"
    )
