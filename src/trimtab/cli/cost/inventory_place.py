"""Where a command reads what is paid for: its options, gathered into one value."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trimtab.cli.cost.wiring import progress
from trimtab.cost.sources.inventory_file import InventoryFile
from trimtab.cost.sources.stack_state import StackState
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ibis.backends.duckdb import Backend

    from trimtab.cost.model import Resource

AWS, KUBERNETES = "aws", "kubernetes"


@dataclass(frozen=True)
class InventoryPlace:
    """What was asked for.

    Attributes:
        named: `aws`, `kubernetes`, or a file's path; None: a stack.
        state: an exported state.
        regions: of the AWS account; empty: the environment's.
        context: of the kubeconfig; None: its current one.
    """

    named: str | None
    state: Path | None
    regions: tuple[str, ...]
    context: str | None

    def resources(self, connection: Backend, stack: str | None) -> Sequence[Resource]:
        """Read the inventory from the one place that was named; TRIMTAB_STACK in the shell gives way to the others.

        Raises:
            UserError: none or two were named, or it cannot be read.
            WorldError: the place cannot be reached.
        """
        found = self.stack_state(stack)
        if found is not None:
            return found.resources()
        if self.named and not self.state:
            return self._named(connection, self.named)
        names = ", ".join(
            name for name, value in (("--inventory", self.named), ("--state", self.state), ("--stack", stack)) if value
        )
        raise UserError(
            f"the inventory is named {'twice' if names else 'not at all'} ({names or 'no option'}); allowed: once",
            remedy="give one of --inventory aws, --inventory kubernetes, --inventory FILE, --state FILE, --stack NAME.",
        )

    def stack_state(self, stack: str | None) -> StackState | None:
        """Return the state that was named, by its file or its stack; None where it is another place, or none.

        Raises:
            UserError: it cannot be read, or an option does not belong to it.
            WorldError: the engine does not answer.
        """
        self._refuse_what_does_not_belong()
        if self.named:
            return None
        if self.state:
            return StackState.from_file(self.state)
        return StackState.from_engine(stack) if stack else None

    def is_empty(self, stack: str | None) -> bool:
        """Whether no place was named."""
        return not (self.named or self.state or stack)

    def _named(self, connection: Backend, named: str) -> Sequence[Resource]:
        if named == AWS:
            return self._account()
        if named == KUBERNETES:
            from trimtab.cost.sources.inventory_kubernetes import KubernetesCluster  # noqa: PLC0415  # slow to import

            with progress("reading the cluster"):
                return KubernetesCluster.from_environment(self.context).resources()
        return InventoryFile(connection, Path(named)).resources()

    def _account(self) -> Sequence[Resource]:
        from trimtab.cost.sources.inventory_aws import AwsAccount  # noqa: PLC0415  # boto3 is slow to import

        refused: list[str] = []
        with progress("reading the account") as tell:
            found = AwsAccount.from_environment(self.regions, tell, refused.append).resources()
        for one in refused:
            click.echo(one, err=True)
        return found

    def _refuse_what_does_not_belong(self) -> None:
        for option, value, wanted in (("--region", self.regions, AWS), ("--context", self.context, KUBERNETES)):
            if value and self.named != wanted:
                raise UserError(
                    f"{option}: belongs to --inventory {wanted} alone",
                    remedy=f"leave it out, or add --inventory {wanted}.",
                )


_options = (
    click.option(
        "--inventory", "named", metavar="aws|kubernetes|FILE", help="An account, a cluster, or Parquet or CSV."
    ),
    click.option("--state", type=click.Path(path_type=Path), help="Stack state, as `pulumi stack export` writes it."),
    click.option(
        "--region",
        "regions",
        multiple=True,
        help="Of --inventory aws; may be given twice.  [default: the environment's]",
    ),
    click.option("--context", help="Of --inventory kubernetes: context of the kubeconfig.  [default: the current one]"),
)


def inventory_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as one argument `place`."""

    @functools.wraps(command)
    def gathered(
        *, named: str | None, state: Path | None, regions: tuple[str, ...], context: str | None, **given: Any
    ) -> Any:
        return command(place=InventoryPlace(named, state, regions, context), **given)

    for option in reversed(_options):
        gathered = option(gathered)
    return gathered
