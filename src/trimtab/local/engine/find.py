"""Finds an engine: PATH, what was made before, the maker's installer, its Go modules; in that order."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.local.engine import installer
from trimtab.local.engine.go_toolchain import find_go
from trimtab.local.engine.installer import Distribution
from trimtab.local.engine.model import VERSIONS, Engine, Origin
from trimtab.local.engine.on_path import on_path
from trimtab.local.engine.source import served_version, source_recipe

if TYPE_CHECKING:
    from trimtab.local.builds import Builds
    from trimtab.local.progress import Progress


@dataclass(frozen=True)
class EngineFinder:
    """The ways to an engine.

    Attributes:
        builds: where fetched and built engines are kept.
        progress: told which engine was taken, and why others were not.
        ignore: our own folder on PATH, whose engine is the one that was found before.
        search_path: PATH to look on; None for this process's.
        distribution: where the maker's archives are.
    """

    builds: Builds
    progress: Progress
    ignore: Path
    search_path: str | None = None
    distribution: Distribution = field(default_factory=Distribution)

    def find(self) -> Engine:
        """An engine, fetched or built now if need be.

        Raises:
            WorldError: there is none and none can be made.
        """
        engine = self.existing() or self._fetched() or self._built()
        self.progress.note(f"engine: pulumi {engine.version} ({engine.origin}) at {engine.folder}")
        return engine

    def existing(self) -> Engine | None:
        """An engine that is there already; nothing is fetched or built."""
        return on_path(self.progress, self.search_path, self.ignore) or self._kept()

    def _kept(self) -> Engine | None:
        for version in VERSIONS:
            for key, origin in ((installer.KEY, Origin.INSTALLER), ("", Origin.SOURCE)):
                folder = self.builds.find("engine", version, key)
                if folder:
                    return _engine(folder, version, origin)
        return None

    def _fetched(self) -> Engine | None:
        version = VERSIONS[0]
        if not installer.reachable(self.distribution, version):
            self.progress.note("Pulumi's own download host cannot be reached from here.")
            return None
        recipe = installer.installer_recipe(self.distribution, version)
        return _engine(self.builds.get(recipe), version, Origin.INSTALLER)

    def _built(self) -> Engine:
        go = find_go(self.builds, self.search_path)
        with tempfile.TemporaryDirectory() as where:
            version = served_version(go, Path(where), self.progress)
        self.progress.note(f"taking version {version} of the engine's modules, with Go {go.version}")
        return _engine(self.builds.get(source_recipe(go, version)), version, Origin.SOURCE)


def _engine(folder: Path, version: str, origin: Origin) -> Engine:
    return Engine(folder / "bin", version, origin, has_language_host=origin is Origin.INSTALLER)
