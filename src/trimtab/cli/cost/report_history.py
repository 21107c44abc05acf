"""Where a report learns how many units ran in the past weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.history import UnitHistory, from_cloudwatch, from_file, from_prometheus, unit_history
from trimtab.cost.sources.cloudwatch import CloudWatch
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.prometheus import Access

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from trimtab.cli.cost.sampling import Sampling
    from trimtab.cost.model import AdviceDocument, Resource
    from trimtab.cost.sources.cloudwatch import MetricClient


def history_of(document: AdviceDocument, sampling: Sampling, path: Path | None, until: datetime) -> UnitHistory | None:
    """Read the history of the advice's resources: from a file, or from the servers that the samples come from.

    Args:
        document: the advice.
        sampling: where samples come from; without a server, or offline, there is no history but a file's.
        path: the file; None: the servers.
        until: the history's end.

    Raises:
        UserError: the file cannot be read, or an address cannot be used.
        WorldError: a server cannot be reached or refuses.
    """
    if path is not None:
        return from_file(connect(), path, until)
    if sampling.offline:
        return None
    resources = resources_of(document)
    parts = []
    if sampling.source in {"cloudwatch", "both"}:
        client_of = CloudWatch.from_environment(connect(), sampling.days).client_of
        parts.append(from_cloudwatch(resources, client_of, until))
    if sampling.source in {"prometheus", "both"}:
        access = Access.of(sampling.prometheus_url, sampling.prometheus_headers, sampling.prometheus_ca)
        parts.append(from_prometheus(resources, access, until))
    return unit_history(parts) if parts else None


def history_of_account(
    resources: Sequence[Resource], client_of: Callable[[str], MetricClient], access: Access | None, until: datetime
) -> UnitHistory:
    """Read the history of one account's resources.

    Raises:
        WorldError: a server cannot be reached or refuses.
    """
    parts = [from_cloudwatch(resources, client_of, until)]
    if access is not None:
        parts.append(from_prometheus(resources, access, until))
    return unit_history(parts)


def resources_of(document: AdviceDocument) -> list[Resource]:
    """Return the resources behind all advice, each once."""
    return list({one.resource_id: one for each in document.advice for one in each.utilisation.members}.values())
