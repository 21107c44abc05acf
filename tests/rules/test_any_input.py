"""No resource makes a rule crash: random, missing, unknown, secret and ill-typed properties, through both decoders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.registry import RULES
from trimtab.rules.stack import Stack
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.port import AnyRule
    from trimtab.rules.resource import Resource

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(max_size=8),
    st.sampled_from(["*", "0.0.0.0/0", "{", "[]", '"text"', "null", "-1", "$Latest", "s3://", "arn:aws:s3:::x/", ""]),
    st.sampled_from(list(Opaque)),
)


def _values(keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        LEAVES,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=8,
    )


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


def vocabulary(rule: AnyRule) -> list[str]:
    """The property names that the rule's own examples use: random ones would never be read."""
    resources = (*rule.fails.resources, *rule.passes.resources)
    return sorted(
        {key for resource in resources for key in _keys(dict(resource.declared))} | {"tags", "name", "bucket"}
    )


def _damaged(data: st.DataObject, value: Any, junk: st.SearchStrategy[Any]) -> Any:
    """The value with some of its parts dropped or replaced."""
    fate = data.draw(st.integers(0, 7))
    if fate == 0:
        return data.draw(junk)
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if data.draw(st.integers(0, 7))}
        return {key: _damaged(data, item, junk) for key, item in kept.items()}
    if isinstance(value, list):
        return [_damaged(data, item, junk) for item in value]
    return value


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_rule_survives_any_properties(rule: AnyRule, data: st.DataObject) -> None:
    keys = st.sampled_from(vocabulary(rule))
    junk = _values(keys)
    example = data.draw(st.sampled_from([rule.fails, rule.passes]))
    resources = []
    for resource in example.resources:
        wild = data.draw(st.booleans())
        declared = data.draw(st.dictionaries(keys, junk, max_size=5)) if wild else dict(resource.declared)
        damaged = {key: _damaged(data, value, junk) for key, value in declared.items()}
        resources.append(replace(resource, declared=damaged, outputs=damaged))
    found = RuleSet([rule], default_settings([rule])).check(Stack(tuple(resources)))
    assert {finding.status for finding in found} <= {"finding", "unknown"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_subject_that_is_wholly_unknown_is_never_called_broken_or_ignored(rule: AnyRule) -> None:
    """Every property of the passing example not known yet: the rule may say that it does not know, nothing else."""
    found = RuleSet([rule], default_settings([rule])).check(Stack(tuple(map(_all_unknown, rule.passes.resources))))
    assert {finding.status for finding in found} <= {"unknown"}
    found = RuleSet([rule], default_settings([rule])).check(Stack(tuple(map(_all_unknown, rule.fails.resources))))
    lacks = any(not resource.declared for resource in rule.fails.resources if resource.type in rule.types)
    assert found or lacks, "an unknown subject passed silently"


def _all_unknown(resource: Resource) -> Resource:
    unknown = dict.fromkeys(resource.declared, Opaque.UNKNOWN)
    return replace(resource, declared=unknown, outputs={}, id="")
