"""What a program's environment holds, as the engine is told."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from trimtab.local.langhost.interpreter import Interpreter, OptionError, choose
from trimtab.local.langhost.packages import dependencies, required_packages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support import Workspace


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A virtual environment with one provider SDK, one broken one, and two distributions."""
    venv.create(tmp_path / "env", with_pip=False)
    packages = next((tmp_path / "env").glob("lib/python*/site-packages"))
    declared = {"resource": True, "name": "things", "version": "1.2.3", "server": "https://example.com"}
    for folder, text in {"pulumi_things": json.dumps(declared), "pulumi_broken": "{", "pulumi_tool": "{}"}.items():
        (packages / folder).mkdir()
        (packages / folder / "pulumi-plugin.json").write_text(text, encoding="utf-8")
    for name, requires in {
        "pulumi_things": "Requires-Dist: Leaf.Package>=1; python_version>'3'\n",
        "leaf-package": "",
    }.items():
        info = packages / f"{name}-1.2.3.dist-info"
        info.mkdir()
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2.3\n{requires}"
        (info / "METADATA").write_text(text, encoding="utf-8")
    return tmp_path / "env"


def test_the_environments_own_plugins_are_required(environment: Path) -> None:
    interpreter = choose({"virtualenv": environment.name}, environment.parent)
    assert interpreter.python == environment / "bin" / "python"
    found = required_packages(interpreter.search_path())
    assert [(item.name, item.kind, item.version, item.server) for item in found] == [
        ("things", "resource", "v1.2.3", "https://example.com")
    ]


def test_this_python_requires_the_plugin_of_the_installed_aws_sdk(tmp_path: Path) -> None:
    found = {item.name: item.version for item in required_packages(choose({}, tmp_path).search_path())}
    shown = subprocess.run(
        [sys.executable, "-c", "from importlib.metadata import version; print(version('pulumi-aws'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found["aws"] == f"v{shown.stdout.strip()}"


def test_direct_dependencies_leave_out_what_others_require(environment: Path) -> None:
    path = list(environment.glob("lib/python*/site-packages"))
    assert [(item.name, item.version) for item in dependencies(path, transitive=False)] == [("pulumi_things", "1.2.3")]
    assert [item.name for item in dependencies(path, transitive=True)] == ["leaf-package", "pulumi_things"]


def test_a_virtualenv_goes_first_on_path_and_takes_pythonhome_away(environment: Path) -> None:
    changed = Interpreter(environment / "bin" / "python", environment).environment({"PATH": "/bin", "PYTHONHOME": "/x"})
    assert changed == {"PATH": f"{environment / 'bin'}:/bin", "VIRTUAL_ENV": str(environment)}


def test_a_python_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    python = tmp_path / "env" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho broken >&2; exit 1\n", encoding="utf-8")
    python.chmod(0o755)
    with pytest.raises(OptionError, match="cannot be run: broken"):
        choose({"virtualenv": "env"}, tmp_path).search_path()


@pytest.mark.engine
def test_the_engine_shows_what_the_host_says_of_itself(make_workspace: Callable[..., Workspace]) -> None:
    about = make_workspace("import pulumi").pulumi("about")
    assert f"executable='{sys.executable}'" in about.stdout
    assert "host='trimtab " in about.stdout


@pytest.mark.engine
def test_install_makes_the_virtualenv_and_fills_it(make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace("import pulumi", options={"virtualenv": "env"})
    wheel = write_wheel(workspace.folder)
    (workspace.folder / "program" / "requirements.txt").write_text(f"{wheel}\n", encoding="utf-8")
    installed = workspace.pulumi("install")
    assert installed.code == 0, installed.stdout + installed.stderr
    assert list((workspace.folder / "env").glob("lib/python*/site-packages/leaf-4.5.6.dist-info"))
    (workspace.folder / "program" / "requirements.txt").write_text("./no-such-package\n", encoding="utf-8")
    refused = workspace.pulumi("install")
    assert refused.code != 0
    assert "failed with exit code" in refused.stdout + refused.stderr


def write_wheel(folder: Path) -> Path:
    """A wheel that holds nothing, so that installing it asks no registry."""
    wheel = folder / "leaf-4.5.6-py3-none-any.whl"
    info = "leaf-4.5.6.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: leaf\nVersion: 4.5.6\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return wheel
