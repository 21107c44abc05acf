"""The engine as its maker distributes it: one archive for each system, with published checksums."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local.builds import Recipe, target_arch, target_os
from trimtab.local.disk import GIB
from trimtab.local.engine.model import LANGUAGE_HOST
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "official"
_REMEDY = "install Pulumi yourself so that `pulumi` is on PATH, or run the command again."
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Distribution:
    """Where the archives and their checksums lie; `{version}`, `{os}` and `{arch}` are filled in."""

    archive: str = "https://get.pulumi.com/releases/sdk/pulumi-v{version}-{os}-{arch}.tar.gz"
    checksums: str = "https://github.com/pulumi/pulumi/releases/download/v{version}/pulumi-{version}-checksums.txt"
    probe_seconds: float = 3.0

    def archive_url(self, version: str) -> str:
        # The archives name Intel's 64 bits x64 where Go says amd64.
        arch = {"amd64": "x64"}.get(target_arch(), target_arch())
        return self.archive.format(version=version, os=target_os(), arch=arch)

    def checksums_url(self, version: str) -> str:
        return self.checksums.format(version=version)


def reachable(distribution: Distribution, version: str) -> bool:
    """Whether both the archive and its checksums can be fetched; waits no longer than the probe's time."""
    answers: list[bool] = []

    def ask() -> None:
        urls = (distribution.checksums_url(version), distribution.archive_url(version))
        answers.append(all(_answers(url, distribution.probe_seconds) for url in urls))

    # A thread, because looking up a name has no time-out of its own.
    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    asker.join(distribution.probe_seconds)
    return answers == [True]


def installer_recipe(distribution: Distribution, version: str) -> Recipe:
    """How the maker's archive of `version` is fetched, verified and unpacked."""

    def make(folder: Path) -> None:
        url = distribution.archive_url(version)
        archive = folder / "archive.tar.gz"
        expected = _published_checksum(distribution.checksums_url(version), url.rsplit("/", 1)[1])
        actual = _fetch(url, archive)
        if actual != expected:
            raise WorldError(
                f"{url}: its SHA-256 is {actual}, published is {expected}. It was thrown away.", remedy=_REMEDY
            )
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


def _answers(url: str, seconds: float) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=seconds) as answer:  # noqa: S310  # fixed https addresses
            return bool(answer.status == 200)  # noqa: PLR2004  # HTTP's OK
    except OSError:
        return False


def _published_checksum(url: str, archive_name: str) -> str:
    for line in _read(url).splitlines():
        words = line.split()
        if len(words) == 2 and words[1].lstrip("*") == archive_name:  # noqa: PLR2004  # digest and file name
            return words[0].lower()
    raise WorldError(f"{url} does not name {archive_name}.", remedy=_REMEDY)


def _read(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # fixed https addresses
            return str(answer.read().decode("utf-8"))
    except OSError as error:
        raise WorldError(f"{url} cannot be read: {error}", remedy=_REMEDY) from error


def _fetch(url: str, target: Path) -> str:
    """Download to `target`; gives the SHA-256 of what came."""
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=60) as answer, target.open("wb") as stream:  # noqa: S310  # fixed https addresses
            while block := answer.read(_BLOCK):
                digest.update(block)
                stream.write(block)
    except urllib.error.URLError as error:
        raise WorldError(f"{url} cannot be fetched: {error.reason}", remedy=_REMEDY) from error
    return digest.hexdigest()


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
