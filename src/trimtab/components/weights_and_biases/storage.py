"""What the server keeps: runs in MySQL, files in a bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.buckets import Store, given_store, own_store, unfinished_uploads
from trimtab.components.databases import MYSQL as ENGINE
from trimtab.components.databases import data_place, rds_database
from trimtab.components.kube.identity import workload_role
from trimtab.components.kube.web import external_secret, key_secret
from trimtab.components.roles import use_key
from trimtab.components.statements import allow, under
from trimtab.components.weights_and_biases.settings import MYSQL
from trimtab.spec.cluster.databases import RdsDatabase

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.components.place import Place
    from trimtab.components.weights_and_biases.args import WeightsAndBiasesArgs

DATABASE = "wandb_local"
UNFINISHED_UPLOAD_DAYS = 7
_OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")


def file_store(
    component: ClusterComponent, args: WeightsAndBiasesArgs, place: Place, key_arn: pulumi.Output[str]
) -> Store:
    """Return the bucket of files, wired or the server's own."""
    bucket = args.get("bucket")
    if bucket is not None:
        return given_store(place, bucket)
    rules = [unfinished_uploads(UNFINISHED_UPLOAD_DAYS)]
    return own_store(component, "files", place, key_arn=key_arn, lifecycle=rules)


def database_secret(
    component: ClusterComponent, args: WeightsAndBiasesArgs, *, name: str, key_arn: pulumi.Output[str]
) -> tuple[pulumi.Resource, int]:
    """Return the secret `name`, whose key MYSQL is the database's address, and the port that it listens on."""
    spec = args["spec"].database
    if not isinstance(spec, RdsDatabase):
        return external_secret(component, name, MYSQL, spec.uri), spec.port
    where = data_place(component.name, args, what="a database of type rds")
    made = rds_database(component, spec, ENGINE, place=where, key_arn=key_arn, database=DATABASE)
    return key_secret(component, name, {MYSQL: made.uri}), made.port


def file_role(
    component: ClusterComponent, args: WeightsAndBiasesArgs, *, name: str, store: Store, key_arn: pulumi.Output[str]
) -> pulumi.Output[str] | None:
    """Return the ARN of the role that files are kept with; None where the cluster is none of EKS."""
    if "cluster_name" not in args:
        return None
    role = workload_role(
        component,
        "server",
        cluster_name=args["cluster_name"],
        namespace=component.namespace,
        service_account=name,
        statements=[
            allow("FindTheBucket", ["s3:GetBucketLocation", "s3:ListBucket"], [store.arn]),
            allow("KeepFiles", _OBJECTS, [under(store.arn)]),
            use_key("Files", key_arn),
        ],
    )
    return role.arn
