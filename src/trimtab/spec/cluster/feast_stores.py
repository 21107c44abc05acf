"""Where Feast keeps its registry, its online features and its history."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.databases import RdsDatabase

CacheNode = Annotated[
    str, Field(pattern=r"^cache\.[a-z0-9-]+\.[a-z0-9]+$", description="An ElastiCache node type, cache.t4g.small.")
]


class S3Registry(SpecModel):
    """The registry as one object in the bucket."""

    type: Literal["s3"] = "s3"


class SqlRegistry(SpecModel):
    """The registry as tables: for many teams that apply at the same time."""

    type: Literal["sql"]
    database: RdsDatabase = RdsDatabase(type="rds")


class RedisOnlineStore(SpecModel):
    """ElastiCache for Redis: encrypted in transit and at rest, with a generated password."""

    type: Literal["redis"] = "redis"
    node_type: CacheNode = "cache.t4g.small"
    replicas: Annotated[int, Field(ge=0, le=5)] = 1
    """Copies in other zones, one of which takes over."""
    snapshot_days: Annotated[int, Field(ge=0, le=35)] = 7
    engine_version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+$", description="A version, 7.1.")] = "7.1"


class DynamoOnlineStore(SpecModel):
    """One DynamoDB table a view, paid by the request."""

    type: Literal["dynamodb"]


class FileOfflineStore(SpecModel):
    """Parquet files in the bucket, read by the pod itself: for what fits into its memory."""

    type: Literal["files"] = "files"


class AthenaOfflineStore(SpecModel):
    """Tables of a Glue database, read by Athena."""

    type: Literal["athena"]


Registry = Annotated[S3Registry | SqlRegistry, Field(discriminator="type")]
OnlineStore = Annotated[RedisOnlineStore | DynamoOnlineStore, Field(discriminator="type")]
OfflineStore = Annotated[FileOfflineStore | AthenaOfflineStore, Field(discriminator="type")]
