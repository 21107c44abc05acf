"""The environment that makes a stack local; nothing else in the product knows that it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from trimtab.local.home import Home
    from trimtab.local.state import LocalState

UNSET = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
"""Variables of a real account that would mislead an AWS client here."""

PASSPHRASE = "trimtab-local"  # noqa: S105  # protects nothing: the local cloud holds no secret of anybody's


def local_variables(home: Home, state: LocalState) -> dict[str, str]:
    """The variables, all but PATH."""
    return {
        "PULUMI_HOME": str(home.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{home.backend}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        # Plugins are put into PULUMI_HOME by `trimtab local up`; the engine need not look for others elsewhere.
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "AWS_ENDPOINT_URL": state.endpoint,
        "AWS_ACCESS_KEY_ID": "trimtab-local",
        "AWS_SECRET_ACCESS_KEY": PASSPHRASE,
        "AWS_REGION": state.region,
        "AWS_DEFAULT_REGION": state.region,
        "AWS_EC2_METADATA_DISABLED": "true",
        # Some APIs (MWAA's) put a prefix before their host name, which an address cannot have.
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        # Also where no cluster runs: a local stack must not find the way to a real one.
        "KUBECONFIG": str(home.kubeconfig),
    }


def search_path(folder: Path, path: str) -> str:
    """`path` with `folder` first, and only once."""
    others = [entry for entry in path.split(os.pathsep) if entry and entry != str(folder)]
    return os.pathsep.join([str(folder), *others])


def process_environment(home: Home, state: LocalState, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """A whole environment to run `pulumi` or an AWS client with.

    Args:
        home: the local cloud's folders.
        state: the running local cloud.
        base: what it is laid over; None for this process's environment.
    """
    inherited = os.environ if base is None else base
    kept = {name: value for name, value in inherited.items() if name not in UNSET}
    path = search_path(state.engine.folder, kept.get("PATH", ""))
    return {**kept, **local_variables(home, state), "PATH": path}
