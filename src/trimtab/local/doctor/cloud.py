"""The AWS provider plugin and the local cloud."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.local.doctor.model import Answer, State
from trimtab.local.plugins import aws_plugin_path
from trimtab.local.status import status

if TYPE_CHECKING:
    from trimtab.local.doctor.model import Site


def aws_plugin(site: Site) -> Answer:
    """The plugin that fits the installed SDK, in the PULUMI_HOME of this environment or of the local cloud."""
    named = os.environ.get("PULUMI_HOME")
    homes = [Path(named) if named else Path.home() / ".pulumi", site.home.pulumi_home]
    paths = [aws_plugin_path(home) for home in homes]
    found = next((path for path in paths if path.exists()), None)
    if found:
        return Answer(State.OK, str(found))
    return Answer(
        State.GAP,
        f"none for the installed SDK ({paths[0].parent.name}).",
        "run `trimtab local up` for the local cloud; for a real account `pulumi plugin install resource aws`.",
    )


def local_cloud(site: Site) -> Answer:
    found = status(site.home)
    if found.state == "up" and found.cluster and found.cluster.state == "dead":
        return Answer(
            State.GAP,
            f"AWS answers at {found.endpoint}; a process of its Kubernetes cluster is gone or hangs.",
            "run `trimtab local up`, which starts the cluster again with the objects that it held.",
        )
    if found.state == "up":
        cluster = f"; Kubernetes {found.cluster.version} at {found.cluster.endpoint}" if found.cluster else ""
        return Answer(State.OK, f"AWS answers at {found.endpoint}, up for {found.uptime_seconds} s{cluster}")
    if found.state == "dead":
        return Answer(State.GAP, "it was started, and its AWS process is gone or hangs.", "run `trimtab local up`.")
    return Answer(State.INFO, "it does not run; stacks of a real account do without.", "run `trimtab local up`.")
