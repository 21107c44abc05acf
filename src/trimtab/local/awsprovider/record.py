"""Types without a mapping: checked like any, kept in the state, sent to no cloud."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from trimtab.local.awsprovider.naming import rule_of
from trimtab.local.awsprovider.resource import Resource

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_LOG = logging.getLogger(__name__)


def _create(ctx: Context, inputs: Props) -> str:
    """The id is the resource's name; without one, its first required text."""
    named = inputs.get(rule_of(ctx.type.token).property)
    required = (inputs.get(key) for key, field in ctx.type.inputs.items() if field.required)
    return str(named or next((value for value in required if isinstance(value, str)), ctx.type.token))


def _read(ctx: Context, resource_id: str, state: Props) -> Props:
    _LOG.debug("%s is not mapped to the cloud: %s is what the state says", ctx.type.token, resource_id)
    said = {**state, "region": ctx.region}
    if "arn" in ctx.type.outputs:
        service, rest = ctx.type.token.removeprefix("aws:").split("/", 1)
        said.setdefault("arn", ctx.arn(service, f"{rest.split(':')[0].lower()}/{resource_id}"))
    return said


def _update(_ctx: Context, _id: str, _state: Props, _inputs: Props, _changed: frozenset[str]) -> None:
    """The inputs are the record; the caller keeps them."""


def _delete(ctx: Context, resource_id: str, _state: Props) -> None:
    _LOG.debug("%s is not mapped to the cloud: the record %s is dropped", ctx.type.token, resource_id)


RECORD = Resource(create=_create, read=_read, update=_update, delete=_delete)
