"""What Feast reads and writes: its bucket, its registry, its online store; and how its environment names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.buckets import Store, expiry, given_store, own_store, unfinished_uploads
from trimtab.components.databases import POSTGRES, data_place, rds_database
from trimtab.components.feast import redis
from trimtab.components.feast.repository import DATA, DATABASE, ONLINE, REGION, REGISTRY, STAGING, WORKGROUP
from trimtab.components.feast.tables import online_tables
from trimtab.components.kube.web import to_private
from trimtab.spec.cluster.feast_stores import AthenaOfflineStore, RedisOnlineStore, SqlRegistry
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.components.feast.args import FeastArgs
    from trimtab.components.kube import ClusterComponent
    from trimtab.components.place import Place

UNFINISHED_UPLOAD_DAYS, RESULT_DAYS = 7, 30
STAGING_PREFIX, REGISTRY_PREFIX = "feast-staging", "feast-registry"
FEAST_DATABASE = "feast"


@dataclass
class Stores:
    """The stores.

    Attributes:
        bucket: of registry, sources and results.
        plain: environment variable → value.
        secret: environment variable → secret value.
        egress: network policy rules that lead to them.
        tables: ARNs of the online store's tables.
    """

    bucket: Store
    plain: dict[str, Any] = field(default_factory=dict)
    secret: dict[str, pulumi.Output[str]] = field(default_factory=dict)
    egress: list[dict[str, Any]] = field(default_factory=list)
    tables: list[pulumi.Output[str]] = field(default_factory=list)


def feast_stores(component: ClusterComponent, args: FeastArgs, place: Place, key_arn: pulumi.Output[str]) -> Stores:
    """Return the stores that the declaration asks for.

    Raises:
        UserError: one of them needs an input that is not wired.
    """
    stores = Stores(_bucket(component, args, place, key_arn))
    stores.plain = {REGION: place.region, DATA: pulumi.Output.concat("s3://", stores.bucket.name)}
    _registry(component, args, stores, key_arn)
    _online(component, args, stores, key_arn)
    if isinstance(args["spec"].offline_store, AthenaOfflineStore):
        _athena(component, args, stores)
    return stores


def _bucket(component: ClusterComponent, args: FeastArgs, place: Place, key_arn: pulumi.Output[str]) -> Store:
    bucket = args.get("bucket")
    if bucket is not None:
        return given_store(place, bucket)
    rules = [unfinished_uploads(UNFINISHED_UPLOAD_DAYS), expiry(RESULT_DAYS, prefix=f"{STAGING_PREFIX}/")]
    return own_store(component, "features", place, key_arn=key_arn, lifecycle=rules)


def _registry(component: ClusterComponent, args: FeastArgs, stores: Stores, key_arn: pulumi.Output[str]) -> None:
    spec = args["spec"].registry
    if not isinstance(spec, SqlRegistry):
        path = f"{REGISTRY_PREFIX}/{args['spec'].project}/registry.db"
        stores.plain[REGISTRY] = pulumi.Output.format("s3://{}/{}", stores.bucket.name, path)
        return
    where = data_place(component.name, args, what="a registry of type sql")
    made = rds_database(component, spec.database, POSTGRES, place=where, key_arn=key_arn, database=FEAST_DATABASE)
    # Feast's driver is psycopg 3; a plain scheme would be rewritten with a warning at every start.
    stores.secret[REGISTRY] = made.uri.apply(lambda uri: uri.replace("postgresql://", "postgresql+psycopg://", 1))
    stores.egress.append(to_private(made.port))


def _online(component: ClusterComponent, args: FeastArgs, stores: Stores, key_arn: pulumi.Output[str]) -> None:
    spec = args["spec"].online_store
    if isinstance(spec, RedisOnlineStore):
        where = data_place(component.name, args, what="an online store of type redis")
        stores.secret[ONLINE] = redis.redis_store(component, spec, place=where, key_arn=key_arn)
        stores.egress.append(to_private(redis.PORT))
        return
    stores.tables = [table.arn for table in online_tables(component, args["spec"], key_arn)]


def _athena(component: ClusterComponent, args: FeastArgs, stores: Stores) -> None:
    missing = [name for name in ("athena_database", "athena_workgroup") if name not in args]
    if missing:
        raise UserError(
            f"{component.name}: an offline store of type athena needs {' and '.join(missing)}",
            remedy="pass the outputs database and workgroup of a FeatureStore, or declare offlineStore.type: files.",
        )
    stores.plain |= {
        STAGING: pulumi.Output.format("s3://{}/{}", stores.bucket.name, STAGING_PREFIX),
        DATABASE: args["athena_database"],
        WORKGROUP: args["athena_workgroup"],
    }
