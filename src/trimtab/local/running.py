"""The local cloud that runs, for those who need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.state import LocalState, load
from trimtab.local.up import healthy
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from trimtab.local.home import Home

_REMEDY = "run `trimtab local up`."


def require_running(home: Home) -> LocalState:
    """The state of a local cloud that runs and answers.

    Raises:
        WorldError: there is none.
    """
    state = load(home.state_file)
    if state is None:
        raise WorldError("the local cloud does not run.", remedy=_REMEDY)
    if not healthy(state):
        raise WorldError(f"the AWS process {state.cloud.pid} of the local cloud is gone.", remedy=_REMEDY)
    return state
