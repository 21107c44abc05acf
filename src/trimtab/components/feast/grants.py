"""What the feature server and the materialisation may do in AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.feast.stores import REGISTRY_PREFIX, STAGING_PREFIX, Stores
from trimtab.components.feast.tables import ACTIONS
from trimtab.components.roles import read_objects, use_key
from trimtab.components.statements import allow, under
from trimtab.spec.cluster.feast_stores import AthenaOfflineStore

if TYPE_CHECKING:
    from trimtab.components.feast.args import FeastArgs
    from trimtab.components.place import Place


def server_grants(stores: Stores, key_arn: pulumi.Output[str]) -> list[dict[str, Any]]:
    """Return what the feature server may: read the registry, and the tables of the online store."""
    registry = under(stores.bucket.arn, f"{REGISTRY_PREFIX}/*")
    return [
        allow("FindTheBucket", ["s3:GetBucketLocation", "s3:ListBucket"], [stores.bucket.arn]),
        allow("ReadTheRegistry", ["s3:GetObject"], [registry]),
        use_key("Features", key_arn),
        *_tables(stores),
    ]


def job_grants(args: FeastArgs, stores: Stores, place: Place, key_arn: pulumi.Output[str]) -> list[dict[str, Any]]:
    """Return what the jobs may: write the registry, read the sources, write the online store."""
    registry = under(stores.bucket.arn, f"{REGISTRY_PREFIX}/*")
    return [
        *read_objects("Sources", stores.bucket.arn),
        allow("WriteTheRegistry", ["s3:PutObject", "s3:DeleteObject"], [registry]),
        use_key("Features", key_arn),
        *_tables(stores),
        *_athena(args, stores, place),
    ]


def _tables(stores: Stores) -> list[dict[str, Any]]:
    return [allow("UseTheOnlineStore", ACTIONS, stores.tables)] if stores.tables else []


def _athena(args: FeastArgs, stores: Stores, place: Place) -> list[dict[str, Any]]:
    if not isinstance(args["spec"].offline_store, AthenaOfflineStore):
        return []
    database, workgroup = args["athena_database"], args["athena_workgroup"]
    catalogue = [
        place.arn("glue", "catalog"),
        place.arn("glue", pulumi.Output.concat("database/", database)),
        place.arn("glue", pulumi.Output.format("table/{}/*", database)),
    ]
    queries = [
        "athena:StartQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:StopQueryExecution",
    ]
    staging = under(stores.bucket.arn, f"{STAGING_PREFIX}/*")
    return [
        allow("Query", queries, [place.arn("athena", pulumi.Output.concat("workgroup/", workgroup))]),
        # Feast makes a table of the rows that it is asked for, and drops it after.
        allow("ReadTheCatalogue", ["glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"], catalogue),
        allow("TableOfTheQuestion", ["glue:CreateTable", "glue:DeleteTable"], catalogue),
        allow("KeepResults", ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], [staging]),
    ]
