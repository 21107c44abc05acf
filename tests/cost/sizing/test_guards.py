from __future__ import annotations

import pytest

from trimtab.cost.model import AbstentionCode
from trimtab.cost.sizing.guards import History, withheld

GOOD = History(days=14, samples=4_000, coverage=0.99, age_days=0.1)


@pytest.mark.parametrize(
    ("history", "code"),
    [
        (GOOD, None),
        (History(days=14, samples=99, coverage=0.99, age_days=0), AbstentionCode.FEW_SAMPLES),
        (History(days=2.9, samples=800, coverage=0.99, age_days=0), AbstentionCode.SHORT_HISTORY),
        (History(days=14, samples=800, coverage=0.49, age_days=0), AbstentionCode.LOW_COVERAGE),
        (History(days=14, samples=800, coverage=0.99, age_days=7.1), AbstentionCode.STALE),
    ],
)
def test_each_guard_has_a_name_and_says_its_figures(history: History, code: AbstentionCode | None) -> None:
    found = withheld(history, least_days=3, least_samples=100)
    assert (found and found[0]) == code
    if found:
        assert any(letter.isdigit() for letter in found[1])
