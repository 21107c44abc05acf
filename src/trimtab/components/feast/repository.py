"""The feature repository: `feature_store.yaml` and the definitions, as a pure function of the declaration.

What differs between a cluster and anywhere else is in the environment, which Feast puts into the file when it reads
it; so a test applies the very files that the component declares.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from trimtab.components.feast.definitions import DEFINITIONS, definitions
from trimtab.spec.cluster.feast_stores import AthenaOfflineStore, RedisOnlineStore, S3Registry

if TYPE_CHECKING:
    from trimtab.spec.cluster.feast import Feast

CONFIG = "feature_store.yaml"
REGISTRY, ONLINE, DATA, STAGING = "FEAST_REGISTRY", "FEAST_ONLINE", "FEAST_DATA", "FEAST_STAGING"
"""Variables: where the registry is, how Redis is reached, where sources are, where Athena leaves results."""
REGION, DATABASE, WORKGROUP = "AWS_REGION", "FEAST_ATHENA_DATABASE", "FEAST_ATHENA_WORKGROUP"
KEY_VERSION = 3
"""Of Feast's serialised entity keys: the one it keeps."""
CATALOG = "AwsDataCatalog"


def feature_repository(spec: Feast, *, table_template: str = "{project}.{table_name}") -> dict[str, str]:
    """Return the files of the feature repository: name → text.

    Args:
        spec: the declaration.
        table_template: how DynamoDB's tables are called, in Feast's own placeholders.
    """
    text = io.StringIO()
    YAML().dump(configuration(spec, table_template=table_template), text)
    return {CONFIG: text.getvalue(), DEFINITIONS: definitions(spec)}


def configuration(spec: Feast, *, table_template: str) -> dict[str, Any]:
    """Return what `feature_store.yaml` holds."""
    return {
        "project": spec.project,
        "provider": "local",
        "registry": {
            "registry_type": "file" if isinstance(spec.registry, S3Registry) else "sql",
            "path": f"${{{REGISTRY}}}",
            "cache_ttl_seconds": spec.registry_cache_seconds,
        },
        "online_store": _online(spec, table_template),
        "offline_store": _offline(spec),
        "entity_key_serialization_version": KEY_VERSION,
        "auth": {"type": "no_auth"},
    }


def variables(spec: Feast) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the variables that the files name: the plain ones, and those whose values are secrets."""
    redis = isinstance(spec.online_store, RedisOnlineStore)
    sql = not isinstance(spec.registry, S3Registry)
    athena = (STAGING, DATABASE, WORKGROUP) if isinstance(spec.offline_store, AthenaOfflineStore) else ()
    plain = (REGION, DATA, *athena, *(() if sql else (REGISTRY,)))
    return plain, (*((ONLINE,) if redis else ()), *((REGISTRY,) if sql else ()))


def _online(spec: Feast, table_template: str) -> dict[str, Any]:
    if isinstance(spec.online_store, RedisOnlineStore):
        return {"type": "redis", "redis_type": "redis", "connection_string": f"${{{ONLINE}}}"}
    return {"type": "dynamodb", "region": f"${{{REGION}}}", "table_name_template": table_template}


def _offline(spec: Feast) -> dict[str, Any]:
    if not isinstance(spec.offline_store, AthenaOfflineStore):
        return {"type": "file"}
    return {
        "type": "athena",
        "region": f"${{{REGION}}}",
        "data_source": CATALOG,
        "database": f"${{{DATABASE}}}",
        "workgroup": f"${{{WORKGROUP}}}",
        "s3_staging_location": f"${{{STAGING}}}",
    }
