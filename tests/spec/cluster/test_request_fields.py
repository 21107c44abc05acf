"""Steps of a request stay inside what the model accepts, at both ends."""

from __future__ import annotations

import pytest

from trimtab.spec.cluster.request_fields import Requested, request_fields


@pytest.mark.parametrize(
    ("current", "first", "last"),
    [(200, 200, 600), (1000, 200, 2000), (16_000, 200, 16_000)],
    ids=["the least", "in between", "the most"],
)
def test_steps_end_where_the_model_does(current: int, first: int, last: int) -> None:
    cpu, _ = request_fields("airflow", Requested("cpu", current, 200, 16_000), Requested("memory", 512, 512, 65_536))
    assert (cpu.allowed[0], cpu.allowed[-1]) == (first, last)
    assert current in cpu.allowed
    assert cpu.spec_path == "airflow.cpu"


def test_what_a_program_declares_has_no_path() -> None:
    _, memory = request_fields(None, Requested("cpu", 100, 100, 200), Requested("memory", 512, 512, 65_536))
    assert memory.spec_path is None
    assert memory.unit == "MiB"
