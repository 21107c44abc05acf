"""The engine as its maker distributes it: one archive for each system, with published checksums."""

from __future__ import annotations

import shutil
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local import fetching
from trimtab.local.builds import Recipe, target_arch, target_os
from trimtab.local.disk import GIB
from trimtab.local.engine.model import LANGUAGE_HOST
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "official"
_REMEDY = "install Pulumi yourself so that `pulumi` is on PATH, or run the command again."


@dataclass(frozen=True)
class Distribution:
    """Where the archives and their checksums lie; `{version}`, `{os}` and `{arch}` are filled in."""

    archive: str = "https://get.pulumi.com/releases/sdk/pulumi-v{version}-{os}-{arch}.tar.gz"
    checksums: str = "https://github.com/pulumi/pulumi/releases/download/v{version}/pulumi-{version}-checksums.txt"
    probe_seconds: float = fetching.PROBE_SECONDS

    def archive_url(self, version: str) -> str:
        # The archives name Intel's 64 bits x64 where Go says amd64.
        arch = {"amd64": "x64"}.get(target_arch(), target_arch())
        return self.archive.format(version=version, os=target_os(), arch=arch)

    def checksums_url(self, version: str) -> str:
        return self.checksums.format(version=version)


def reachable(distribution: Distribution, version: str) -> bool:
    """Whether both the archive and its checksums can be fetched; waits no longer than the probe's time."""
    urls = (distribution.checksums_url(version), distribution.archive_url(version))
    return fetching.reachable(urls, distribution.probe_seconds)


def installer_recipe(distribution: Distribution, version: str) -> Recipe:
    """How the maker's archive of `version` is fetched, verified and unpacked."""

    def make(folder: Path) -> None:
        url = distribution.archive_url(version)
        archive = folder / "archive.tar.gz"
        expected = _published_checksum(distribution.checksums_url(version), url.rsplit("/", 1)[1])
        fetching.fetch_verified(url, archive, expected, remedy=_REMEDY)
        _unpack(archive, folder)
        archive.unlink()

    return Recipe(
        name="engine",
        version=version,
        key=KEY,
        title=f"fetching the Pulumi engine {version} from its maker",
        make=make,
        needs_bytes=GIB,
        expected_seconds=40,
    )


def _published_checksum(url: str, archive_name: str) -> str:
    published = fetching.checksum_in(fetching.read(url, remedy=_REMEDY), archive_name)
    if published is None:
        raise WorldError(f"{url} does not name {archive_name}.", remedy=_REMEDY)
    return published


def _unpack(archive: Path, folder: Path) -> None:
    unpacked = folder / "unpacked"
    try:
        with tarfile.open(archive) as stream:
            stream.extractall(unpacked, filter="data")
    except tarfile.TarError as error:
        raise WorldError(f"the fetched archive cannot be unpacked: {error}", remedy=_REMEDY) from error
    host = next(unpacked.rglob(LANGUAGE_HOST), None)
    if host is None or not (host.parent / "pulumi").exists():
        raise WorldError(f"the fetched archive holds no pulumi and {LANGUAGE_HOST}.", remedy=_REMEDY)
    host.parent.rename(folder / "bin")
    shutil.rmtree(unpacked, ignore_errors=True)
