"""The provider as the engine sees it: one call each, over gRPC, with a failure as an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from trimtab.local.awsprovider.values import Props, decode, encode


class CheckFailedError(Exception):
    """Check refused the inputs: `failures` maps the path to the reason."""

    def __init__(self, failures: dict[str, str]) -> None:
        super().__init__(str(failures))
        self.failures = failures


@dataclass
class Plugin:
    """A client of one provider process or server."""

    stub: Any

    @classmethod
    def at(cls, port: int) -> Plugin:
        return cls(provider_pb2_grpc.ResourceProviderStub(grpc.insecure_channel(f"127.0.0.1:{port}")))

    def configure(self, **args: Any) -> None:
        self.stub.Configure(provider_pb2.ConfigureRequest(args=encode(args), acceptSecrets=True, acceptResources=True))

    def check(
        self, token: str, inputs: Props, *, olds: Props | None = None, name: str = "it", seed: bytes = b"seed"
    ) -> Props:
        answer = self.stub.Check(
            provider_pb2.CheckRequest(
                urn=urn(token, name), news=encode(inputs), olds=encode(olds or {}), randomSeed=seed
            )
        )
        if answer.failures:
            raise CheckFailedError({failure.property: failure.reason for failure in answer.failures})
        return decode(answer.inputs)

    def diff(self, token: str, old: Props, new: Props, ignored: tuple[str, ...] = ()) -> Any:
        return self.stub.Diff(
            provider_pb2.DiffRequest(
                id="id",
                urn=urn(token),
                olds=encode(old),
                old_inputs=encode(old),
                news=encode(new),
                ignoreChanges=ignored,
            )
        )

    def create(self, token: str, inputs: Props, *, preview: bool = False) -> tuple[str, Props]:
        answer = self.stub.Create(
            provider_pb2.CreateRequest(urn=urn(token), properties=encode(inputs), preview=preview)
        )
        return answer.id, decode(answer.properties)

    def read(
        self, token: str, resource_id: str, state: Props | None = None, inputs: Props | None = None
    ) -> tuple[str, Props, Props]:
        answer = self.stub.Read(
            provider_pb2.ReadRequest(
                id=resource_id, urn=urn(token), properties=encode(state or {}), inputs=encode(inputs or {})
            )
        )
        return answer.id, decode(answer.properties), decode(answer.inputs)

    def update(
        self, token: str, resource_id: str, state: Props, old: Props, new: Props, *, preview: bool = False
    ) -> Props:
        answer = self.stub.Update(
            provider_pb2.UpdateRequest(
                id=resource_id,
                urn=urn(token),
                olds=encode(state),
                old_inputs=encode(old),
                news=encode(new),
                preview=preview,
            )
        )
        return decode(answer.properties)

    def delete(self, token: str, resource_id: str, state: Props) -> None:
        self.stub.Delete(provider_pb2.DeleteRequest(id=resource_id, urn=urn(token), properties=encode(state)))

    def invoke(self, token: str, args: Props) -> Props:
        answer = self.stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=encode(args)))
        return decode(getattr(answer, "return"))


def urn(token: str, name: str = "it") -> str:
    return f"urn:pulumi:test::trimtab::{token}::{name}"
