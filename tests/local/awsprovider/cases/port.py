"""What one row of the table holds, and the world that its inputs refer to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3

from trimtab.local.awsprovider.values import Props

if TYPE_CHECKING:
    from tests.local.awsprovider.plugin import Plugin

REGION = "eu-central-1"
ACCOUNT = "123456789012"


class Made(NamedTuple):
    """A resource that exists in the cloud."""

    id: str
    outputs: Props


@dataclass
class World:
    """Resources that other resources need, made once each by the provider under test."""

    plugin: Plugin
    cases: dict[str, Case]
    made: dict[str, Made] = field(default_factory=dict)

    def get(self, token: str) -> Made:
        """The one resource of a type, made of the table's own inputs where it is not there yet."""
        if token not in self.made:
            inputs = self.plugin.check(token, self.cases[token].inputs(self), name="shared", seed=b"shared")
            self.made[token] = Made(*self.plugin.create(token, inputs))
        return self.made[token]

    def id(self, token: str) -> str:
        return self.get(token).id

    def arn(self, token: str) -> str:
        return str(self.get(token).outputs["arn"])

    def boto(self, service: str) -> Any:
        return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]  # named at run time


Inputs = Callable[[World], Props]
# (world, id, outputs): changes the resource behind Pulumi's back
Behind = Callable[[World, str, Props], None]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One type.

    Attributes:
        inputs: what it is made of.
        update: what is changed in place, on top of the inputs; None where nothing can be.
        replace: what, changed, makes a new resource.
        behind: a change that the provider did not make, and `seen`, the input in which refresh must find it.
        stays: whether the cloud keeps it after it was deleted (a setting that always has a value).
        record: whether it is only kept in the state.
    """

    inputs: Inputs
    update: Inputs | None = None
    replace: Inputs | None = None
    behind: Behind | None = None
    seen: str = ""
    stays: bool = False
    record: bool = False


def fixed(**inputs: Any) -> Inputs:
    """Inputs that need nothing of the world."""
    return lambda _world: dict(inputs)
