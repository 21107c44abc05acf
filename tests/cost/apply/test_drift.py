"""What somebody changed by hand is found in the engine's words, and held."""

from __future__ import annotations

import json
from typing import Any

from tests.cost.reports.sample import recommendation, resource
from trimtab.cost.apply.engine.drift import below, drifts
from trimtab.cost.apply.guards import hold_drifted
from trimtab.cost.model import Change, HeldCode

COMPONENT = "urn:pulumi:prod::acme::trimtab:index:ServingEndpoint::scorer"
TARGET = "urn:pulumi:prod::acme::aws:appautoscaling/target:Target::scorer-target"


def step(op: str = "update", found: dict[str, Any] | None = None, **old: Any) -> str:
    inputs = {"minCapacity": 2, "maxCapacity": 4, "tags": {"Team": "fraud"}}
    state = {"parent": COMPONENT, "inputs": inputs, **old}
    new = {"newState": {"inputs": {**inputs, **(found or {})}}} if op != "delete" else {}
    return json.dumps({"steps": [{"op": op, "urn": TARGET, "oldState": state, **new}]})


def test_a_property_that_is_not_as_declared() -> None:
    (one,) = drifts(step(found={"maxCapacity": 7}))
    assert (one.component, one.path) == (COMPONENT, "maxCapacity")
    assert str(one) == "maxCapacity of scorer-target is 7 in the cloud, declared is 4"


def test_a_property_inside_another() -> None:
    (one,) = drifts(step(found={"tags": {"Team": "ops"}}))
    assert str(one) == 'tags.Team of scorer-target is "ops" in the cloud, declared is "fraud"'


def test_what_only_the_cloud_says_is_no_drift() -> None:
    assert drifts(step(found={"arn": "arn:aws:…"})) == ()


def test_what_the_declaration_leaves_to_others_is_no_drift() -> None:
    assert drifts(step(found={"minCapacity": 3}, ignoreChanges=["minCapacity"])) == ()


def test_what_is_gone() -> None:
    (one,) = drifts(step("delete"))
    assert str(one) == "scorer-target is gone from the cloud"


def test_what_lies_below_a_component_is_reread_and_nothing_else() -> None:
    nested = "urn:pulumi:prod::acme::trimtab:index:Part::part"
    rows = [
        {"urn": COMPONENT, "custom": False},
        {"urn": nested, "parent": COMPONENT, "custom": False},
        {"urn": TARGET, "parent": nested, "custom": True},
        {"urn": "read", "parent": COMPONENT, "custom": True, "external": True},
        {"urn": "elsewhere", "parent": "root", "custom": True},
    ]
    assert below(rows, [COMPONENT]) == {TARGET: COMPONENT}


def change(name: str, urn: str) -> Change:
    advice = recommendation(resource(name).model_copy(update={"urn": urn}), 2, trace=False)
    return Change(advice=advice, edits=advice.edits)


def test_only_what_drifted_is_held() -> None:
    mine, other = change("scorer", COMPONENT), change("ranker", COMPONENT.replace("scorer", "ranker"))
    kept, held = hold_drifted([mine, other], drifts(step(found={"maxCapacity": 7})))
    assert kept == (other,)
    assert [one.code for one in held] == [HeldCode.DRIFT]
    assert "maxCapacity of scorer-target is 7 in the cloud" in held[0].reason
    assert "pulumi up" in held[0].reason
