"""Which engine is taken, and why others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trimtab.local.atomic import write_script
from trimtab.local.builds import Builds
from trimtab.local.engine.find import EngineFinder
from trimtab.local.engine.go_toolchain import Go, go_on_path
from trimtab.local.engine.model import VERSIONS, Origin, parse_version
from trimtab.local.engine.source import served_version, source_recipe
from trimtab.local.progress import NotedProgress
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path


def install(folder: Path, version: str, *others: str) -> None:
    write_script(folder / "pulumi", f"#!/bin/sh\necho v{version}\n")
    for other in others:
        write_script(folder / other, "#!/bin/sh\n")


def finder(tmp_path: Path, search_path: Path) -> tuple[EngineFinder, NotedProgress]:
    progress = NotedProgress()
    return EngineFinder(Builds(tmp_path / "builds"), progress, tmp_path / "ours", str(search_path)), progress


def test_a_recent_engine_on_path_is_used_with_its_own_language_host(tmp_path: Path) -> None:
    install(tmp_path / "bin", "3.280.0", "pulumi-language-python")
    engine = finder(tmp_path, tmp_path / "bin")[0].find()
    assert (engine.folder, engine.version, engine.origin) == (tmp_path / "bin", "3.280.0", Origin.PATH)
    assert engine.has_language_host


def test_an_engine_on_path_without_the_official_host_gets_ours(tmp_path: Path) -> None:
    install(tmp_path / "bin", "3.280.0", "pulumi-language-python-exec")
    engine = finder(tmp_path, tmp_path / "bin")[0].existing()
    assert engine is not None
    assert not engine.has_language_host


def test_an_old_engine_on_path_is_not_used_and_that_is_said(tmp_path: Path) -> None:
    install(tmp_path / "bin", "3.100.0", "pulumi-language-python")
    found, progress = finder(tmp_path, tmp_path / "bin")
    assert found.existing() is None
    assert "is 3.100.0, older than 3.258.0: not used" in progress.notes[0]


def test_an_engine_on_path_that_cannot_run_python_is_not_used_and_that_is_said(tmp_path: Path) -> None:
    install(tmp_path / "bin", "3.280.0")
    found, progress = finder(tmp_path, tmp_path / "bin")
    assert found.existing() is None
    assert "has no pulumi-language-python-exec beside it" in progress.notes[0]


def test_our_own_folder_on_path_is_not_mistaken_for_an_installed_engine(tmp_path: Path) -> None:
    install(tmp_path / "ours", "3.280.0", "pulumi-language-python")
    assert finder(tmp_path, tmp_path / "ours")[0].existing() is None


@pytest.mark.parametrize("text", ["v3.274.1", "3.274.1-dirty", "go3.274.1"])
def test_versions_are_read_in_their_usual_forms(text: str) -> None:
    assert parse_version(text) == (3, 274, 1)


def test_an_old_go_is_not_used(tmp_path: Path) -> None:
    write_script(tmp_path / "go", "#!/bin/sh\necho go1.20.1\n")
    assert go_on_path(str(tmp_path)) is None
    write_script(tmp_path / "go", "#!/bin/sh\necho go1.99.0\n")
    assert go_on_path(str(tmp_path)) == Go(tmp_path / "go", "1.99.0")


def test_the_next_version_is_taken_where_the_proxy_does_not_serve_the_first(tmp_path: Path) -> None:
    go = tmp_path / "go"
    script = f'#!/bin/sh\ncase "$*" in *{VERSIONS[0]}) echo \'{{"Error": "not found"}}\'; exit 1;; esac\n'
    script += 'echo \'{"Dir": "/modules/pkg", "GoMod": "/modules/pkg.mod"}\'\n'
    write_script(go, script)
    assert served_version(Go(go, "1.99"), tmp_path, NotedProgress()) == VERSIONS[1]


def test_a_proxy_that_serves_none_is_named_with_its_answers(tmp_path: Path) -> None:
    write_script(tmp_path / "go", "#!/bin/sh\necho no route to proxy >&2; exit 1\n")
    with pytest.raises(WorldError, match="no known version") as caught:
        served_version(Go(tmp_path / "go", "1.99"), tmp_path, NotedProgress())
    assert f"v{VERSIONS[2]} cannot be had: no route to proxy" in caught.value.message
    assert "go env GOPROXY" in caught.value.remedy


def test_a_compiler_that_runs_out_of_disk_says_so_once(tmp_path: Path) -> None:
    write_script(tmp_path / "go", "#!/bin/sh\necho 'write: no space left on device' >&2; exit 1\n")
    builds = Builds(tmp_path / "builds", probe=lambda _path: 2**40)
    with pytest.raises(WorldError, match="building pulumi: the disk ran full"):
        builds.get(source_recipe(Go(tmp_path / "go", "1.99"), VERSIONS[0]))
    assert [path.name for path in builds.root.iterdir()] == [".locks"]


def test_a_failed_build_shows_the_compilers_words(tmp_path: Path) -> None:
    write_script(tmp_path / "go", "#!/bin/sh\necho 'undefined: x' >&2; exit 2\n")
    builds = Builds(tmp_path / "builds", probe=lambda _path: 2**40)
    with pytest.raises(WorldError, match=r"building pulumi failed \(exit code 2\):\nundefined: x"):
        builds.get(source_recipe(Go(tmp_path / "go", "1.99"), VERSIONS[0]))
