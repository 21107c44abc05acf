"""Commitments in the report: the same figures in each form."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cost.commitments.build import CACHE, ML, Known
from tests.cost.commitments.test_advise import made
from tests.cost.reports.sample import inputs, recommendation, resource
from trimtab.cost.reports import Report, build, to_html, to_json, to_markdown

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.commitments import CommitmentsDocument


@pytest.fixture(scope="module")
def commitments(tmp_path_factory: pytest.TempPathFactory) -> CommitmentsDocument:
    """Cache nodes that are priced, an endpoint that is not, and half of it that advice would remove."""
    folder: Path = tmp_path_factory.mktemp("commitments")
    return made(folder, advice=(recommendation(resource("scorer"), 2),), rates=Known({CACHE: "0.15"}))


def test_people_read_level_range_and_what_is_left_out(commitments: CommitmentsDocument) -> None:
    report = build(replace(inputs(), commitments=commitments))
    for shown in (to_html(report), to_markdown(report)):
        text = shown.replace("\\", "")
        assert "3 nodes" in text
        assert "$219 to $219" in text
        assert "Left out: $" in text
        assert f"Unpriced: SageMaker Savings Plan {ML}: AWS lists no rate" in text


def test_machines_read_the_whole_document(commitments: CommitmentsDocument) -> None:
    text = to_json(build(replace(inputs(), commitments=commitments)))
    assert Report.model_validate_json(text).commitments == commitments
    assert json.loads(text)["commitments"]["schema"] == "trimtab.cost.commitments/1"


def test_without_them_nothing_is_said() -> None:
    assert "Commitments" not in to_markdown(build(inputs()))
