"""Names that the provider gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from trimtab.local.awsprovider.naming import NameRule, invent, rule_of

if TYPE_CHECKING:
    from tests.local.awsprovider.plugin import Plugin

QUEUE = "aws:sqs/queue:Queue"


def test_a_name_is_the_logical_one_and_seven_digits(plugin: Plugin) -> None:
    checked = plugin.check("aws:s3/bucket:Bucket", {}, name="Data")
    assert re.fullmatch(r"data-[0-9a-f]{7}", checked["bucket"])
    assert checked["__defaults"] == ["bucket"]


def test_preview_and_update_agree_on_the_name(plugin: Plugin) -> None:
    first = plugin.check(QUEUE, {}, seed=b"one")["name"]
    assert plugin.check(QUEUE, {}, seed=b"one")["name"] == first
    assert plugin.check(QUEUE, {}, seed=b"two")["name"] != first


def test_a_name_once_given_is_kept(plugin: Plugin) -> None:
    old = plugin.check(QUEUE, {}, seed=b"one")
    assert plugin.check(QUEUE, {"delaySeconds": 5}, olds=old, seed=b"two")["name"] == old["name"]


def test_a_name_of_ones_own_and_a_prefix_are_left_alone(plugin: Plugin) -> None:
    assert plugin.check(QUEUE, {"name": "mine"})["name"] == "mine"
    assert "name" not in plugin.check(QUEUE, {"namePrefix": "mine-"})


def test_a_prefix_becomes_a_name_when_it_is_made(plugin: Plugin) -> None:
    made, outputs = plugin.create(QUEUE, plugin.check(QUEUE, {"namePrefix": "mine-"}))
    assert outputs["name"].startswith("mine-")
    plugin.delete(QUEUE, made, outputs)


def test_types_with_a_required_name_are_not_named(plugin: Plugin) -> None:
    dashboard = {"dashboardName": "d", "dashboardBody": "{}"}
    assert plugin.check("aws:cloudwatch/dashboard:Dashboard", dashboard) == dashboard


@given(st.text(min_size=1, max_size=300), st.integers(20, 255))
def test_no_name_is_longer_than_the_cloud_takes(logical: str, longest: int) -> None:
    rule = NameRule(longest=longest, prefix="alias/")
    assert len(invent(rule, logical, b"seed")) <= longest
    assert invent(rule, logical, b"seed").startswith("alias/")


def test_limits_follow_the_service() -> None:
    assert rule_of("aws:sagemaker/endpoint:Endpoint").longest == 63
    assert rule_of("aws:iam/role:Role").longest == 64
