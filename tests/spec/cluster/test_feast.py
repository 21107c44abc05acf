"""What of Feast's declaration is refused, and with which path."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from tests.spec.cluster.declared import DIGEST
from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.feast import Feast
from trimtab.spec.problems import sentence

VIEW: dict[str, Any] = {
    "name": "driver_trips",
    "entities": ["driver"],
    "source": "trips.parquet",
    "ttlSeconds": 86_400,
    "fields": [{"name": "trips", "type": "Int64"}],
}
SPEC: dict[str, Any] = {
    "image": DIGEST,
    "project": "rides",
    "entities": [{"name": "driver", "joinKey": "driver_id"}],
    "views": [VIEW],
    "services": [{"name": "eta_v1", "views": ["driver_trips"]}],
}


class Declared(SpecModel):
    """What holds it, so that paths begin as they do in a cluster."""

    feast: Feast


def problem(**fields: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Declared.model_validate_json(json.dumps({"feast": {**SPEC, **fields}}), strict=True)
    return sentence(refused.value.errors(include_url=False)[0], Declared)


def field(name: str) -> dict[str, Any]:
    return {"name": name, "type": "Int64"}


def test_read() -> None:
    read = Declared.model_validate_json(json.dumps({"feast": SPEC}), strict=True).feast
    assert read.online_store.type == "redis"
    assert read.sizing(None).fields[0].spec_path is None


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"views": [{**VIEW, "entities": ["rider"]}]}, "feast.views[0].entities[0] = 'rider'"),
        ({"services": [{"name": "eta", "views": ["trips"]}]}, "feast.services[0].views[0] = 'trips'"),
        ({"views": [VIEW, VIEW]}, "feast.views"),
        ({"views": [{**VIEW, "fields": [field("driver_id")]}]}, "feast.views[0].fields[0].name = 'driver_id'"),
        ({"views": [{**VIEW, "fields": [field("event_timestamp")]}]}, "feast.views[0].fields[0].name"),
        ({"views": [{**VIEW, "fields": [field("a"), field("a")]}]}, "feast.views[0].fields[1].name = 'a'"),
        ({"views": [{**VIEW, "source": "/etc/passwd"}]}, "feast.views[0].source = '/etc/passwd'"),
        ({"project": "Rides-1"}, "feast.project = 'Rides-1'"),
        ({"onlineStore": {"type": "memcached"}}, "feast.onlineStore"),
    ],
)
def test_refused(fields: dict[str, Any], wanted: str) -> None:
    said = problem(**fields)
    assert said.startswith(wanted), said
    assert "allowed: " in said
    assert "remedy: " in said
