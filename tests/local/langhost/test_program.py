"""The language host serves programs to the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Workspace

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi

class Part(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("tests:index:Part", name, {})
        self.register_outputs({"size": 3})

print("the program speaks")
Part("a")
config = pulumi.Config("tests")
pulumi.export("greeting", "hello " + config.require("who"))
pulumi.export("numbers", config.require_object("numbers"))
pulumi.export("root", pulumi.runtime.get_root_directory())
"""


def test_a_program_runs_with_its_config_and_its_output_is_shown(make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace(PROGRAM, config={"tests:who": "world", "tests:numbers": [1, 2]})
    preview = workspace.preview()
    assert preview.resources == []
    assert "2 to create" in preview.output.replace("+ ", "")
    result = workspace.up()
    assert result.outputs["greeting"] == "hello world"
    assert result.outputs["numbers"] == [1, 2]
    assert result.outputs["root"] == str(workspace.folder)
    assert "the program speaks" in result.output
    assert "from $PATH" not in result.output, "the engine warns of a language host that is not its neighbour"
    assert [part.outputs for part in result.of_type("tests:index:Part")] == [{"size": 3}]
