"""Our findings as the wire's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import grpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from trimtab.local.awsprovider.planning import Difference, Naming
from trimtab.local.awsprovider.values import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trimtab.local.awsprovider.check import Failure
    from trimtab.local.awsprovider.errors import PartialCreateError
    from trimtab.local.awsprovider.values import Props


def token_of(urn: str) -> str:
    """The resource's own type in a URN; its parents' types stand before it, after `$`."""
    return urn.split("::")[2].rsplit("$", 1)[-1]


def naming(request: Any) -> Naming:
    """What the engine says about the name in a Check."""
    logical = request.name or request.urn.rsplit("::", 1)[-1]
    if not request.HasField("autonaming"):
        return Naming(logical, request.randomSeed)
    options = request.autonaming
    return Naming(
        logical,
        request.randomSeed,
        proposed=options.proposed_name,
        disabled=options.mode == provider_pb2.CheckRequest.AutonamingOptions.DISABLE,
    )


def checked(inputs: Mapping[str, Any], failures: Iterable[Failure]) -> Any:
    """The answer to Check and CheckConfig."""
    found = [provider_pb2.CheckFailure(property=failure.path, reason=failure.reason) for failure in failures]
    return provider_pb2.CheckResponse(inputs=encode(inputs), failures=found)


def differing(found: Difference) -> Any:
    """The answer to Diff and DiffConfig, with the kind of each changed path."""
    detailed = {}
    for change in found.changes:
        kind = f"{change.kind}_REPLACE" if change.replaces else change.kind
        detailed[change.path] = provider_pb2.PropertyDiff(
            kind=provider_pb2.PropertyDiff.Kind.Value(kind), inputDiff=True
        )
    response = provider_pb2.DiffResponse
    return response(
        changes=response.DIFF_SOME if found.changes else response.DIFF_NONE,
        diffs=sorted({change.top for change in found.changes}),
        replaces=sorted({change.top for change in found.changes if change.replaces}),
        deleteBeforeReplace=found.delete_first,
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )


def returned(answer: Props) -> Any:
    """The answer to Invoke, whose field is a keyword of Python's."""
    response = provider_pb2.InvokeResponse()
    getattr(response, "return").CopyFrom(encode(answer))
    return response


def refuse(context: grpc.ServicerContext, message: str) -> NoReturn:
    """End the request with one sentence."""
    context.abort(grpc.StatusCode.UNKNOWN, message)
    raise AssertionError(message)  # abort raises; the type checker does not know


def half_made(context: grpc.ServicerContext, error: PartialCreateError, outputs: Props, inputs: Props) -> NoReturn:
    """Tell the engine that the resource exists though it is not right, so that it is not forgotten."""
    detail = provider_pb2.ErrorResourceInitFailed(
        id=error.resource_id, properties=encode(outputs), inputs=encode(inputs), reasons=[str(error)]
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(error))
    status.details.add().Pack(detail)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    refuse(context, str(error))
