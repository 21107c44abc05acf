"""The components as a package: its schema, and what its provider says of wrong inputs."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import pulumi
import pytest

from trimtab import components
from trimtab.package import hints
from trimtab.package.convert import WrongInputsError, arguments
from trimtab.package.description import schema, tokens
from trimtab.spec.network import NewNetwork
from trimtab.spec.owner import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = {"team": "Risk", "costCenter": "cc-100", "contact": "ml@acme.example"}
CONTEXT = {"platform": "acme", "environment": "dev", "owner": OWNER}
ENDPOINT = hints.inputs(components.ServingEndpoint)
SPEC = {
    "name": "fraud",
    "model": {
        "type": "registered", "group": "fraud", "version": 3.0, "dataKey": "fraud/3.tar.gz",
        "image": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/fraud@sha256:" + "0" * 64,
    },
    "capacity": {
        "form": "real-time", "instanceType": "ml.m5.large", "minInstances": 1.0, "maxInstances": 4.0,
        "targetInvocationsPerInstance": 600.0,
    },
}  # fmt: skip
WIRED = {"vpcId": "vpc-1", "subnetIds": ["subnet-1"], "modelBucket": "m", "captureBucket": "c"}


@pytest.fixture(autouse=True)
def _loop() -> Iterator[None]:
    """Outputs are made on an event loop; an earlier test of this process may have ended its own."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return schema()


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_every_registered_component_is_described_and_every_type_is_there(described: dict[str, Any]) -> None:
    assert set(described["resources"]) == set(tokens())
    assert len(described["resources"]) == len(components.__all__)
    local = {one.removeprefix("#/types/") for one in references(described) if one.startswith("#/types/")}
    assert local == set(described["types"]), "a type that nobody names, or a name without its type"


@pytest.mark.parametrize("token", sorted(tokens()))
def test_no_declaration_is_of_any_type(described: dict[str, Any], token: str) -> None:
    takes = described["resources"][token]["inputProperties"]
    assert "context" in takes
    assert [name for name, one in takes.items() if one.get("$ref") == "pulumi.json#/Any"] == []
    for name in described["resources"][token]["requiredInputs"]:
        assert name in takes
    if "spec" in takes:
        assert takes["spec"]["plain"], "a declaration is read before anything is made"


def test_names_are_camel_case_throughout(described: dict[str, Any]) -> None:
    parts = [*described["types"].values(), *described["resources"].values()]
    names = {name for part in parts for key in ("properties", "inputProperties") for name in part.get(key, {})}
    assert [name for name in sorted(names) if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name)] == []
    assert len(json.dumps(described)) > 50_000


def test_what_is_required_is_what_python_requires(described: dict[str, Any]) -> None:
    endpoint = described["resources"]["trimtab:index:ServingEndpoint"]
    assert endpoint["requiredInputs"] == ["captureBucket", "context", "modelBucket", "spec", "subnetIds", "vpcId"]
    assert described["types"]["trimtab:spec:ServingEndpoint"]["required"] == ["capacity", "model", "name"]
    forms = described["types"]["trimtab:spec:ServingEndpoint"]["properties"]["capacity"]["oneOf"]
    assert {"$ref": "#/types/trimtab:spec:InferenceComponents"} in forms


def test_inputs_become_the_models_that_python_takes() -> None:
    later = pulumi.Output.from_input("arn:aws:kms:eu-west-1:123456789012:key/k")
    args = arguments({"context": CONTEXT, "spec": SPEC, **WIRED, "kmsKeyArn": later}, ENDPOINT)
    assert isinstance(args["context"], Context)
    assert args["spec"].capacity.max_instances == 4
    assert args["kms_key_arn"] is later
    network = arguments({"context": CONTEXT, "spec": {"type": "new"}}, hints.inputs(components.Network))
    assert isinstance(network["spec"], NewNetwork)


def problems(given: dict[str, Any], takes: tuple[hints.Field, ...] = ENDPOINT) -> dict[str, str]:
    with pytest.raises(WrongInputsError) as caught:
        arguments(given, takes)
    return {one["property_path"]: one["reason"] for one in caught.value.problems}


def test_every_wrong_input_is_told_with_its_path() -> None:
    wrong = {**SPEC, "capacity": {**SPEC["capacity"], "minInstances": 9.0}, "colour": "red"}  # type: ignore[dict-item]
    found = problems({"context": CONTEXT, "spec": wrong, "vpcId": "vpc-1", "vpc": "x"})
    assert set(found) == {
        "captureBucket", "modelBucket", "subnetIds", "vpc", "spec.capacity", "spec.colour"
    }  # fmt: skip
    told = "spec.capacity.minInstances = 9: minInstances 9 is more than maxInstances 4; allowed: 0 to 4; remedy: "
    assert found["spec.capacity"].startswith(told)
    assert "no such input" in found["vpc"]
    assert found["modelBucket"] == "is required"


def test_a_declaration_that_is_known_later_is_refused() -> None:
    found = problems({"context": CONTEXT, "spec": pulumi.Output.from_input(SPEC), **WIRED})
    assert "plain value" in found["spec"]


def test_a_choice_of_models_is_told_by_its_tag() -> None:
    found = problems({"context": CONTEXT, "spec": {"type": "old"}}, hints.inputs(components.Network))
    assert set(found) == {"spec"}
    assert "existing or new" in found["spec"]


def test_wired_records_are_read_inside_lists_and_maps() -> None:
    pool = {"name": "nightly", "groupName": "acme-dev-nightly"}
    given = {"context": CONTEXT, "spec": {"alarmEmail": "ml@acme.example"}, "endpoints": [], "pools": [pool], **WIRED}
    takes = hints.inputs(components.Monitoring)
    kept = {name: value for name, value in given.items() if name in {field.wire for field in takes}}
    args = arguments({**kept, "dataBucket": "d"}, takes)
    assert args["pools"] == [{"name": "nightly", "group_name": "acme-dev-nightly"}]
    found = problems({**kept, "dataBucket": "d", "pools": [{"name": "nightly"}]}, takes)
    assert found == {"pools[0].groupName": "is required"}
