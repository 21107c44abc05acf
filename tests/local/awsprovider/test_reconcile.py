"""What is drift and what is only another way to say the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.awsprovider.cases.coverage import lacking
from trimtab.local.awsprovider.reconcile import merge, refreshed
from trimtab.local.awsprovider.sdk import Field, ListOf, MapOf, Scalar

FIELDS = {
    "tags": Field(MapOf(Scalar("string"))),
    "ids": Field(ListOf(Scalar("string"))),
    "text": Field(Scalar("string")),
}


@pytest.mark.parametrize(
    ("written", "said", "now"),
    [
        ({"text": "a"}, {}, {"text": "a"}),
        ({"text": "a"}, {"text": "b", "other": 1}, {"text": "b"}),
        ({"text": "a"}, {"text": None}, {}),
        ({"text": "0"}, {"text": "0.0"}, {"text": "0"}),
        ({"text": "1"}, {"text": "2"}, {"text": "2"}),
        ({"text": '{"a": 1, "b": 2}'}, {"text": '{"b":2,"a":1}'}, {"text": '{"a": 1, "b": 2}'}),
        ({"ids": ["a", "b"]}, {"ids": ["b", "a"]}, {"ids": ["a", "b"]}),
        ({"ids": ["a"]}, {"ids": ["a", "b"]}, {"ids": ["a", "b"]}),
        ({"tags": {"a": "b"}}, {"tags": {"a": "b", "c": "d"}}, {"tags": {"a": "b", "c": "d"}}),
        ({"rule": {"a": 1}}, {"rule": {"a": 1, "added": 2}}, {"rule": {"a": 1}}),
        ({"rules": [{"a": 1}]}, {"rules": [{"a": 2, "added": 3}]}, {"rules": [{"a": 2}]}),
        ({"rules": [{"a": 1}]}, {"rules": [{"a": 1, "x": 0}, {"a": 2, "x": 0}]}, {"rules": [{"a": 1}, {"a": 2}]}),
    ],
)
def test_the_inputs_as_the_cloud_has_them(written: dict[str, Any], said: dict[str, Any], now: dict[str, Any]) -> None:
    assert refreshed(written, said, FIELDS) == now


def test_outputs_are_what_was_written_completed_by_what_was_said() -> None:
    written = {"rule": {"a": 1}, "ids": ["x"]}
    said = {"rule": {"a": 9, "b": 2}, "ids": ["y", "z"], "arn": "arn"}
    assert merge(written, said) == {"rule": {"a": 1, "b": 2}, "ids": ["x"], "arn": "arn"}


def test_types_that_the_table_lacks_are_found() -> None:
    resources = [{"type": "aws:s3/bucket:Bucket"}, {"type": "aws:x/y:Z"}, {"type": "pulumi:pulumi:Stack"}]
    assert lacking({"deployment": {"resources": resources}}) == {"aws:x/y:Z"}
