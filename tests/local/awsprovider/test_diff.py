"""Diff: what changed, by path, what makes a new resource, and in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.local.awsprovider.cases import CASES, World
from trimtab.local.awsprovider.diff import changes

if TYPE_CHECKING:
    from tests.local.awsprovider.plugin import Plugin

ROLE = "aws:iam/role:Role"
REPLACED = sorted(token for token, case in CASES.items() if case.replace is not None)


@pytest.mark.parametrize("token", REPLACED)
def test_what_cannot_change_makes_a_new_resource(token: str, plugin: Plugin, world: World) -> None:
    case = CASES[token]
    assert case.replace is not None
    inputs = case.inputs(world)
    old = plugin.check(token, inputs)
    new = plugin.check(token, {**inputs, **case.replace(world)}, olds=old)
    found = plugin.diff(token, old, new)
    assert set(found.replaces) >= set(case.replace(world).keys() & set(found.diffs))
    assert found.replaces


def _kinds(found: Any) -> dict[str, str]:
    names = {0: "ADD", 1: "ADD_REPLACE", 2: "DELETE", 3: "DELETE_REPLACE", 4: "UPDATE", 5: "UPDATE_REPLACE"}
    return {path: names[entry.kind] for path, entry in found.detailedDiff.items()}


def test_paths_and_kinds(plugin: Plugin) -> None:
    old = {"name": "a", "tags": {"a": "1", "b": "2"}, "managedPolicyArns": ["x", "y"]}
    new = {"name": "b", "tags": {"a": "2", "c": "3"}, "managedPolicyArns": ["x"]}
    assert _kinds(plugin.diff(ROLE, old, new)) == {
        "name": "UPDATE_REPLACE",
        "tags.a": "UPDATE",
        "tags.b": "DELETE",
        "tags.c": "ADD",
        "managedPolicyArns[1]": "DELETE",
    }


def test_policies_that_say_the_same_are_the_same(plugin: Plugin) -> None:
    one = json.dumps({"Version": "2012-10-17", "Statement": []})
    other = json.dumps({"Statement": [], "Version": "2012-10-17"}, indent=2)
    found = plugin.diff(ROLE, {"assumeRolePolicy": one}, {"assumeRolePolicy": other})
    assert found.changes == found.DIFF_NONE


def test_nothing_and_emptiness_are_the_same(plugin: Plugin) -> None:
    found = plugin.diff(ROLE, {"tags": {}}, {"managedPolicyArns": []})
    assert found.changes == found.DIFF_NONE


def test_ignored_changes_do_not_count(plugin: Plugin) -> None:
    found = plugin.diff(ROLE, {"tags": {"a": "1"}}, {"tags": {"a": "2"}}, ignored=("tags",))
    assert found.changes == found.DIFF_NONE


def test_a_fixed_name_must_be_freed_first(plugin: Plugin) -> None:
    old, new = {"name": "mine", "path": "/"}, {"name": "mine", "path": "/ml/"}
    assert plugin.diff(ROLE, old, new).deleteBeforeReplace
    given_by_us = {"__defaults": ["name"]}
    assert not plugin.diff(ROLE, {**old, **given_by_us}, {**new, **given_by_us}).deleteBeforeReplace


def test_another_region_is_another_resource(plugin: Plugin) -> None:
    token = "aws:sns/topic:Topic"
    found = plugin.diff(token, {"name": "a"}, {"name": "a", "region": "us-east-1"})
    assert list(found.replaces) == ["region"]


def test_the_sdks_own_words_make_types_without_a_mapping_replace(plugin: Plugin) -> None:
    token = "aws:memorydb/cluster:Cluster"
    found = plugin.diff(token, {"subnetGroupName": "a"}, {"subnetGroupName": "b"})
    assert found.changes == found.DIFF_SOME
    found = plugin.diff(token, {"name": "a"}, {"name": "b"})
    assert list(found.replaces) == ["name"]


_BAGS = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), _BAGS, max_size=4))
def test_a_bag_does_not_differ_from_itself(bag: dict[str, Any]) -> None:
    assert changes(bag, bag, {"a"}) == []


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=2), _BAGS, max_size=4),
    st.dictionaries(st.text("abc", min_size=1, max_size=2), _BAGS, max_size=4),
)
def test_changes_are_seen_from_both_sides(one: dict[str, Any], other: dict[str, Any]) -> None:
    forth = {change.path for change in changes(one, other, ())}
    back = {change.path for change in changes(other, one, ())}
    assert forth == back
