"""The parts of the embedded cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.builds import Builds
from trimtab.local.doctor.model import Answer, State
from trimtab.local.kubernetes.find import VERSIONS, KubernetesFinder
from trimtab.local.progress import NotedProgress

if TYPE_CHECKING:
    from trimtab.local.doctor.model import Site


def kubernetes(site: Site) -> Answer:
    """Etcd, Kubernetes' own programs and the Pulumi provider; only a local stack with a cluster needs them."""
    progress = NotedProgress()
    finder = KubernetesFinder(Builds(site.home.builds), progress)
    found = {program: finder.existing(program) for program in VERSIONS}
    lacking = [program for program, part in found.items() if part is None]
    if lacking:
        told = " ".join([*progress.notes, f"not there yet: {', '.join(lacking)}."])
        return Answer(
            State.INFO,
            told,
            "run `trimtab local up`, which fetches them, or builds them once (15 minutes on two cores); "
            "`--without-kubernetes` does without.",
        )
    return Answer(State.OK, ", ".join(f"{name} {part.version} ({part.origin})" for name, part in found.items() if part))
