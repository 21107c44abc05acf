"""Who refers to whom: by name, by ARN, by what Pulumi recorded, or not to be told yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trimtab.rules.resource import Resource
from trimtab.rules.stack import ROOT, Stack
from trimtab.rules.values import Opaque, Undecidable

BUCKET, SETTING = "aws:s3/bucket:Bucket", "aws:s3/bucketVersioning:BucketVersioning"
ROOT_URN = f"urn:pulumi:s::p::{ROOT}::p-s"


def urn(token: str, name: str) -> str:
    return f"urn:pulumi:s::p::{token}::{name}"


def bucket(name: str, parent: str = ROOT_URN) -> Resource:
    outputs = {"id": f"{name}-1a2b", "arn": f"arn:aws:s3:::{name}-1a2b", "bucket": f"{name}-1a2b"}
    return Resource(BUCKET, urn(BUCKET, name), name, outputs=outputs, id=f"{name}-1a2b", parent=parent)


def setting(value: object, *depends: str) -> Resource:
    edges = {"bucket": depends} if depends else {}
    return Resource(SETTING, urn(SETTING, "v"), "v", declared={"bucket": value}, property_dependencies=edges)


@pytest.mark.parametrize(
    "value",
    [
        "data-1a2b",
        "arn:aws:s3:::data-1a2b",
        "arn:aws:s3:::data-1a2b/*",
        "arn:aws-cn:s3:::data-1a2b/models/",
        "s3://data-1a2b/train/",
        "data-1a2b/train",
    ],
)
def test_a_known_text_names_its_resource(value: str) -> None:
    target, holder = bucket("data"), setting(value)
    assert Stack((target, holder)).refers(holder, "bucket", target)


@pytest.mark.parametrize("value", ["data-1a2b-logs", "arn:aws:s3:::data-1a2bc", "s3://other/data-1a2b", "", None, 7])
def test_another_text_does_not(value: object) -> None:
    target, holder = bucket("data"), setting(value)
    assert not Stack((target, holder)).refers(holder, "bucket", target)


def test_an_unknown_value_is_told_by_its_recorded_dependency() -> None:
    data, other = bucket("data"), bucket("other")
    holder = setting(Opaque.UNKNOWN, data.urn)
    stack = Stack((data, other, holder))
    assert stack.refers(holder, "bucket", data)
    assert not stack.refers(holder, "bucket", other)


def test_a_dependency_on_a_component_means_what_lies_in_it() -> None:
    component = Resource("trimtab:index:Store", urn("trimtab:index:Store", "store"), "store", parent=ROOT_URN)
    inside, outside = bucket("data", parent=component.urn), bucket("other")
    holder = setting(Opaque.UNKNOWN, component.urn)
    stack = Stack((component, inside, outside, holder))
    assert stack.refers(holder, "bucket", inside)
    assert not stack.refers(holder, "bucket", outside)


def test_a_dependency_on_the_stack_itself_means_nothing() -> None:
    data = bucket("data")
    holder = setting(Opaque.UNKNOWN, ROOT_URN)
    root = Resource(ROOT, ROOT_URN, "p-s")
    assert not Stack((root, data, holder)).refers(holder, "bucket", data)


def test_an_unknown_value_without_a_dependency_cannot_be_told() -> None:
    target, holder = bucket("data"), setting(Opaque.UNKNOWN)
    with pytest.raises(Undecidable, match=r"^unknown until update: `bucket` of v is not known yet$"):
        Stack((target, holder)).refers(holder, "bucket", target)


def test_a_certain_holder_outweighs_a_doubtful_one() -> None:
    target = bucket("data")
    certain = setting("data-1a2b")
    doubtful = replace(setting(Opaque.UNKNOWN), urn=urn(SETTING, "w"), name="w")
    assert Stack((target, doubtful, certain)).referring((SETTING,), "bucket", target) == [certain]


def test_parents_in_a_circle_end() -> None:
    one, two = bucket("one", parent=urn(BUCKET, "two")), bucket("two", parent=urn(BUCKET, "one"))
    holder = setting(Opaque.UNKNOWN, "urn:pulumi:s::p::x:y:Z::gone")
    assert not Stack((one, two, holder)).refers(holder, "bucket", one)
