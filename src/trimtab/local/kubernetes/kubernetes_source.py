"""Builds Kubernetes' own programs from its published Go modules."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from trimtab.local.builds import Recipe
from trimtab.local.disk import GIB
from trimtab.local.go_build import build, download, write_go_mod
from trimtab.local.kubernetes.model import API_SERVER, CONTROLLERS, KUBERNETES_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.engine.go_toolchain import Go

_MODULE = "k8s.io/kubernetes"
_STAGED = re.compile(r"(k8s\.io/[\w-]+) => \./staging/")
_EXPECTED_SECONDS = {API_SERVER: 240.0, CONTROLLERS: 120.0}
"""By program; the second one finds most of its packages compiled."""


def kubernetes_recipe(go: Go, program: str) -> Recipe:
    """How `kube-apiserver` or `kube-controller-manager` is built."""

    def make(folder: Path) -> None:
        source = folder / "src"
        source.mkdir()
        go_mod = download(go, _MODULE, f"v{KUBERNETES_VERSION}", where=folder).go_mod.read_text(encoding="utf-8")
        write_go_mod(source, {_MODULE: f"v{KUBERNETES_VERSION}"}, published_staging(go_mod))
        build(go, f"{_MODULE}/cmd/{program}", folder / "bin" / program, where=source, flags=_version_flags())
        shutil.rmtree(source)

    return Recipe(
        name=program,
        version=KUBERNETES_VERSION,
        title=f"building {program} {KUBERNETES_VERSION} from Kubernetes' Go modules",
        make=make,
        needs_bytes=3 * GIB,
        expected_seconds=_EXPECTED_SECONDS[program],
    )


def published_staging(go_mod: str) -> dict[str, str]:
    """The published modules that stand for those which Kubernetes' go.mod finds in its own tree.

    A main module's replacements do not reach those who require it, so each is named again, as the version that goes
    with Kubernetes' own (v0.35.0 with v1.35.0).
    """
    version = f"v0.{KUBERNETES_VERSION.partition('.')[2]}"
    return {module: f"{module} {version}" for module in sorted(set(_STAGED.findall(go_mod)))}


def _version_flags() -> str:
    major, minor, _ = KUBERNETES_VERSION.split(".")
    package = "k8s.io/component-base/version"
    values = {"gitVersion": f"v{KUBERNETES_VERSION}", "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    return " ".join(f"-X {package}.{name}={value}" for name, value in values.items())
