"""The workgroup that the offline store is queried in: encrypted results, and no query without a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.buckets import DISPOSABLE
from trimtab.components.feature_store.offline import RESULTS_PREFIX

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.buckets import Store
    from trimtab.components.place import Place

GIB = 2**30


def query_workgroup(
    component: Component, scan_limit_gib: int, store: Store, key_arn: pulumi.Output[str], place: Place
) -> aws.athena.Workgroup:
    """Return a workgroup whose settings no client can override.

    Args:
        component: the owner.
        scan_limit_gib: GiB that one query may scan.
        store: where results are written, below `athena-results/`.
        key_arn: the key that encrypts them.
        place: where the component lives.
    """
    results = aws.athena.WorkgroupConfigurationResultConfigurationArgs(
        output_location=pulumi.Output.format("s3://{}/{}", store.name, RESULTS_PREFIX),
        expected_bucket_owner=place.account,
        encryption_configuration=aws.athena.WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs(
            encryption_option="SSE_KMS", kms_key_arn=key_arn
        ),
    )
    return aws.athena.Workgroup(
        f"{component.name}-queries",
        name=f"{component.context.prefix}-{component.name}",
        description=f"Queries over the offline feature store of {component.context.prefix}",
        configuration=aws.athena.WorkgroupConfigurationArgs(
            enforce_workgroup_configuration=True,
            publish_cloudwatch_metrics_enabled=True,
            bytes_scanned_cutoff_per_query=scan_limit_gib * GIB,
            result_configuration=results,
        ),
        force_destroy=component.context.environment in DISPOSABLE,
        tags=component.tags(),
        opts=component.child(),
    )
