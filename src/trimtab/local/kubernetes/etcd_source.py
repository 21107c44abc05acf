"""Builds etcd from its published Go module."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from trimtab.local.builds import Recipe
from trimtab.local.disk import GIB
from trimtab.local.go_build import build, write_go_mod
from trimtab.local.kubernetes.model import ETCD, ETCD_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.engine.go_toolchain import Go

_MODULE = "go.etcd.io/etcd/server/v3"


def etcd_recipe(go: Go) -> Recipe:
    """How etcd is built."""

    def make(folder: Path) -> None:
        source = folder / "src"
        write_go_mod(source, {_MODULE: f"v{ETCD_VERSION}"}, {})
        build(go, _MODULE, folder / "bin" / ETCD, where=source)
        shutil.rmtree(source)

    return Recipe(
        name=ETCD,
        version=ETCD_VERSION,
        title=f"building etcd {ETCD_VERSION} from its Go module",
        make=make,
        needs_bytes=GIB,
        expected_seconds=60,
    )
