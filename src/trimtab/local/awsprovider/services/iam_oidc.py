"""OIDC providers of an account: whose tokens its roles trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_SUBJECT = "OpenIDConnectProviderArn"


def _address(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["Url"] = inputs["url"] if "://" in inputs["url"] else f"https://{inputs['url']}"


def _complete(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """IAM tells the address without its scheme; told as it was written where it is the same."""
    props["url"] = f"https://{answer['Url']}" if "://" not in answer["Url"] else answer["Url"]


_PROVIDER = Api(
    service="iam",
    create="create_open_id_connect_provider",
    id_from=_SUBJECT,
    read="get_open_id_connect_provider",
    read_by={_SUBJECT: "{id}"},
    update=(step("update_open_id_connect_provider_thumbprint", {_SUBJECT: "{id}"}, when={"thumbprintLists"}),),
    delete="delete_open_id_connect_provider",
    rename={"ClientIDList": "clientIdLists", "ThumbprintList": "thumbprintLists"},
    outputs={"arn": "{id}"},
    tagging=Tagging("tag_open_id_connect_provider", "untag_open_id_connect_provider", _SUBJECT, "id", at="Tags"),
    adjust=_address,
    complete=_complete,
)
_CALLS = api(_PROVIDER)


def _update(ctx: Context, provider: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _PROVIDER.do_update(ctx, provider, state, inputs, changed)
    if "clientIdLists" not in changed:
        return
    iam = ctx.client("iam")
    old, new = set(state.get("clientIdLists") or []), set(inputs["clientIdLists"])
    for client in sorted(new - old):
        iam.add_client_id_to_open_id_connect_provider(**{_SUBJECT: provider, "ClientID": client})
    for client in sorted(old - new):
        iam.remove_client_id_from_open_id_connect_provider(**{_SUBJECT: provider, "ClientID": client})


OIDC: dict[str, Resource] = {
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": Resource(
        create=_CALLS.create, read=_CALLS.read, update=_update, delete=_CALLS.delete, replace=frozenset({"url"})
    ),
}
