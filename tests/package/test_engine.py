"""The package under the real engine: its schema is read, and a program without our classes gets its parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

import trimtab.package
from tests.support.cloud import run
from trimtab import components

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine

FOLDER = Path(trimtab.package.__file__).parent
YAML_FILE = YAML(typ="safe")
PROGRAM = """
import pulumi


class Remote(pulumi.ComponentResource):
    def __init__(self, name, inputs):
        super().__init__("trimtab:index:ArtifactStore", name, {**inputs, "dataBucket": None}, None, True)


store = Remote("store", pulumi.Config().require_object("inputs"))
"""
CONTEXT = {
    "platform": "acme",
    "environment": "dev",
    "owner": {"team": "Risk", "costCenter": "cc-100", "contact": "ml@acme.example"},
}


def test_the_engine_lists_every_component(local_cluster: LocalCloud, tmp_path: Path) -> None:
    engine = str(local_cluster.state.engine.folder / "pulumi")
    asked = run([engine, "package", "get-schema", str(FOLDER)], local_cluster.environment, tmp_path)
    assert asked.code == 0, asked.stderr
    described: dict[str, Any] = json.loads(asked.stdout)
    assert set(described["resources"]) == {f"trimtab:index:{name}" for name in components.__all__}
    assert all(one["isComponent"] for one in described["resources"].values())
    required = described["resources"]["trimtab:index:ServingEndpoint"]["requiredInputs"]
    assert set(required) == {"captureBucket", "context", "modelBucket", "spec", "subnetIds", "vpcId"}


def test_a_program_without_our_classes_gets_a_component_or_the_path_of_its_mistake(
    make_workspace: Callable[..., Workspace], local_cluster: LocalCloud
) -> None:
    assert local_cluster.state.cluster, "a package asks for the plugins of every SDK that is installed beside it"
    workspace = make_workspace(PROGRAM, name="remote")
    project = YAML_FILE.load(workspace.folder / "Pulumi.yaml")
    project["plugins"] = {"providers": [{"name": "trimtab", "path": str(FOLDER)}]}
    YAML_FILE.dump(project, workspace.folder / "Pulumi.yaml")

    def declare(spec: dict[str, Any]) -> None:
        workspace.write_config({"remote:inputs": {"context": CONTEXT, "spec": spec}})

    declare({"evidenceLockDays": -1})
    refused = workspace.up(check=False)
    assert refused.code != 0
    assert "spec.evidenceLockDays" in refused.output
    assert "remedy" in refused.output
    # The SDK of the calling program, Python's here, adds a traceback of that program; none is the package's.
    assert str(FOLDER.parent) not in refused.output

    declare({"evidenceLockDays": 30})
    made = workspace.up()
    (store,) = made.of_type("trimtab:index:ArtifactStore")
    buckets = made.of_type("aws:s3/bucket:Bucket")
    assert {bucket.inputs["tags"]["Platform"] for bucket in buckets} == {"acme"}
    assert store.outputs["dataBucket"] in {bucket.id for bucket in buckets}
    workspace.preview(flags=["--expect-no-changes"])
