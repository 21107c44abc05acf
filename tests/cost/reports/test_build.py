"""The report's figures, each by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.cost.reports.sample import NOW, abstained, inputs, price, recommendation, resource, run
from trimtab.cost.model import HOURS_PER_MONTH, Change, Unpriced
from trimtab.cost.model.journal import Outcome
from trimtab.cost.reports import build
from trimtab.cost.reports.build import Week
from trimtab.cost.reports.build.lines import line
from trimtab.cost.reports.model import Cost
from trimtab.cost.reports.plots.heat import step_of
from trimtab.cost.reports.words import hour_of_week, money, percent, plural
from trimtab.spec.errors import UserError


def change_of(name: str, after: int) -> Change:
    one = recommendation(resource(name), after)
    return Change(advice=one, edits=one.edits)


def test_spend_adds_up_and_is_split_by_use() -> None:
    report = build(inputs())
    # 4 x 1.408 + 8 x 1.408 + 2 x 32.7726 an hour, 730 hours.
    assert report.headline.monthly == Decimal("60182.0760")
    assert sum(group.monthly for group in report.by_component) == report.headline.monthly
    assert sum(group.monthly for group in report.by_owner) == report.headline.monthly
    for group in report.by_component:
        assert group.used + group.idle + group.unmeasured == group.monthly
    assert report.headline.use == pytest.approx(
        float(sum(group.used for group in report.by_component) / report.headline.monthly)
    )


def test_what_has_no_price_is_named_and_in_no_sum() -> None:
    report = build(inputs())
    assert report.headline.unpriced == 1
    assert [line.subject for line in report.lines if not isinstance(line.cost, Cost)] == ["old-endpoint"]


def test_held_advice_is_not_advised() -> None:
    report = build(inputs())
    assert [line.subject for line in report.advice] == ["chat-llm", "fraud-scorer"]
    assert [(one.subject, one.status, one.code) for one in report.waiting] == [
        ("nightly-pool", "held", "blast-radius"),
        ("old-endpoint", "abstained", "no-samples"),
    ]
    assert report.headline.advised == Decimal("5139.200")


@pytest.mark.parametrize(
    ("outcome", "advised"),
    [(Outcome.KEPT, ["chat-llm"]), (Outcome.ROLLED_BACK, ["chat-llm", "fraud-scorer"])],
)
def test_advice_that_was_carried_out_since_is_not_advised_again(outcome: Outcome, advised: list[str]) -> None:
    before = inputs()
    carried_out = run(change_of("fraud-scorer", 2), outcome=outcome)
    created = carried_out.planned.at.replace(hour=8)
    report = build(replace(before, advice=before.advice.model_copy(update={"created": created}), runs=(carried_out,)))
    assert [line.subject for line in report.advice] == advised


def test_heat_is_weighted_by_money() -> None:
    report = build(inputs())
    assert len(report.heat.cells) == 168
    assert report.heat.weighting == "monthly cost"
    cells = {cell.hour: cell.mean for cell in report.heat.cells}
    # Monday 14 h: the shape is 1; 30, 55 and 30 % of what costs 4,111.36, 8,222.72 and 47,848.00 a month.
    assert cells[14] == pytest.approx((0.3 * 4111.36 + 0.55 * 8222.72 + 0.3 * 47847.996) / 60182.076)
    assert cells[5 * 24 + 14] == pytest.approx(cells[14] * 0.3)


def test_promises_are_compared_with_what_came_true() -> None:
    good = run(change_of("a", 3), realised="900.00")
    unmeasured = run(change_of("b", 3), realised=None)
    gone = run(change_of("c", 3), outcome=Outcome.ROLLED_BACK)
    report = build(replace(inputs(), runs=(good, unmeasured, gone)))
    assert (report.calibration.changes, report.calibration.measured) == (2, 1)
    assert report.calibration.promised == Decimal("1027.840")
    assert report.calibration.realised == Decimal("900.00")
    assert report.calibration.ratio == pytest.approx(0.8756, abs=1e-4)
    assert (report.headline.kept, report.headline.rolled_back) == (2, 1)
    reasons = {line.subject: line.realised.status for line in report.changes}
    assert reasons == {"a": "realised", "b": "unrealised", "c": "unrealised"}


def test_a_run_after_the_week_is_not_in_it() -> None:
    early = replace(inputs(), week=Week.named("2026-W46"))
    assert build(early).changes == ()
    (line,) = build(replace(inputs(), week=Week.named("2026-W47"))).changes
    assert line.this_week
    (line,) = build(inputs()).changes
    assert not line.this_week


def test_weeks() -> None:
    assert Week.named("2026-W47").since == datetime(2026, 11, 16, tzinfo=UTC)
    assert Week.of(NOW).name == "2026-W48"
    monday_morning = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert Week.of(monday_morning).name == "2026-W47"


@pytest.mark.parametrize("text", ["2026-47", "2026-W54", "2026-W00", "last"])
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(UserError, match="--week"):
        Week.named(text)


def test_waivers_expire_first_first_and_need_a_date() -> None:
    waiver = {"rule": "r", "resource": "x", "owner": "o", "reason": "why"}
    entries = ({**waiver, "expires": "2027-01-01"}, {**waiver, "rule": "old", "expires": "2026-11-20"})
    report = build(replace(inputs(), waivers=entries))
    assert report.waivers is not None
    assert [(one.rule, one.days_left) for one in report.waivers] == [("old", -4), ("r", 38)]
    with pytest.raises(UserError, match="expires"):
        build(replace(inputs(), waivers=(waiver,)))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "$0"),
        ("0.129", "$0.13"),
        ("99.995", "$100.00"),
        ("1234567.5", "$1,234,568"),
        ("-250.4", "\N{MINUS SIGN}$250"),
    ],
)
def test_money(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


def test_words() -> None:
    assert money(None) == percent(None) == "not known"
    assert money(Decimal(5), "CHF") == "CHF 5.00"
    assert percent(0.1234, 1) == "12.3 %"
    assert hour_of_week(6 * 24 + 23) == "Sun 23:00"
    assert (plural(1, "change"), plural(2, "change")) == ("1 change", "2 changes")
    assert [step_of(share) for share in (0, 0.049, 0.05, 0.5, 0.8, 3.0)] == [0, 0, 1, 4, 6, 6]


def test_a_pool_of_which_nothing_was_measured_costs_an_unknown_sum_not_its_limit() -> None:
    pool = resource("NodePool/gpu", kind="karpenter-gpu-pool", count=8)
    unknown = line(abstained(pool), {pool.resource_id: price("10.00")})
    assert isinstance(unknown.cost, Unpriced)
    assert "how many of it ran is not known; at most 8" in unknown.cost.reason
    ran = pool.model_copy(update={"running": 0.5})
    known = line(abstained(ran), {pool.resource_id: price("10.00")})
    assert isinstance(known.cost, Cost)
    assert known.cost.monthly == Decimal("10.00") * HOURS_PER_MONTH / 2
