"""Finds the real Pulumi provider of Kubernetes: installed already, installed by the engine, or built."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.local import fetching
from trimtab.local.atomic import link_file
from trimtab.local.builds import Recipe, target_arch, target_os
from trimtab.local.commands import run_checked
from trimtab.local.disk import GIB
from trimtab.local.kubernetes.model import PROVIDER, PROVIDER_VERSION, Origin, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "published"
FOLDER = f"resource-kubernetes-v{PROVIDER_VERSION}"
_ARCHIVE = "https://get.pulumi.com/releases/plugins/{program}-v{version}-{os}-{arch}.tar.gz"


def installed_plugin(environ: Mapping[str, str] = os.environ) -> Part | None:
    """The plugin in the user's own PULUMI_HOME, where it has been used before."""
    named = environ.get("PULUMI_HOME")
    path = (Path(named) if named else Path.home() / ".pulumi") / "plugins" / FOLDER / PROVIDER
    return Part(path.resolve(), PROVIDER_VERSION, Origin.PATH) if os.access(path, os.X_OK) else None


def plugin_reachable(seconds: float = fetching.PROBE_SECONDS) -> bool:
    """Whether the engine could install it."""
    url = _ARCHIVE.format(program=PROVIDER, version=PROVIDER_VERSION, os=target_os(), arch=target_arch())
    return fetching.reachable((url,), seconds)


def engine_plugin_recipe(pulumi: Path) -> Recipe:
    """How the engine installs the plugin, into a PULUMI_HOME that is thrown away."""

    def make(folder: Path) -> None:
        scratch = folder / "home"
        run_checked(
            [str(pulumi), "plugin", "install", "resource", "kubernetes", f"v{PROVIDER_VERSION}"],
            "installing the Pulumi provider of Kubernetes",
            where=folder,
            env={"PULUMI_HOME": str(scratch), "PULUMI_SKIP_UPDATE_CHECK": "true"},
            remedy="run the command again.",
        )
        (folder / "bin").mkdir()
        (scratch / "plugins" / FOLDER / PROVIDER).rename(folder / "bin" / PROVIDER)
        shutil.rmtree(scratch)

    return Recipe(
        name=PROVIDER,
        version=PROVIDER_VERSION,
        key=KEY,
        title=f"installing the Pulumi provider of Kubernetes {PROVIDER_VERSION}",
        make=make,
        needs_bytes=GIB,
        expected_seconds=30,
    )


def plugin_path(pulumi_home: Path) -> Path:
    """Where the engine looks for the plugin."""
    return pulumi_home / "plugins" / FOLDER / PROVIDER


def install_plugin(provider: Part, pulumi_home: Path) -> None:
    """Put the plugin where the engine looks for it."""
    path = plugin_path(pulumi_home)
    path.parent.mkdir(parents=True, exist_ok=True)
    link_file(provider.executable, path)
