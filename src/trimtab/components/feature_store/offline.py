"""The offline store's place in a bucket, and the role that SageMaker writes it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.roles import service_role, use_key
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    import pulumi
    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.buckets import Store
    from trimtab.components.place import Place

OFFLINE_PREFIX = "features"
RESULTS_PREFIX = "athena-results/"


def offline_role(component: Component, store: Store, key_arn: pulumi.Output[str], place: Place) -> aws.iam.Role:
    """Return the role of every feature group: it adds to one prefix of one bucket, and deletes nothing."""
    return service_role(
        component,
        "offline",
        service="sagemaker.amazonaws.com",
        grants=[
            allow("CheckTheBucket", ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"], [store.arn]),
            allow(
                "AppendFeatures",
                ["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"],
                [under(store.arn, f"{OFFLINE_PREFIX}/*")],
            ),
            use_key("Features", key_arn),
        ],
        source_arn=place.arn("sagemaker", f"feature-group/{component.context.prefix}-*"),
        place=place,
    )
