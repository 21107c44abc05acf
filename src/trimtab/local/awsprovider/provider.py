"""Pulumi's ResourceProvider service for AWS: off the wire, on to `planning` and `lifecycle`, and back."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from trimtab.local.awsprovider import planning, replies, settings
from trimtab.local.awsprovider.clients import Clients
from trimtab.local.awsprovider.context import Context
from trimtab.local.awsprovider.errors import CLOUD_ERRORS, PartialCreateError, sentence
from trimtab.local.awsprovider.invokes import INVOKES
from trimtab.local.awsprovider.lifecycle import Life
from trimtab.local.awsprovider.sdk import ResourceType, resolve, sdk_version
from trimtab.local.awsprovider.values import decode, encode, has_unknown, mark_secrets, plain

if TYPE_CHECKING:
    import grpc

    from trimtab.local.awsprovider.values import Props

_LOG = logging.getLogger(__name__)


class AwsProvider(provider_pb2_grpc.ResourceProviderServicer):
    """One configured provider; every method may run in several threads at once."""

    def __init__(self) -> None:
        self._settings = settings.Settings(region="")
        self._clients = Clients(self._settings)

    def Handshake(self, _request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802  # gRPC's names
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    def GetPluginInfo(self, _request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        return plugin_pb2.PluginInfo(version=sdk_version())

    def GetSchema(self, _request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        return provider_pb2.GetSchemaResponse(schema=json.dumps({"name": "aws", "version": sdk_version()}))

    def Attach(self, _request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        return empty_pb2.Empty()

    def Cancel(self, _request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        return empty_pb2.Empty()

    def CheckConfig(self, request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        news = plain(decode(request.news))
        return replies.checked(decode(request.news), settings.check(news))

    def DiffConfig(self, request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        old = plain(decode(request.old_inputs or request.olds))
        found = planning.config_diff(settings.parsed(old), settings.parsed(plain(decode(request.news))))
        return replies.differing(found)

    def Configure(self, request: Any, _context: grpc.ServicerContext) -> Any:  # noqa: N802
        self._settings = settings.read(plain(decode(request.args)))
        self._clients = Clients(self._settings)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True
        )

    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        kind = self._kind(request.urn, context)
        checked = planning.check(
            kind,
            decode(request.news),
            plain(decode(request.olds)),
            self._settings.default_tags,
            replies.naming(request),
        )
        return replies.checked(checked.inputs, checked.failures)

    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        kind = self._kind(request.urn, context)
        old = plain(decode(request.old_inputs)) or plain(decode(request.olds))
        new = plain(decode(request.news))
        return replies.differing(planning.diff(kind, old, new, list(request.ignoreChanges)))

    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        inputs = decode(request.properties)
        bare = plain(inputs)
        life = self._life(request.urn, bare, context)
        if request.preview or has_unknown(bare):
            outputs = mark_secrets(life.preview_create(bare), inputs)
            return provider_pb2.CreateResponse(properties=encode(outputs))
        try:
            resource_id, outputs = life.create(bare)
        except PartialCreateError as error:
            made = mark_secrets(life.preview_create(bare), inputs)
            return replies.half_made(context, error, made, inputs)
        except CLOUD_ERRORS as error:
            return replies.refuse(context, sentence(error))
        return provider_pb2.CreateResponse(id=resource_id, properties=encode(mark_secrets(outputs, inputs)))

    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        state, inputs = decode(request.properties), decode(request.inputs)
        life = self._life(request.urn, plain(state), context)
        try:
            found = life.read(request.id, plain(state), plain(inputs))
        except CLOUD_ERRORS as error:
            return replies.refuse(context, sentence(error))
        if found is None:
            return provider_pb2.ReadResponse()
        outputs, now = found
        return provider_pb2.ReadResponse(
            id=request.id,
            properties=encode(mark_secrets(outputs, {**state, **inputs})),
            inputs=encode(mark_secrets(now, inputs)),
        )

    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        state, inputs = plain(decode(request.olds)), decode(request.news)
        bare = plain(inputs)
        life = self._life(request.urn, {**state, **bare}, context)
        old = plain(decode(request.old_inputs)) or state
        changed = frozenset(c.top for c in planning.diff(life.ctx.type, old, bare).changes)
        try:
            if request.preview or has_unknown(bare):
                outputs = life.preview_update(state, bare)
            else:
                outputs = life.update(request.id, state, bare, changed)
        except CLOUD_ERRORS as error:
            return replies.refuse(context, sentence(error))
        return provider_pb2.UpdateResponse(properties=encode(mark_secrets(outputs, inputs)))

    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        state = plain(decode(request.properties))
        try:
            self._life(request.urn, state, context).delete(request.id, state)
        except CLOUD_ERRORS as error:
            return replies.refuse(context, sentence(error))
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        args = plain(decode(request.args))
        function = INVOKES.get(request.tok)
        if function is None:
            known = ", ".join(sorted(INVOKES))
            return replies.refuse(context, f"there is no function '{request.tok}' here; there are {known}")
        try:
            region = args.get("region") or self._settings.region
            answer = function(self._clients, region, args)
        except CLOUD_ERRORS as error:
            return replies.refuse(context, sentence(error))
        return replies.returned(answer)

    def _kind(self, urn: str, context: grpc.ServicerContext) -> ResourceType:
        token = replies.token_of(urn)
        kind = resolve(token)
        if kind is None:
            replies.refuse(context, f"the installed pulumi_aws {sdk_version()} has no resource type '{token}'")
        return kind

    def _life(self, urn: str, props: Props, context: grpc.ServicerContext) -> Life:
        region = props.get("region") or self._settings.region
        ctx = Context(self._clients, region, self._kind(urn, context))
        return Life(ctx, self._settings.default_tags)
