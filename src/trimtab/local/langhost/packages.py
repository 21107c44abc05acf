"""What a program's environment holds: the provider plugins that its SDKs need, and its distributions."""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, distributions
from typing import TYPE_CHECKING

from pulumi.runtime.proto import language_pb2, plugin_pb2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9._-]*")

PLUGIN_FILE = "pulumi-plugin.json"
"""Lies in each provider SDK's Python package: `{"resource": true, "name": …, "version": …, "server": …}`."""


def required_packages(search_path: Sequence[Path]) -> list[plugin_pb2.PackageDependency]:
    """One entry for each provider SDK on the search path, by the plugin's name."""
    found: dict[str, plugin_pb2.PackageDependency] = {}
    for declared in _declarations(search_path):
        name = str(declared["name"])
        found.setdefault(
            name,
            plugin_pb2.PackageDependency(
                name=name, kind="resource", version=f"v{declared['version']}", server=str(declared.get("server") or "")
            ),
        )
    return [found[name] for name in sorted(found)]


def dependencies(search_path: Sequence[Path], *, transitive: bool) -> list[language_pb2.DependencyInfo]:
    """The environment's distributions; without `transitive` those that no other one requires."""
    installed = {
        _normal(distribution.name): distribution for distribution in distributions(path=[str(p) for p in search_path])
    }
    hidden = set() if transitive else {name for item in installed.values() for name in _requires(item)}
    return [
        language_pb2.DependencyInfo(name=item.name, version=item.version)
        for name, item in sorted(installed.items())
        if name not in hidden
    ]


def _declarations(search_path: Sequence[Path]) -> Iterator[dict[str, object]]:
    for folder in search_path:
        for path in sorted(folder.glob(f"*/{PLUGIN_FILE}")):
            try:
                declared = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                # A package with an unreadable file is not a provider's SDK of any version.
                continue
            if isinstance(declared, dict) and all(declared.get(key) for key in ("resource", "name", "version")):
                yield declared


def _requires(distribution: Distribution) -> Iterator[str]:
    for line in distribution.requires or ():
        requirement, _, marker = line.partition(";")
        if "extra" not in marker:
            yield _normal(_NAME.findall(requirement.strip())[0])


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
