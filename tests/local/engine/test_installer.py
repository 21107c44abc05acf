"""The maker's archive: reached, verified against its published checksum, unpacked."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from trimtab.local.builds import Builds
from trimtab.local.engine.installer import Distribution, installer_recipe, reachable
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = "9.9.9"
FILES = {"pulumi/pulumi": b"engine", "pulumi/pulumi-language-python": b"host"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, Distribution]]:
    """A folder that is served, and the distribution that points to it."""
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        yield folder, Distribution(base + "/pulumi-v{version}-{os}-{arch}.tar.gz", base + "/{version}-checksums.txt")
        server.shutdown()
        thread.join()


def publish(folder: Path, distribution: Distribution, files: dict[str, bytes], checksum: str | None = None) -> None:
    name = distribution.archive_url(VERSION).rsplit("/", 1)[1]
    with tarfile.open(folder / name, "w:gz") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size, member.mode = len(content), 0o755
            archive.addfile(member, io.BytesIO(content))
    digest = checksum or hashlib.sha256((folder / name).read_bytes()).hexdigest()
    lines = f"{'0' * 64}  another.tar.gz\n{digest}  {name}\n"
    (folder / f"{VERSION}-checksums.txt").write_text(lines, encoding="utf-8")


def test_the_archive_is_verified_and_unpacked(site: tuple[Path, Distribution], tmp_path: Path) -> None:
    folder, distribution = site
    publish(folder, distribution, FILES)
    assert reachable(distribution, VERSION)
    built = Builds(tmp_path / "builds").get(installer_recipe(distribution, VERSION))
    assert (built / "bin" / "pulumi").read_bytes() == b"engine"
    assert (built / "bin" / "pulumi").stat().st_mode & 0o111
    assert sorted(path.name for path in built.iterdir()) == ["bin", "build.json"]
    assert built.name.startswith("engine-9.9.9-")
    assert built.name.endswith("-official")


def test_an_archive_that_is_not_what_was_published_is_thrown_away(
    site: tuple[Path, Distribution], tmp_path: Path
) -> None:
    folder, distribution = site
    publish(folder, distribution, FILES, checksum="f" * 64)
    builds = Builds(tmp_path / "builds")
    with pytest.raises(WorldError, match=f"SHA-256 is [0-9a-f]{{64}}, published is {'f' * 64}"):
        builds.get(installer_recipe(distribution, VERSION))
    assert [path.name for path in builds.root.iterdir()] == [".locks"]


def test_an_archive_without_an_engine_is_refused(site: tuple[Path, Distribution], tmp_path: Path) -> None:
    folder, distribution = site
    publish(folder, distribution, {"pulumi/README": b"nothing else"})
    with pytest.raises(WorldError, match="holds no pulumi"):
        Builds(tmp_path / "builds").get(installer_recipe(distribution, VERSION))


def test_checksums_that_do_not_name_the_archive_are_refused(site: tuple[Path, Distribution], tmp_path: Path) -> None:
    folder, distribution = site
    publish(folder, distribution, FILES)
    (folder / f"{VERSION}-checksums.txt").write_text("", encoding="utf-8")
    with pytest.raises(WorldError, match=r"checksums\.txt does not name pulumi-v9\.9\.9"):
        Builds(tmp_path / "builds").get(installer_recipe(distribution, VERSION))


def test_a_version_that_is_not_served_is_not_reachable(site: tuple[Path, Distribution]) -> None:
    _, distribution = site
    assert not reachable(distribution, VERSION)


def test_a_host_that_refuses_is_not_reachable() -> None:
    assert not reachable(Distribution("http://127.0.0.1:1/a", "http://127.0.0.1:1/b"), VERSION)


def test_a_name_that_does_not_resolve_is_not_reachable() -> None:
    assert not reachable(Distribution("http://nowhere.invalid/a", "http://nowhere.invalid/b"), VERSION)
