"""The language host runs policy packs for the real engine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Workspace

pytestmark = pytest.mark.engine

PACK = Path(__file__).with_name("pack")
PROGRAM = 'import pulumi\npulumi.ComponentResource("tests:index:Part", "{name}")\n'


def test_a_pack_stops_what_it_forbids_and_nothing_else(make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace(PROGRAM.format(name="allowed"))
    flags = ["--policy-pack", str(PACK)]
    assert workspace.up(flags=flags).of_type("tests:index:Part")[0].name == "allowed"

    workspace.write_program(PROGRAM.format(name="forbidden"))
    refused = workspace.preview(check=False, flags=flags)
    assert refused.code != 0
    assert "no-forbidden-name" in refused.output
    assert "this name is taken" in refused.output
    assert workspace.up(check=False, flags=flags).of_type("tests:index:Part")[0].name == "allowed"


def test_a_pack_that_cannot_start_says_why(make_workspace: Callable[..., Workspace], tmp_path: Path) -> None:
    pack = tmp_path / "broken"
    shutil.copytree(PACK, pack)
    (pack / "__main__.py").write_text("import a_module_that_is_not_there\n", encoding="utf-8")
    refused = make_workspace(PROGRAM.format(name="x")).preview(check=False, flags=["--policy-pack", str(pack)])
    assert refused.code != 0
    assert "No module named 'a_module_that_is_not_there'" in refused.output


def test_a_packs_virtualenv_is_relative_to_the_pack(make_workspace: Callable[..., Workspace], tmp_path: Path) -> None:
    pack = tmp_path / "elsewhere"
    shutil.copytree(PACK, pack)
    text = "runtime:\n  name: python\n  options:\n    virtualenv: no-such-env\n"
    (pack / "PulumiPolicy.yaml").write_text(text, encoding="utf-8")
    refused = make_workspace(PROGRAM.format(name="x")).preview(check=False, flags=["--policy-pack", str(pack)])
    assert refused.code != 0
    assert f"virtualenv: 'no-such-env' does not exist ({pack / 'no-such-env'})" in refused.output
