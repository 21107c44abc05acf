"""Builds the real Pulumi provider of Kubernetes from its published Go module."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from trimtab.local.builds import Recipe
from trimtab.local.disk import GIB
from trimtab.local.go_build import build, download, write_go_mod
from trimtab.local.kubernetes.model import PROVIDER, PROVIDER_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.engine.go_toolchain import Go

_MODULE = "github.com/pulumi/pulumi-kubernetes/provider/v4"
_REVISION = "v4.0.0-20260115033456-f47bc2d6f199"
"""The commit that 4.25.0 was released from: the module's own releases carry no version of v4."""

_SDK = "github.com/pulumi/pulumi-kubernetes/sdk/v4"
_REPLACED = {_SDK: f"{_SDK} v4.22.2"}
"""The provider's go.mod finds its SDK in its own tree; this is the newest that proxies serve."""

_EMBEDDED = ("schema.json", "terraform-mapping.json")
_MAIN = """package main

import (
	_ "embed"

	"{module}/pkg/provider"
)

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var mapping []byte

func main() {{ provider.Serve("kubernetes", "{version}", schema, mapping) }}
"""


def provider_recipe(go: Go) -> Recipe:
    """How the provider plugin is built."""

    def make(folder: Path) -> None:
        source = folder / "src"
        write_go_mod(source, {_MODULE: _REVISION}, _REPLACED)
        module = download(go, _MODULE, _REVISION, where=folder)
        for name in _EMBEDDED:
            # Copied without its mode: files of the module cache are read-only.
            shutil.copyfile(module.folder / "cmd" / PROVIDER / name, source / name)
        (source / "main.go").write_text(_MAIN.format(module=_MODULE, version=PROVIDER_VERSION), encoding="utf-8")
        build(go, ".", folder / "bin" / PROVIDER, where=source)
        shutil.rmtree(source)

    return Recipe(
        name=PROVIDER,
        version=PROVIDER_VERSION,
        title=f"building the Pulumi provider of Kubernetes {PROVIDER_VERSION} from its Go module",
        make=make,
        needs_bytes=4 * GIB,
        expected_seconds=420,
    )
