"""Finds the parts of the embedded cluster: installed, kept from before, published, or built; in that order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trimtab.local.engine.go_toolchain import Go, find_go
from trimtab.local.kubernetes import published
from trimtab.local.kubernetes.definitions_recipe import NAME as DEFINITIONS
from trimtab.local.kubernetes.definitions_recipe import definitions_recipe, definitions_version
from trimtab.local.kubernetes.etcd_source import etcd_recipe
from trimtab.local.kubernetes.kubernetes_source import kubernetes_recipe
from trimtab.local.kubernetes.model import (
    API_SERVER,
    CONTROLLERS,
    ETCD,
    ETCD_VERSION,
    KUBERNETES_VERSION,
    PROVIDER,
    PROVIDER_VERSION,
    Origin,
    Part,
    Parts,
)
from trimtab.local.kubernetes.on_path import on_path
from trimtab.local.kubernetes.plugin import engine_plugin_recipe, installed_plugin, plugin_reachable
from trimtab.local.kubernetes.provider_source import provider_recipe
from trimtab.local.kubernetes.published import Sites, published_recipe
from trimtab.local.kubernetes.seed import seed_recipe

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.builds import Builds, Recipe
    from trimtab.local.progress import Progress

VERSIONS = {
    ETCD: ETCD_VERSION,
    API_SERVER: KUBERNETES_VERSION,
    CONTROLLERS: KUBERNETES_VERSION,
    PROVIDER: PROVIDER_VERSION,
}


@dataclass(frozen=True)
class KubernetesFinder:
    """The ways to a cluster.

    Attributes:
        builds: where fetched and built parts are kept.
        progress: told what is made, and why something that is there is not used.
        sites: where the makers' files are.
    """

    builds: Builds
    progress: Progress
    sites: Sites = field(default_factory=Sites)

    def find(self, pulumi: Path) -> Parts:
        """All parts, fetched or built now if need be.

        Args:
            pulumi: the engine, which can install its plugins.

        Raises:
            WorldError: one of them cannot be had.
        """
        etcd, api_server = self._program(ETCD), self._program(API_SERVER)
        definitions = self.builds.find(DEFINITIONS, definitions_version())
        definitions = definitions or self.builds.get(definitions_recipe(self._go()))
        return Parts(
            etcd=etcd,
            api_server=api_server,
            controllers=self._program(CONTROLLERS),
            provider=self._provider(pulumi),
            seed=self.builds.get(seed_recipe(etcd, api_server, definitions)),
        )

    def existing(self, program: str) -> Part | None:
        """One of the programs, if it is there already; nothing is fetched or built."""
        installed = installed_plugin() if program == PROVIDER else on_path(program, self.progress)
        return installed or self._kept(program)

    def _program(self, program: str) -> Part:
        existing = self.existing(program)
        if existing:
            return existing
        if self.sites.serve(program):
            return self._made(published_recipe(self.sites, program), Origin.PUBLISHED)
        go = self._go()
        return self._made(etcd_recipe(go) if program == ETCD else kubernetes_recipe(go, program), Origin.SOURCE)

    def _provider(self, pulumi: Path) -> Part:
        existing = self.existing(PROVIDER)
        if existing:
            return existing
        if plugin_reachable(self.sites.probe_seconds):
            return self._made(engine_plugin_recipe(pulumi), Origin.PUBLISHED)
        return self._made(provider_recipe(self._go()), Origin.SOURCE)

    def _kept(self, program: str) -> Part | None:
        version = VERSIONS[program]
        for key, origin in ((published.KEY, Origin.PUBLISHED), ("", Origin.SOURCE)):
            folder = self.builds.find(program, version, key)
            if folder:
                return Part(folder / "bin" / program, version, origin)
        return None

    def _made(self, recipe: Recipe, origin: Origin) -> Part:
        return Part(self.builds.get(recipe) / "bin" / recipe.name, recipe.version, origin)

    def _go(self) -> Go:
        return find_go(self.builds)
