"""Where a command reads samples from: its options, gathered into one value."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.port import UNKEPT
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ibis.backends.duckdb import Backend

    from trimtab.cost.sources.port import Keeper, UsageSource

_SERVERS = ("cloudwatch", "prometheus", "both")
_PATH = click.Path(dir_okay=False, path_type=Path)

days_option = click.option(
    "--days",
    type=click.IntRange(1, 455),
    default=28,
    show_default=True,
    help="Days of history to read from CloudWatch or Prometheus.",
)
_options = (
    click.option(
        "--source",
        type=click.Choice(["file", *_SERVERS]),
        default=None,
        help="Where samples come from; both: AWS from CloudWatch, the cluster from Prometheus.",
    ),
    click.option("--prometheus-url", help="Address of Prometheus.  [env var: PROMETHEUS_URL]"),
    click.option(
        "--prometheus-header", "prometheus_headers", multiple=True, help="'Name: value' to send; may be given twice."
    ),
    click.option("--prometheus-ca", type=_PATH, help="Certificates to trust.  [env var: PROMETHEUS_CA_FILE]"),
    days_option,
    click.option(
        "--store",
        type=click.Path(file_okay=False, path_type=Path),
        is_flag=False,
        flag_value=Path(),
        metavar="[DIR]",
        help="Keep what servers answer in DIR, and ask only for what is new.  [default DIR: $TRIMTAB_HOME/usage]",
    ),
    click.option("--offline", is_flag=True, help="Ask no server: replay what --store holds."),
)


@dataclass(frozen=True)
class Sampling:
    """What was asked for.

    Attributes:
        source: the place by name; None: the file, if there is one.
        days: how far back a server is asked.
        store: where answers are kept; the path of nothing: the default folder; None: nowhere.
        offline: whether only the store is asked.
    """

    source: str | None
    prometheus_url: str | None
    prometheus_headers: tuple[str, ...]
    prometheus_ca: Path | None
    days: int
    store: Path | None = None
    offline: bool = False

    @classmethod
    def of_stack(cls, days: int) -> Sampling:
        """Return where the metrics of a stack are: CloudWatch, and Prometheus too where the environment names one."""
        return cls("both" if os.environ.get("PROMETHEUS_URL") else "cloudwatch", None, (), None, days)

    def for_stack(self) -> Sampling:
        """Return the same, with a stack's default where no source was named."""
        if self.source is not None:
            return self
        known = self.prometheus_url or os.environ.get("PROMETHEUS_URL")
        return Sampling(**{**_values(self), "source": "both" if known else "cloudwatch"})

    @property
    def now(self) -> datetime | None:
        """What freshness is measured from: a file may be old on purpose, what a server no longer gets has stopped."""
        return datetime.now(tz=UTC) if self.source in _SERVERS and not self.offline else None

    def open(self, connection: Backend, usage: Path | None = None, engine: str | None = None) -> UsageSource:
        """Open the place; a file or table on `engine` where one is named.

        Raises:
            UserError: no place was named, or how it was named cannot be used.
            WorldError: the engine cannot be reached.
        """
        if engine is not None:
            return self._on(engine, usage)
        if usage is not None and self.source in {None, "file"}:
            return UsageFile(connection, usage)
        if self.source == "cloudwatch":
            return self._cloudwatch(connection)
        if self.source == "prometheus":
            return self._prometheus(connection)
        if self.source == "both":
            from trimtab.cost.sources.several import CloudAndCluster  # noqa: PLC0415  # as below

            return CloudAndCluster(self._cloudwatch(connection), self._prometheus(connection))
        raise UserError(
            "no samples were named",
            remedy="give --usage FILE, --source cloudwatch with AWS credentials, or --source prometheus.",
        )

    def _on(self, engine: str, usage: Path | None) -> UsageSource:
        from trimtab.cost.sources.engines import open_on  # noqa: PLC0415  # as below

        if self.source in _SERVERS:
            raise UserError(
                f"--engine with --source {self.source}: an engine reads a file or a table; allowed: --source file",
                remedy="leave out one of the two.",
            )
        return open_on(engine, usage)

    def _cloudwatch(self, connection: Backend) -> UsageSource:
        from trimtab.cost.sources.cloudwatch import CloudWatch  # noqa: PLC0415  # boto3 is slow to import

        return CloudWatch.from_environment(connection, self.days, self._keeper("cloudwatch"))

    def _prometheus(self, connection: Backend) -> UsageSource:
        from trimtab.cost.sources.prometheus import Access, Prometheus  # noqa: PLC0415  # httpx is slow to import

        access = Access.of(self.prometheus_url, self.prometheus_headers, self.prometheus_ca)
        return Prometheus(connection, access, self.days, self._keeper("prometheus"))

    def _keeper(self, name: str) -> Keeper:
        if self.store is None and not self.offline:
            return UNKEPT
        from trimtab.cost.store import Store, default_folder  # noqa: PLC0415  # pyarrow is slow to import

        folder = default_folder() if self.store in {None, Path()} else self.store
        return Store(Path(folder or ""), name, datetime.now(tz=UTC), self.offline)


def _values(sampling: Sampling) -> dict[str, Any]:
    return {field.name: getattr(sampling, field.name) for field in fields(sampling)}


def sampling_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as one argument `sampling`."""
    names = [field.name for field in fields(Sampling)]

    @functools.wraps(command)
    def gathered(**given: Any) -> Any:
        own = {name: given.pop(name) for name in names}
        return command(sampling=Sampling(**own), **given)

    for option in reversed(_options):
        gathered = option(gathered)
    return gathered
