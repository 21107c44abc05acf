"""Where the parts of a cluster come from."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from trimtab.local.atomic import write_script
from trimtab.local.builds import Builds
from trimtab.local.kubernetes.definitions_recipe import drop_descriptions
from trimtab.local.kubernetes.kubernetes_source import published_staging
from trimtab.local.kubernetes.model import API_SERVER, ETCD, Origin
from trimtab.local.kubernetes.on_path import on_path
from trimtab.local.kubernetes.published import Sites, published_recipe
from trimtab.local.progress import NotedProgress
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, Sites]]:
    """A folder that is served, and the makers' sites that point to it."""
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        yield folder, Sites(base + "/{program}", base + "/etcd-{version}.tar.gz", base + "/SHA256SUMS")
        server.shutdown()
        thread.join()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def publish_etcd(folder: Path) -> None:
    with tarfile.open(folder / "etcd-3.6.16.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("etcd-v3.6.16/etcd")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"etcd"))
    line = f"{digest(folder / 'etcd-3.6.16.tar.gz')}  etcd-3.6.16.tar.gz\n"
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  another.tar.gz\n{line}", encoding="utf-8")


def test_published_programs_are_verified_and_kept(site: tuple[Path, Sites], tmp_path: Path) -> None:
    folder, sites = site
    publish_etcd(folder)
    (folder / API_SERVER).write_bytes(b"server")
    (folder / f"{API_SERVER}.sha256").write_text(digest(folder / API_SERVER), encoding="utf-8")
    builds = Builds(tmp_path / "builds")
    for program, content in ((ETCD, b"etcd"), (API_SERVER, b"server")):
        assert sites.serve(program)
        kept = builds.get(published_recipe(sites, program)) / "bin" / program
        assert kept.read_bytes() == content
        assert kept.stat().st_mode & 0o111


def test_a_program_that_is_not_what_was_published_is_thrown_away(site: tuple[Path, Sites], tmp_path: Path) -> None:
    folder, sites = site
    (folder / API_SERVER).write_bytes(b"server")
    (folder / f"{API_SERVER}.sha256").write_text("0" * 64, encoding="utf-8")
    with pytest.raises(WorldError, match=r"published is 0000.*It was thrown away"):
        Builds(tmp_path / "builds").get(published_recipe(sites, API_SERVER))
    assert [path.name for path in (tmp_path / "builds").iterdir()] == [".locks"]


def test_a_site_that_lacks_a_program_does_not_serve_it(site: tuple[Path, Sites]) -> None:
    assert not site[1].serve(API_SERVER)


def test_an_installed_program_is_used_if_its_version_fits(tmp_path: Path) -> None:
    progress, environ = NotedProgress(), {"KUBEBUILDER_ASSETS": str(tmp_path), "PATH": "/nowhere"}
    assert on_path(API_SERVER, progress, environ) is None
    write_script(tmp_path / API_SERVER, "#!/bin/sh\necho Kubernetes v1.35.4\n")
    found = on_path(API_SERVER, progress, environ)
    assert found is not None
    assert (found.executable, found.version, found.origin) == (tmp_path / API_SERVER, "1.35.4", Origin.PATH)

    write_script(tmp_path / API_SERVER, "#!/bin/sh\necho Kubernetes v1.29.0\n")
    assert on_path(API_SERVER, progress, environ) is None
    assert progress.notes == [f"{API_SERVER} at {tmp_path / API_SERVER} is 1.29.0, not 1.35: not used."]


def test_kubernetes_own_modules_are_replaced_by_their_published_versions() -> None:
    go_mod = "module k8s.io/kubernetes\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tother => x v1\n)\n"
    assert published_staging(go_mod) == {"k8s.io/api": "k8s.io/api v0.35.0"}


def test_prose_of_a_schema_goes_and_properties_stay() -> None:
    schema: dict[str, Any] = {
        "description": "all of it",
        "type": "object",
        "properties": {
            "description": {"type": "string", "description": "a property of that name"},
            "list": {"items": {"description": "an item", "anyOf": [{"description": "either"}]}},
        },
        "additionalProperties": {"not": {"description": "never", "type": "null"}},
    }
    drop_descriptions(schema)
    assert schema == {
        "type": "object",
        "properties": {"description": {"type": "string"}, "list": {"items": {"anyOf": [{}]}}},
        "additionalProperties": {"not": {"type": "null"}},
    }
