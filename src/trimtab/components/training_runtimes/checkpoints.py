"""Where checkpoints go, and what lets training pods read data and write there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from trimtab.components.buckets import Store, given_store, own_store, unfinished_uploads
from trimtab.components.encryption import customer_key
from trimtab.components.kube.identity import workload_role
from trimtab.components.place import place_of
from trimtab.components.roles import read_objects, use_key, write_objects
from trimtab.components.training_runtimes.names import ACCOUNT

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.kube import ClusterComponent
    from trimtab.components.training_runtimes.args import TrainingRuntimesArgs
    from trimtab.spec.cluster.training import Checkpoints

UPLOAD_DAYS = 2
"""A checkpoint that is still not whole after two days belongs to a job that is gone."""
OLDER_DAYS = 30
"""How long a version that was overwritten or ended can still be had."""


def checkpoint_store(component: ClusterComponent, args: TrainingRuntimesArgs) -> tuple[Store, pulumi.Input[str] | None]:
    """Return the bucket of checkpoints and the key that it is encrypted with, where it is a customer's."""
    place = place_of(component)
    if "checkpoint_bucket" in args:
        return given_store(place, args["checkpoint_bucket"]), args.get("kms_key_arn")
    key = customer_key(component, services=(), given=args.get("kms_key_arn"))
    rules = [unfinished_uploads(UPLOAD_DAYS), forgotten(args["spec"].checkpoints)]
    return own_store(component, "checkpoints", place, key_arn=key, lifecycle=rules), key


def forgotten(checkpoints: Checkpoints) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Return the rule that ends checkpoints, and their older versions a while later."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="checkpoints",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=f"{checkpoints.prefix}/"),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=checkpoints.kept_days),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=OLDER_DAYS
        ),
    )


def training_role(
    component: ClusterComponent, args: TrainingRuntimesArgs, store: Store, key: pulumi.Input[str] | None
) -> aws.iam.Role | None:
    """Return the role of the training pods; None where no cluster was named."""
    if "cluster_name" not in args:
        return None
    data = (
        read_objects("Data", given_store(place_of(component), args["data_bucket"]).arn) if "data_bucket" in args else []
    )
    statements: list[dict[str, Any]] = [
        *data,
        *read_objects("Checkpoints", store.arn),
        write_objects("Checkpoints", store.arn, prefix=f"{args['spec'].checkpoints.prefix}/"),
        *([use_key("Checkpoints", key)] if key is not None else []),
    ]
    return workload_role(
        component,
        "pods",
        cluster_name=args["cluster_name"],
        namespace=component.namespace,
        service_account=ACCOUNT,
        statements=statements,
    )
