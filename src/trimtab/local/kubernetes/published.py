"""Kubernetes' own programs as its maker publishes them: one file each, with its checksum."""

from __future__ import annotations

import shutil
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local import fetching
from trimtab.local.builds import Recipe, target_arch, target_os
from trimtab.local.disk import GIB
from trimtab.local.kubernetes.model import ETCD, ETCD_VERSION, KUBERNETES_VERSION
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "published"
_REMEDY = "run the command again, or put the program on PATH yourself."


@dataclass(frozen=True)
class Sites:
    """Where the makers' files lie; `{version}`, `{os}`, `{arch}` and `{program}` are filled in."""

    kubernetes: str = "https://dl.k8s.io/v{version}/bin/{os}/{arch}/{program}"
    etcd: str = "https://github.com/etcd-io/etcd/releases/download/v{version}/etcd-v{version}-{os}-{arch}.tar.gz"
    etcd_checksums: str = "https://github.com/etcd-io/etcd/releases/download/v{version}/SHA256SUMS"
    probe_seconds: float = fetching.PROBE_SECONDS

    def program_url(self, program: str) -> str:
        version = ETCD_VERSION if program == ETCD else KUBERNETES_VERSION
        form = self.etcd if program == ETCD else self.kubernetes
        return form.format(version=version, os=target_os(), arch=target_arch(), program=program)

    def checksum_url(self, program: str) -> str:
        if program == ETCD:
            return self.etcd_checksums.format(version=ETCD_VERSION)
        return f"{self.program_url(program)}.sha256"

    def serve(self, program: str) -> bool:
        """Whether the program can be fetched from here."""
        return fetching.reachable((self.checksum_url(program), self.program_url(program)), self.probe_seconds)


def published_recipe(sites: Sites, program: str) -> Recipe:
    """How etcd, the API server or the controller manager is fetched and verified."""
    version = ETCD_VERSION if program == ETCD else KUBERNETES_VERSION

    def make(folder: Path) -> None:
        url = sites.program_url(program)
        fetched = folder / url.rsplit("/", 1)[1]
        fetching.fetch_verified(url, fetched, _checksum(sites, program, fetched.name), remedy=_REMEDY)
        target = folder / "bin" / program
        target.parent.mkdir()
        if fetched.suffix == ".gz":
            _take_from_archive(fetched, program, target)
        else:
            fetched.rename(target)
        target.chmod(0o755)

    return Recipe(
        name=program,
        version=version,
        key=KEY,
        title=f"fetching {program} {version} from its maker",
        make=make,
        needs_bytes=GIB,
        expected_seconds=20,
    )


def _checksum(sites: Sites, program: str, name: str) -> str:
    url = sites.checksum_url(program)
    text = fetching.read(url, remedy=_REMEDY)
    # Kubernetes' files of checksums hold the digest alone, etcd's one line for each archive.
    found = fetching.checksum_in(text, name) if program == ETCD else text.strip().lower()
    if not found:
        raise WorldError(f"{url} does not name {name}.", remedy=_REMEDY)
    return found


def _take_from_archive(archive: Path, program: str, target: Path) -> None:
    with tarfile.open(archive) as stream:
        member = next((entry for entry in stream if entry.isfile() and entry.name.endswith(f"/{program}")), None)
        content = stream.extractfile(member) if member else None
        if content is None:
            raise WorldError(f"the fetched {archive.name} holds no {program}.", remedy=_REMEDY)
        with target.open("wb") as out:
            shutil.copyfileobj(content, out)
    archive.unlink()
