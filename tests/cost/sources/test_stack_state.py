"""The inventory of a stack, from states as the engine exports them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from trimtab.cost.sources.stack_state import StackState
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

URN = "urn:pulumi:dev::shop::trimtab:index:TrainingPool::llm-pool"
HANDLE = {
    "kind": "gpu-training-pool",
    "cloudId": "shop-dev-llm-pool",
    "region": "eu-west-1",
    "instanceType": "g5.2xlarge",
    "count": 8,
    "serviceClass": "batch",
    "interruptible": True,
    "floor": 0,
    "dimensions": {"AutoScalingGroupName": "shop-dev-llm-pool"},
    "tags": {"Team": "ranking", "CostCenter": "cc-7", "Environment": "dev", "Component": "llm-pool"},
    "fields": [
        {
            "name": "maxNodes",
            "specPath": "trainingPools[0].maxNodes",
            "unit": "nodes",
            "current": 8,
            "allowed": list(range(1, 17)),
        }
    ],
}


def state(*resources: dict[str, Any]) -> str:
    return json.dumps({"version": 3, "deployment": {"manifest": {}, "resources": list(resources)}})


COMPONENT = {"urn": URN, "type": "trimtab:index:TrainingPool", "outputs": {"sizingHandles": [HANDLE]}}
GROUP = {
    "urn": f"{URN}$aws:autoscaling/group:Group::llm-pool",
    "type": "aws:autoscaling/group:Group",
    "custom": True,
    "id": "shop-dev-llm-pool",
    "inputs": {"maxSize": 8, "name": "shop-dev-llm-pool"},
    "outputs": {"maxSize": 8, "name": "shop-dev-llm-pool"},
}
STRAY = {
    "urn": "urn:pulumi:dev::shop::aws:ec2/instance:Instance::bastion",
    "type": "aws:ec2/instance:Instance",
    "custom": True,
    "id": "i-0abc",
    "inputs": {"instanceType": "m5.xlarge", "tags": {"Team": "platform"}},
    "outputs": {"arn": "arn:aws:ec2:us-east-1:123456789012:instance/i-0abc", "instanceType": "m5.xlarge"},
    "sourcePosition": "project:///stacks/__main__.py#17,5",
}


def test_a_handle_says_all_that_sizing_needs() -> None:
    (pool,) = StackState.from_text(state(COMPONENT), "state").resources()
    assert pool.resource_id == "shop-dev-llm-pool"
    assert (pool.kind, pool.count, pool.instance_type) == ("gpu-training-pool", 8, "g5.2xlarge")
    assert (pool.region, pool.service_class, pool.min_replicas) == ("eu-west-1", "batch", 0)
    assert pool.owner.team == "ranking"
    assert pool.fields[0].spec_path == "trainingPools[0].maxNodes"
    assert pool.dimensions == {"AutoScalingGroupName": "shop-dev-llm-pool"}


def test_what_a_handle_covers_is_not_listed_twice() -> None:
    assert len(StackState.from_text(state(COMPONENT, GROUP), "state").resources()) == 1


def test_without_a_handle_it_is_reported_with_its_source_line_and_nothing_may_change() -> None:
    (stray,) = StackState.from_text(state(STRAY), "state").resources()
    assert (stray.resource_id, stray.kind, stray.instance_type) == ("i-0abc", "machine", "m5.xlarge")
    assert stray.region == "us-east-1"
    assert stray.source_position == "project:///stacks/__main__.py#17,5"
    assert stray.owner.team == "platform"
    assert stray.fields == ()


def test_an_empty_stack_has_nothing_to_pay_for() -> None:
    assert StackState.from_text(json.dumps({"version": 3, "deployment": {}}), "state").resources() == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"deployment": {"resources": [{}]}}', "null"])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="not an exported state"):
        StackState.from_text(text, "state")


def test_a_broken_handle_is_named_with_its_component() -> None:
    broken = {**COMPONENT, "outputs": {"sizingHandles": [{**HANDLE, "count": -1}]}}
    with pytest.raises(UserError, match=r"llm-pool: sizing handle: count"):
        StackState.from_text(state(broken), "state").resources()


def test_a_missing_file_is_the_user_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        StackState.from_file(tmp_path / "absent.json")


def test_without_an_engine_the_message_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WorldError, match="no such command on PATH"):
        StackState.from_engine("dev")


def test_a_pool_says_how_much_of_it_runs_on_spot() -> None:
    spot = {**COMPONENT, "outputs": {"sizingHandles": [{**HANDLE, "spotPercent": 80, "onDemandBase": 2}]}}
    (one, plain) = (StackState.from_text(state(row), "state").resources()[0] for row in (spot, COMPONENT))
    assert one.spot_share == pytest.approx(0.8 * 6 / 8)
    assert plain.spot_share == 0
