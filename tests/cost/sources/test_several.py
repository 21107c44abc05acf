"""CloudWatch and Prometheus together: each is asked for what it measures, and only for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.cost.sources.build import CPU, Recorded, samples_of
from trimtab.cost.model import Defect, Resource
from trimtab.cost.sources.port import Samples
from trimtab.cost.sources.several import CloudAndCluster
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ibis.backends.duckdb import Backend

MACHINE = Resource(resource_id="i-1", kind="machine")
WORKLOAD = Resource(resource_id="w", kind="kubernetes-workload")


@dataclass
class Place:
    """Records what it was asked for, and has one hour of each."""

    connection: Backend
    name: str
    metric: str
    asked: list[str] = field(default_factory=list)

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:
        self.asked += [one.resource_id for one in resources]
        frame = samples_of({one.resource_id: [1.0] * 12 for one in resources}, self.metric)
        table = Recorded(self.connection, frame).samples(resources, until).table
        running = {one.resource_id: 2.0 for one in resources}
        return Samples(table, self.name, (Defect(code=self.name, count=1, repair="none"),), running)


def places(connection: Backend) -> tuple[Place, Place]:
    return Place(connection, "cloud", CPU), Place(connection, "cluster", "cpu_used_millicores")


def test_each_place_is_asked_for_what_it_measures(connection: Backend) -> None:
    cloud, cluster = places(connection)
    samples = CloudAndCluster(cloud, cluster).samples([MACHINE, WORKLOAD], None)
    assert (cloud.asked, cluster.asked) == (["i-1"], ["w"])
    assert samples.table.to_pandas()["resource_id"].value_counts().to_dict() == {"i-1": 12, "w": 12}
    assert [one.code for one in samples.defects] == ["cloud", "cluster"]
    assert samples.running == {"i-1": 2.0, "w": 2.0}
    assert samples.origin == "cloud and cluster"


def test_a_place_that_has_nothing_to_say_is_not_asked(connection: Backend) -> None:
    cloud, cluster = places(connection)
    assert CloudAndCluster(cloud, cluster).samples([WORKLOAD], None).origin == "cluster"
    assert cloud.asked == []


def test_half_of_the_samples_are_no_answer(connection: Backend) -> None:
    class Gone:
        def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:
            raise WorldError(f"{len(resources)} {until}: gone", remedy="wait")

    with pytest.raises(WorldError, match="gone"):
        CloudAndCluster(places(connection)[0], Gone()).samples([MACHINE, WORKLOAD], None)
