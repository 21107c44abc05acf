"""Audiences of an OIDC provider are added and taken away, which moto lacks."""

from __future__ import annotations

from typing import Any

from moto.core.responses import EmptyResult
from moto.iam.responses import IamResponse

from trimtab.local.cloud.extending import extend


def _audiences(response: Any) -> list[str]:
    arn = response._get_param("OpenIDConnectProviderArn")  # noqa: SLF001  # moto's only way
    found: list[str] = response.backend.get_open_id_connect_provider(arn).client_id_list
    return found


def _add(self: Any) -> Any:
    audience = self._get_param("ClientID")
    if audience not in _audiences(self):
        _audiences(self).append(audience)
    return EmptyResult()


def _remove(self: Any) -> Any:
    audiences = _audiences(self)
    audiences[:] = [each for each in audiences if each != self._get_param("ClientID")]
    return EmptyResult()


def install_iam_oidc() -> None:
    """Serve these operations."""
    extend(
        IamResponse,
        {
            "add_client_id_to_open_id_connect_provider": _add,
            "remove_client_id_from_open_id_connect_provider": _remove,
        },
    )
