"""What the server keeps: its database, its artifacts, its passwords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.buckets import Store, given_store, own_store, unfinished_uploads
from trimtab.components.databases import (
    APP_URI_KEY,
    POSTGRES,
    app_secret,
    cloud_native_database,
    data_place,
    rds_database,
)
from trimtab.components.generated_secret import generated_secret
from trimtab.components.kube.identity import workload_role
from trimtab.components.kube.traffic import pods, tcp
from trimtab.components.kube.web import from_secret, key_secret, server_labels, to_private
from trimtab.components.mlflow.settings import ADMIN_PASSWORD, BACKEND_URI, KEK, SESSION_KEY
from trimtab.components.roles import use_key
from trimtab.components.statements import allow, under
from trimtab.spec.cluster.databases import RdsDatabase

if TYPE_CHECKING:
    import pulumi_kubernetes as kubernetes

    from trimtab.components.kube import ClusterComponent
    from trimtab.components.mlflow.args import MLflowArgs
    from trimtab.components.place import Place

DATABASE = "mlflow"
UNFINISHED_UPLOAD_DAYS = 7
BACKUPS = "postgres"


@dataclass(frozen=True)
class Backend:
    """Where the database is.

    Attributes:
        variable: what the environment's `MLFLOW_BACKEND_STORE_URI` is read from.
        egress: the network policy's rule that leads to it.
        uri: the address, where this program knows it: it goes into the server's secret.
        parts: what must stand before the server starts.
    """

    variable: dict[str, Any]
    egress: dict[str, Any]
    uri: pulumi.Output[str] | None = None
    parts: tuple[pulumi.Resource, ...] = ()


def artifact_store(component: ClusterComponent, args: MLflowArgs, place: Place, key_arn: pulumi.Output[str]) -> Store:
    """Return the bucket of artifacts, wired or the server's own."""
    bucket = args.get("artifact_bucket")
    if bucket is not None:
        return given_store(place, bucket)
    rules = [unfinished_uploads(UNFINISHED_UPLOAD_DAYS)]
    return own_store(component, "artifacts", place, key_arn=key_arn, lifecycle=rules)


def backend(
    component: ClusterComponent, args: MLflowArgs, *, name: str, store: Store, key_arn: pulumi.Output[str]
) -> Backend:
    """Return the database, in RDS or on the cluster."""
    spec = args["spec"].database
    if isinstance(spec, RdsDatabase):
        where = data_place(component.name, args, what="a database of type rds")
        made = rds_database(component, spec, POSTGRES, place=where, key_arn=key_arn, database=DATABASE)
        return Backend(from_secret(name, BACKEND_URI), to_private(made.port), made.uri)
    database = f"{name}-db"
    backups = pulumi.Output.format("s3://{}/{}", store.name, BACKUPS)
    cluster = cloud_native_database(
        component, spec, name=database, database=DATABASE, backups=backups, clients=server_labels(name)
    )
    if "cluster_name" in args:
        _role(
            component,
            "backups",
            cluster=args["cluster_name"],
            account=database,
            store=store,
            below=f"{BACKUPS}/*",
            key_arn=key_arn,
        )
    egress = {"to": [pods({"cnpg.io/cluster": database})], "ports": tcp(POSTGRES.port)}
    return Backend(from_secret(app_secret(database), APP_URI_KEY), egress, parts=(cluster,))


def artifact_role(
    component: ClusterComponent, args: MLflowArgs, *, name: str, store: Store, key_arn: pulumi.Output[str]
) -> pulumi.Output[str] | None:
    """Return the ARN of the role that the server keeps artifacts with; None where the cluster is none of EKS."""
    if "cluster_name" not in args:
        return None
    below = f"{args['spec'].artifact_prefix}/*"
    return _role(
        component, "server", cluster=args["cluster_name"], account=name, store=store, below=below, key_arn=key_arn
    )


def passwords(
    component: ClusterComponent, *, name: str, key_arn: pulumi.Output[str], uri: pulumi.Output[str] | None, basic: bool
) -> kubernetes.core.v1.Secret:
    """Return the server's secret: what it encrypts with, its administrator's password, its database's address."""
    wanted = {KEK: "encryption"} | ({ADMIN_PASSWORD: "admin-password", SESSION_KEY: "session-key"} if basic else {})
    data: dict[str, pulumi.Input[str]] = {
        variable: generated_secret(component, suffix, key_arn=key_arn) for variable, suffix in wanted.items()
    }
    if uri is not None:
        data[BACKEND_URI] = uri
    return key_secret(component, name, data)


def _role(
    component: ClusterComponent,
    logical: str,
    *,
    cluster: pulumi.Input[str],
    account: str,
    store: Store,
    below: str,
    key_arn: pulumi.Output[str],
) -> pulumi.Output[str]:
    actions = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"]
    role = workload_role(
        component,
        logical,
        cluster_name=cluster,
        namespace=component.namespace,
        service_account=account,
        statements=[
            allow("FindTheBucket", ["s3:GetBucketLocation", "s3:ListBucket"], [store.arn]),
            allow("KeepObjects", actions, [under(store.arn, below)]),
            use_key("Objects", key_arn),
        ],
    )
    return role.arn
