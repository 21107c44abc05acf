"""Operations that neither moto nor this cloud serves: refused in the API's own form, not a crash.

moto raises NotImplementedError, which its server turns into an HTML page with status 500, which boto3 tries
again before it gives up.
"""

from __future__ import annotations

import warnings
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

from trimtab.local.cloud.extending import extend

_CALL = BaseResponse.call_action


class UnservedError(ServiceException):
    """One of the errors that every AWS service may answer with."""

    code = "InvalidAction"


def _call_action(self: Any) -> Any:
    try:
        return _CALL(self)
    except NotImplementedError as error:
        operation = self._get_action()
        refused = UnservedError(f"the local cloud does not serve {operation}: {error}")
        with warnings.catch_warnings():
            # moto looks for each error in the service's own model; common errors stand in none.
            warnings.simplefilter("ignore", UserWarning)
            return self.serialized(ActionResult(refused))


def install_unserved() -> None:
    """Refuse what is not served."""
    extend(BaseResponse, {"call_action": _call_action})
