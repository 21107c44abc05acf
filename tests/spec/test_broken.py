"""Broken declarations: each is refused with path, value, what is allowed and a remedy, in the user's words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spec.places import leaves, objects, put, without
from tests.spec.platforms import platforms
from tests.spec.values import whole_platforms
from trimtab.spec import read_platform
from trimtab.spec.errors import SpecError, UserError

PROBLEM = re.compile(
    r"^(?P<path>[\w.\[\]]+)(?: = (?P<value>.+?))?: (?P<what>[^:']+?); allowed: (?P<allowed>.+); remedy: (?P<remedy>.+)$"
)
OF_PYTHON = re.compile(r"tuple|dictionar|instance of|Decimal|NoneType|pydantic|Field required|valid string")


def problems(declared: Any) -> tuple[str, ...]:
    with pytest.raises(SpecError) as refused:
        read_platform(declared, source="Pulumi.dev.yaml")
    assert isinstance(refused.value, UserError)
    assert str(refused.value).startswith("Pulumi.dev.yaml: ")
    for problem in refused.value.problems:
        assert PROBLEM.match(problem), problem
        assert not OF_PYTHON.search(problem), problem
        assert "\n" not in problem
    return refused.value.problems


def problem_at(declared: Any, path: str) -> re.Match[str]:
    found = [match for problem in problems(declared) if (match := PROBLEM.match(problem)) and match["path"] == path]
    assert found, (path, problems(declared))
    return found[0]


@whole_platforms
@given(platforms(), st.data())
def test_an_object_where_a_value_belongs(declared: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(leaves(declared))))
    problem = problem_at(put(declared, path, {"nested": True}), path)
    assert problem["value"] == "{'nested': True}"


@whole_platforms
@given(platforms(), st.data())
def test_a_value_where_an_object_belongs(declared: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in objects(declared) if path]))
    assert problem_at(put(declared, path, 17), path)["value"] == "17"


@whole_platforms
@given(platforms(), st.data())
def test_an_unknown_field(declared: dict[str, Any], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(objects(declared))))
    path = f"{place}.surprise" if place else "surprise"
    problem = problem_at(put(declared, path, 1), path)
    assert problem["what"] == "there is no such field"
    assert problem["remedy"] == "remove surprise"


@whole_platforms
@given(platforms(), st.sampled_from(["name", "environment", "owner", "owner.team", "owner.contact"]))
def test_a_missing_field(declared: dict[str, Any], path: str) -> None:
    problem = problem_at(without(declared, path), path)
    assert problem["what"] == "is required"
    assert problem["remedy"] == f"add {path}"


@whole_platforms
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
        max_leaves=12,
    )
)
def test_anything_at_all(value: Any) -> None:
    """What is no declaration is refused with sentences, never with an error of Python's."""
    with pytest.raises(SpecError):
        read_platform(value)


def test_every_problem_is_told_at_once() -> None:
    found = problems({"name": "A", "environment": "test", "owner": {"team": "x", "costCentre": "y"}})
    assert [PROBLEM.match(problem)["path"] for problem in found] == [  # type: ignore[index]  # checked by problems()
        "name",
        "environment",
        "owner.costCenter",
        "owner.contact",
        "owner.costCentre",
    ]


def test_a_misspelled_field_is_recognised() -> None:
    found = problems(
        {"name": "acme", "environment": "dev", "owner": {"team": "a", "costCentre": "b", "contact": "a@b.cd"}}
    )
    assert any("did you mean costCenter?" in problem for problem in found)


@pytest.mark.parametrize("value", [True, "3", 3.0, 3.5, float("nan"), None])
def test_only_a_whole_number_is_a_count(value: Any) -> None:
    base = {"name": "acme", "environment": "dev", "owner": {"team": "a", "costCenter": "b", "contact": "a@b.cd"}}
    problem = problem_at({**base, "network": {"type": "new", "zones": value}}, "network.zones")
    assert problem["allowed"] == "a whole number from 2 to 6"
    assert problem["remedy"] == "set network.zones to a whole number from 2 to 6"
