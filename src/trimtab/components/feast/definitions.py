"""The definitions of a feature repository, as the Python that `feast apply` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.cluster.feast_stores import AthenaOfflineStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.spec.cluster.feast import Feast
    from trimtab.spec.cluster.feast_views import FeastEntity, FeastService, FeastView

DEFINITIONS = "definitions.py"
_HEAD = '"""Written by trimtab from the platform\'s declaration: change that, not this file."""'
_ATHENA = "feast.infra.offline_stores.contrib.athena_offline_store.athena_source"


def definitions(spec: Feast) -> str:
    """Return the text of the definitions: entities, sources, views, services, in this order."""
    athena = isinstance(spec.offline_store, AthenaOfflineStore)
    blocks = [
        "\n".join(_imports(spec, athena=athena)),
        *(_entity(entity) for entity in spec.entities),
        *(_view(view, athena=athena) for view in spec.views),
        *(_service(service) for service in spec.services),
    ]
    return "\n\n".join([_HEAD, *blocks]) + "\n"


def _imports(spec: Feast, *, athena: bool) -> Iterator[str]:
    types = sorted({field.type for view in spec.views for field in view.fields})
    yield "import os"
    yield "from datetime import timedelta\n"
    yield f"from feast import Entity, FeatureService, FeatureView, Field{'' if athena else ', FileSource'}, ValueType"
    if athena:
        yield f"from {_ATHENA} import AthenaSource"
    yield f"from feast.types import {', '.join(types)}"


def _entity(spec: FeastEntity) -> str:
    return _call(
        f"entity_{spec.name}",
        "Entity",
        name=repr(spec.name),
        join_keys=repr([spec.join_key]),
        value_type=f"ValueType.{spec.value_type}",
        description=repr(spec.description),
    )


def _view(spec: FeastView, *, athena: bool) -> str:
    schema = [f"Field(name={f.name!r}, dtype={f.type}, description={f.description!r})" for f in spec.fields]
    owner = {"owner": repr(spec.owner.contact)} if spec.owner else {}
    view = _call(
        f"view_{spec.name}",
        "FeatureView",
        name=repr(spec.name),
        entities=f"[{', '.join(f'entity_{name}' for name in spec.entities)}]",
        ttl=f"timedelta(seconds={spec.ttl_seconds})",
        schema="[\n        " + ",\n        ".join(schema) + ",\n    ]",
        online=repr(spec.online),
        source=f"source_{spec.name}",
        description=repr(spec.description),
        **owner,
    )
    return f"{_source(spec, athena=athena)}\n\n{view}"


def _source(spec: FeastView, *, athena: bool) -> str:
    place = (
        {
            "table": repr(spec.source),
            "database": 'os.environ["FEAST_ATHENA_DATABASE"]',
            "data_source": repr("AwsDataCatalog"),
        }
        if athena
        else {"path": f'os.environ["FEAST_DATA"] + {"/" + spec.source!r}'}
    )
    created = {"created_timestamp_column": repr(spec.created_timestamp_field)} if spec.created_timestamp_field else {}
    return _call(
        f"source_{spec.name}",
        "AthenaSource" if athena else "FileSource",
        name=repr(f"{spec.name}_source"),
        **place,
        timestamp_field=repr(spec.timestamp_field),
        **created,
    )


def _service(spec: FeastService) -> str:
    views = ", ".join(f"view_{name}" for name in spec.views)
    return _call(
        f"service_{spec.name}",
        "FeatureService",
        name=repr(spec.name),
        features=f"[{views}]",
        description=repr(spec.description),
    )


def _call(target: str, called: str, **arguments: str) -> str:
    lines = "".join(f"    {name}={value},\n" for name, value in arguments.items())
    return f"{target} = {called}(\n{lines})"
