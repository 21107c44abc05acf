"""What stands, with the work that it is asked for: an endpoint's requests, a pool's jobs."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import numpy as np

from trimtab.local.load.demand import demand_at
from trimtab.local.load.metrics import endpoint_series, history_nodes, pool_series

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trimtab.local.load.capacity import Endpoint, Pool, Standing
    from trimtab.local.load.demand import Floats, Seconds
    from trimtab.local.load.metrics import Series
    from trimtab.local.load.profile import Demand, EndpointLoad, PoolLoad, Profile

    Key = tuple[str, ...]


@dataclass(frozen=True)
class WorkingEndpoint:
    """A variant of an endpoint and the work of it, in instances' worth, at each moment."""

    subject: Endpoint
    load: EndpointLoad
    work: Floats

    @property
    def invocations(self) -> float:
        """What it is asked for at the first moment, a minute, served or not."""
        return float(self.work[0]) * self.load.requests_per_instance_minute

    def past(self, step_seconds: int) -> list[Series]:
        return endpoint_series(self.subject, self.load, self.work, step_seconds / 60)

    present = past


@dataclass(frozen=True)
class WorkingPool:
    """An auto scaling group and the work of it, in nodes' worth, at each moment."""

    subject: Pool
    load: PoolLoad
    work: Floats

    @property
    def busy_percent(self) -> float | None:
        """Utilisation of its GPUs at the first moment; None while no node runs."""
        return min(100.0, float(self.work[0]) / self.subject.instances * 100.0) if self.subject.instances else None

    def past(self, _step_seconds: int) -> list[Series]:
        return pool_series(self.subject, self.load, self.work, history_nodes(self.subject, self.work))

    def present(self, _step_seconds: int) -> list[Series]:
        return pool_series(self.subject, self.load, self.work, np.full(1, float(self.subject.instances)))


Working = WorkingEndpoint | WorkingPool


def key_of(subject: Endpoint | Pool) -> Key:
    """What tells one thing that stands from all others."""
    return (type(subject).__name__, subject.name, getattr(subject, "variant", ""))


def working(standing: Standing, profile: Profile, moments: Seconds, *, done: Collection[Key] = ()) -> Iterator[Working]:
    """Give everything that stands and that the profile has a load for.

    Args:
        standing: what the cloud says.
        profile: the load.
        moments: seconds since the epoch, at which the work is wanted.
        done: keys of what is left out, before its work is computed.
    """
    for endpoint in standing.endpoints:
        for load in profile.endpoints:
            if fnmatch(endpoint.name, load.match) and key_of(endpoint) not in done:
                yield WorkingEndpoint(endpoint, load, _work(load.demand, moments, endpoint.name))
    for pool in standing.pools:
        for jobs in profile.pools:
            if fnmatch(pool.name, jobs.match) and key_of(pool) not in done:
                yield WorkingPool(pool, jobs, _work(jobs.demand, moments, pool.name))


def _work(demand: Demand, moments: Seconds, name: str) -> Floats:
    return demand_at(demand, moments, zlib.crc32(name.encode()))
