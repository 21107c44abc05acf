"""What an apply needs of an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True)
class Operation:
    """What would be done to one resource: `update`, `replace`, `delete`, …."""

    kind: str
    urn: str

    @property
    def type(self) -> str:
        """The resource's type token."""
        return self.urn.split("::")[2].rsplit("$", 1)[-1]

    @property
    def name(self) -> str:
        """The resource's name."""
        return self.urn.rsplit("::", 1)[-1]


@dataclass(frozen=True)
class Preview:
    """What an update would do.

    Attributes:
        passed: False where the program, a provider or a policy pack refuses it.
        operations: everything that would not stay the same.
        denials: mandatory policies that are violated, one sentence each.
        problems: what else the engine says against it.
    """

    passed: bool
    operations: tuple[Operation, ...] = ()
    denials: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drift:
    """One property of a resource that is not in the cloud as it was declared.

    Attributes:
        component: URN of the component that the resource lies in.
        path: `maxSize`, `tags.Team`; empty where the whole resource is gone.
        declared, found: the values as text; a secret one is never shown.
    """

    urn: str
    component: str
    path: str
    declared: str
    found: str

    def __str__(self) -> str:
        """Return it as a clause: `maxSize of scorers is 7 in the cloud, declared is 4`."""
        name = self.urn.rsplit("::", 1)[-1]
        if not self.path:
            return f"{name} is gone from the cloud"
        return f"{self.path} of {name} is {self.found} in the cloud, declared is {self.declared}"


class Engine(Protocol):
    """A stack that can be previewed and updated. Interrupts (KeyboardInterrupt) end an operation in good order."""

    def drift(self, components: Collection[str]) -> tuple[Drift, ...]:
        """Reread the resources of components from the cloud, and return where they are not as declared.

        Raises:
            EngineError: the engine is absent, or the cloud cannot be read.
        """
        ...

    def preview(self, config: Path) -> Preview:
        """Ask what an update with another configuration file would do, under the policy packs.

        Raises:
            EngineError: the engine is absent or cannot be run.
        """
        ...

    def up(self) -> None:
        """Make the cloud what the stack's configuration says, under the policy packs.

        Raises:
            EngineError: it failed, and may have done a part.
        """
        ...

    def reread(self) -> None:
        """Make the state what the cloud is.

        Raises:
            EngineError: somebody else holds the stack, or the cloud cannot be read.
        """
        ...

    def recover(self) -> None:
        """After a run that died: wait for an engine that it left running, clear its lock, reread the cloud.

        Raises:
            EngineError: somebody else holds the stack, or the cloud cannot be read.
        """
        ...
