"""The folder: all of it or none, and nothing of anybody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trimtab.render.files import file_names, write_folder
from trimtab.render.objects import KubernetesObject
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from pathlib import Path


def made(name: str, *, version: str = "v1", kind: str = "ConfigMap", namespace: str = "team") -> KubernetesObject:
    document = {"apiVersion": version, "kind": kind, "metadata": {"name": name}}
    return KubernetesObject(document, namespace, f"urn:{version}:{name}", name)


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_names_say_where_and_what() -> None:
    wide = made("system:view", version="rbac.authorization.k8s.io/v1", kind="ClusterRole", namespace="")
    assert file_names([made("a"), wide]) == ["team/configmap-a.yaml", "_cluster/clusterrole-system-view.yaml"]


def test_the_same_kind_of_two_groups_is_told_apart() -> None:
    ours, theirs = made("m", version="a.org/v1", kind="Model"), made("m", version="b.org/v1", kind="Model")
    assert file_names([ours, theirs]) == ["team/model.a.org-m.yaml", "team/model.b.org-m.yaml"]


def test_the_same_object_twice_is_refused() -> None:
    with pytest.raises(UserError, match="ConfigMap a in team is declared twice"):
        file_names([made("a"), made("a")])


def test_a_full_folder_is_refused_and_force_replaces_all_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_folder({"team/a.yaml": made("a"), "team/b.yaml": made("b")}, folder, force=False)
    with pytest.raises(UserError, match="is not empty"):
        write_folder({"team/c.yaml": made("c")}, folder, force=False)
    assert listing(folder) == ["team/a.yaml", "team/b.yaml"]
    write_folder({"team/c.yaml": made("c")}, folder, force=True)
    assert listing(folder) == ["team/c.yaml"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder({"team/a.yaml": made("a")}, tmp_path / "out", force=False)
    assert listing(tmp_path) == ["out/team/a.yaml"]


def test_force_does_not_replace_what_was_never_rendered(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.tex").write_text("years", encoding="utf-8")
    with pytest.raises(UserError, match=r"--force replaces a folder of rendered objects.*thesis\.tex"):
        write_folder({}, tmp_path / "home", force=True)
    assert listing(tmp_path) == ["home/thesis.tex"]


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="is a file"):
        write_folder({}, tmp_path / "out", force=True)


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises((WorldError, UserError)):
        write_folder({"a.yaml": made("a")}, tmp_path / "file" / "out", force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_write_that_fails_half_way_keeps_the_old_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_folder({"team/a.yaml": made("a")}, folder, force=False)
    with pytest.raises(WorldError, match="nothing was changed"):
        write_folder({"ok.yaml": made("b"), f"{'x' * 300}.yaml": made("c")}, folder, force=True)
    assert listing(folder) == ["team/a.yaml"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
