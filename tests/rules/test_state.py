"""Stack exports and previews are read; whatever is broken about them is one message with its place and a remedy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from trimtab.rules.examples import example, resource
from trimtab.rules.resource import Source
from trimtab.rules.state import read_stack, stack_from
from trimtab.rules.values import Opaque
from trimtab.spec.errors import UserError

from .states import UNKNOWN, export_of, preview_of

if TYPE_CHECKING:
    from pathlib import Path

BUCKET = "aws:s3/bucket:Bucket"
STACK = example(resource(BUCKET, "data", bucket="data", tags={"Team": Opaque.UNKNOWN}, secret=Opaque.SECRET)).resources


def test_an_export_gives_what_was_declared() -> None:
    found = stack_from(export_of(STACK), "F").of(BUCKET)[0]
    assert found.name == "data"
    assert found.id == "data-id"
    assert found.declared == {"bucket": "data", "tags": {"Team": Opaque.UNKNOWN}, "secret": Opaque.SECRET}
    assert found.source == Source("stacks/__main__.py", 12, 5)
    assert found.provider.endswith("aws-provider-id")


def test_a_preview_gives_the_same_without_ids() -> None:
    found = stack_from(preview_of(STACK), "F").of(BUCKET)[0]
    assert found.declared == {"bucket": "data", "tags": {"Team": Opaque.UNKNOWN}, "secret": Opaque.SECRET}
    assert found.id == ""


def test_the_checkpoint_file_of_a_file_backend_is_read_too() -> None:
    export = export_of(STACK)
    checkpoint = {"version": 3, "checkpoint": {"stack": "s", "latest": export["deployment"]}}
    assert stack_from(checkpoint, "F").by_urn.keys() == stack_from(export, "F").by_urn.keys()


def test_what_waits_for_deletion_is_not_part_of_the_stack() -> None:
    export = export_of(STACK)
    export["deployment"]["resources"][-1]["delete"] = True
    assert stack_from(export, "F").of(BUCKET) == []


def test_what_pulumi_only_reads_is_judged_by_its_outputs() -> None:
    export = export_of(STACK)
    state = export["deployment"]["resources"][-1]
    state.update(external=True, inputs={}, outputs={"bucket": "found", "tags": UNKNOWN})
    assert stack_from(export, "F").of(BUCKET)[0].declared == {"bucket": "found", "tags": Opaque.UNKNOWN}


def test_a_replacement_is_judged_by_its_new_state() -> None:
    preview = preview_of(STACK)
    create = preview["steps"][-1]
    old = {**create["newState"], "inputs": {"bucket": "old"}}
    preview["steps"] = [
        {"op": "replace", "oldState": old, "newState": {**create["newState"], "inputs": {"bucket": "new"}}},
        {"op": "delete-replaced", "oldState": old},
    ]
    assert [found.declared for found in stack_from(preview, "F").of(BUCKET)] == [{"bucket": "new"}]


def test_a_preview_counts_the_unchanged_resources_that_it_leaves_out() -> None:
    preview = preview_of(STACK)
    preview["changeSummary"] = {"create": 1, "same": 7}
    preview["steps"][0]["op"] = "same"
    assert stack_from(preview, "F").left_out == 6


def test_a_child_of_a_packaged_component_lies_where_the_component_was_declared() -> None:
    export = export_of(STACK)
    root, _, child = export["deployment"]["resources"]
    component = {
        **root,
        "urn": "urn:pulumi:example::example::pkg:index:Store::s",
        "type": "pkg:index:Store",
        "parent": root["urn"],
        "sourcePosition": "project:///stacks/team%20a.py#7",
    }
    child.update(parent=component["urn"], sourcePosition="file:///elsewhere/pkg/store.py#3,1")
    export["deployment"]["resources"].append(component)
    assert stack_from(export, "F").of(BUCKET)[0].source == Source("stacks/team a.py", 7)


def test_a_position_in_an_installed_package_gives_way_to_the_line_that_led_there() -> None:
    export = export_of(STACK)
    child = export["deployment"]["resources"][-1]
    child["sourcePosition"] = "project:///.venv/lib/python3.11/site-packages/trimtab/components/store.py#3"
    outside = {"sourcePosition": "project:///../elsewhere/base.py#9"}
    child["stackTrace"] = [outside, {"sourcePosition": "project:///stacks/fraud.py#21"}, {}]
    assert stack_from(export, "F").of(BUCKET)[0].source == Source("stacks/fraud.py", 21)


def test_a_failed_preview_is_not_taken_for_a_stack() -> None:
    preview = preview_of(STACK)
    preview["diagnostics"] = [{"message": "error: KeyError: 'x'\n", "severity": "error"}]
    with pytest.raises(UserError, match="the preview failed: error: KeyError"):
        stack_from(preview, "F")


def test_a_preview_that_only_a_policy_pack_refused_is_whole() -> None:
    preview = preview_of(STACK)
    preview["diagnostics"] = [
        {"message": "error: preview failed", "severity": "error"},
        {"message": "warning: slow", "severity": "warning"},
    ]
    assert stack_from(preview, "F").of(BUCKET)


def write(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def _without(key: str) -> dict[str, Any]:
    export = export_of(STACK)
    del export["deployment"]["resources"][-1][key]
    return export


def _with(**changes: Any) -> dict[str, Any]:
    export = export_of(STACK)
    export["deployment"]["resources"][-1].update(changes)
    return export


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        (json.dumps(export_of(STACK))[:-40], "is not whole JSON"),
        ("[" * 100_000, "is not whole JSON: it is nested too deeply"),
        ("[]", "is neither a stack export nor a preview"),
        ({"resources": []}, "is neither a stack export nor a preview"),
        ({"version": 1, "deployment": {}}, "version = 1: a state of an older schema"),
        ({"version": 2, "deployment": {}}, "version = 2: a state of an older schema"),
        ({"version": 9, "deployment": {}}, "version = 9: not a schema this trimtab knows"),
        ({"version": "3", "deployment": {}}, "version = '3': not a schema"),
        ({"deployment": {}}, "version = None: not a schema"),
        ({"version": 3, "deployment": []}, "deployment is not an object"),
        ({"version": 3, "deployment": {"resources": {"a": 1}}}, "deployment.resources: input should be a valid list"),
        (_without("urn"), "deployment.resources[2].urn: field required"),
        (_with(urn="data"), "deployment.resources[2].urn: string should match pattern"),
        (_with(inputs=[]), "deployment.resources[2].inputs: input should be a valid dictionary"),
        (_with(propertyDependencies={"a": "b"}), "deployment.resources[2].propertyDependencies.a"),
        ({"steps": [{"newState": {}}]}, "steps[0].op: field required"),
        ({"steps": 3}, "steps: input should be a valid list"),
    ],
)
def test_a_broken_file_is_a_message_with_path_and_remedy(tmp_path: Path, content: Any, says: str) -> None:
    path = write(tmp_path / "state.json", content)
    with pytest.raises(UserError) as caught:
        read_stack(path)
    assert says in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_stack(tmp_path / "none.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="is not UTF-8 text"):
        read_stack(tmp_path / "bytes.json")


def test_an_empty_stack_is_a_stack(tmp_path: Path) -> None:
    assert read_stack(write(tmp_path / "s.json", {"version": 3, "deployment": {"resources": None}})).resources == ()


def step(operation: str, token: str, name: str, **state: Any) -> dict[str, Any]:
    """A step of a preview on a resource that exists."""
    urn = f"urn:pulumi:s::p::{token}::{name}"
    old = {"urn": urn, "type": token, "id": "i", "inputs": {}, **state}
    return {"op": operation, "urn": urn, "oldState": old}


def test_a_preview_tells_what_would_be_gone() -> None:
    steps = [
        step("delete", BUCKET, "gone"),
        {**step("create-replacement", BUCKET, "anew"), "replaceReasons": ["bucket"]},
        {**step("replace", BUCKET, "anew"), "replaceReasons": ["bucket", "region"]},
        step("delete-replaced", BUCKET, "anew"),
        step("delete", BUCKET, "kept", retainOnDelete=True),
        step("delete", BUCKET, "leftover", delete=True),
        step("delete", BUCKET, "seen", external=True),
        step("update", BUCKET, "changed"),
    ]
    found = [(change.kind, change.name, change.reasons) for change in stack_from({"steps": steps}, "F").changes]
    assert found == [("delete", "gone", ()), ("replace", "anew", ("bucket", "region"))]
    assert stack_from(export_of(STACK), "F").changes == ()
