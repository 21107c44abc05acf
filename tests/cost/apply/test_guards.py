"""What is held back before anything changes, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cost.reports.sample import NOW, abstained, price, recommendation, resource
from trimtab.cost.apply.guards import Context, Limits, decide
from trimtab.cost.apply.guards.context import monthly_spend
from trimtab.cost.model import FleetTarget, HeldCode, MachineTarget, Replicas, SpecEdit, Unpriced
from trimtab.spec.hourly_floors import floors_field

if TYPE_CHECKING:
    from trimtab.cost.model import Advice, Recommendation

CONTEXT = Context(now=NOW, created=NOW, monthly=Decimal(20000), subjects=4)


def advice(after: int = 2, **changes: Any) -> Recommendation:
    return recommendation(resource("scorer"), after, trace=False).model_copy(update=changes)


def use(**changes: Any) -> Any:
    return advice().utilisation.model_copy(update=changes)


def other(path: str, after: int = 2) -> tuple[Any, ...]:
    return tuple(edit.model_copy(update={"spec_path": path, "after": after}) for edit in advice().edits)


def held(one: Advice, context: Context = CONTEXT) -> tuple[HeldCode, str]:
    changes, found = decide([one], context)
    assert not changes
    return found[0].code, found[0].reason


def test_nothing_is_changed_outside_the_hours_that_the_declaration_gives() -> None:
    code, reason = held(advice(), replace(CONTEXT, refusal="freeze year-end until 2027-01-04 00:00 UTC: sales"))
    assert code is HeldCode.CHANGE_WINDOW
    assert "year-end" in reason


def test_good_advice_passes() -> None:
    changes, found = decide([advice()], CONTEXT)
    assert [change.advice.subject.name for change in changes] == ["scorer"]
    assert not found


@pytest.mark.parametrize(
    ("one", "code", "says"),
    [
        (abstained(resource("quiet")), HeldCode.ABSTAINED, "no sample"),
        (advice(edits=()), HeldCode.NO_CHANGE, "says so already"),
        (advice(after=20), HeldCode.STEP, "= 20 is no step"),
        (advice(edits=other("elsewhere.maxInstances")), HeldCode.NO_HANDLE, "no field that a component offers"),
        (advice(savings=Unpriced(reason="ml.new is in no price list")), HeldCode.UNPRICED, "in no price list"),
        (advice(utilisation=use(coverage=0.5)), HeldCode.COVERAGE, "50% of the expected samples"),
        (advice(utilisation=use(last=NOW - timedelta(days=2))), HeldCode.COVERAGE, "newest sample is of 2026-11-22"),
        (advice(after=1, target=MachineTarget(capacity_fraction=0.125)), HeldCode.BLAST_RADIUS, "88% of its capacity"),
    ],
)
def test_what_is_held(one: Advice, code: HeldCode, says: str) -> None:
    got, reason = held(one)
    assert got is code
    assert says in reason


def test_advice_made_for_another_size() -> None:
    stale = advice()
    edit = stale.edits[0].model_copy(update={"before": 6})
    assert held(stale.model_copy(update={"edits": (edit,)})) == (
        HeldCode.CONFLICT, "servingEndpoints[0].capacity.maxInstances is 4 now; the advice was made for 6"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("floors", "code"), [("mon-fri 07-19 = 4; sat 10-12 = 2", None), ("mon 07-19 = 5", HeldCode.STEP)]
)
def test_floors_by_hour_are_a_step_where_each_window_is(floors: str, code: HeldCode | None) -> None:
    field = floors_field("servingEndpoints[0].capacity.", "none", 4)
    assert field.spec_path
    one = advice(utilisation=use(members=(resource("scorer").model_copy(update={"fields": (field,)}),)))
    edit = SpecEdit(name=field.name, spec_path=field.spec_path, unit=field.unit, before="none", after=floors)
    changes, found = decide([one.model_copy(update={"edits": (edit,)})], CONTEXT)
    assert [held.code for held in found] == ([code] if code else [])
    assert len(changes) == (code is None)


def test_old_advice() -> None:
    assert held(advice(), replace(CONTEXT, created=NOW - timedelta(hours=25)))[0] is HeldCode.COVERAGE


def test_never_under_the_floor() -> None:
    floored = resource("scorer").model_copy(update={"min_replicas": 2})
    one = recommendation(floored, 1, trace=False)
    assert held(one, replace(CONTEXT, limits=Limits(capacity=1.0)))[0] is HeldCode.FLOOR


def test_a_resource_in_alarm_is_left_alone() -> None:
    context = replace(CONTEXT, alarms={"scorer": ("scorer-latency",)})
    assert held(advice(), context) == (HeldCode.ALARM, "scorer-latency in ALARM before the change")


def test_only_what_was_named() -> None:
    assert held(advice(), replace(CONTEXT, only=frozenset({"other"})))[0] is HeldCode.DECLINED
    assert decide([advice()], replace(CONTEXT, only=frozenset({"scorer"})))[0]


def test_a_lower_floor_takes_no_capacity_away() -> None:
    lowered = tuple(edit.model_copy(update={"name": "minInstances", "after": 1}) for edit in advice().edits)
    one = advice(edits=lowered, target=FleetTarget(replicas=Replicas(min=1, max=4)))
    assert decide([one], replace(CONTEXT, limits=Limits(capacity=0.1)))[0]


def several(count: int) -> list[Recommendation]:
    made = []
    for number in range(count):
        one = recommendation(resource(f"endpoint-{number}"), 2, trace=False)
        path = f"servingEndpoints[{number}].capacity.maxInstances"
        fields = tuple(field.model_copy(update={"spec_path": path}) for field in one.lead.fields)
        lead = one.lead.model_copy(update={"fields": fields})
        measured = one.utilisation.model_copy(update={"members": (lead,)})
        edits = tuple(edit.model_copy(update={"spec_path": path}) for edit in one.edits)
        made.append(one.model_copy(update={"utilisation": measured, "edits": edits}))
    return made


def test_a_share_of_the_resources_at_once() -> None:
    changes, found = decide(several(4), CONTEXT)
    assert len(changes) == 2
    assert {one.code for one in found} == {HeldCode.BLAST_RADIUS}
    assert "2 of 4 resources" in found[0].reason


def test_one_resource_may_always_change() -> None:
    assert len(decide(several(1), replace(CONTEXT, subjects=1))[0]) == 1


def test_a_share_of_the_spend_at_once() -> None:
    # Each saves 2,055.68 of 6,000: the first moves 34 %, the second would move 69 %.
    changes, found = decide(several(4), replace(CONTEXT, monthly=Decimal(6000)))
    assert len(changes) == 1
    assert "69% of the spend would move" in found[0].reason


def test_two_edits_of_one_field() -> None:
    twice = [several(1)[0], several(1)[0]]
    changes, found = decide(twice, CONTEXT)
    assert len(changes) == 1
    assert found[0].code is HeldCode.CONFLICT


def test_the_spend_counts_each_resource_once() -> None:
    one = advice()
    assert monthly_spend([one, one], {"scorer": price()}) == Decimal("4111.360")
