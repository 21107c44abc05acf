"""Where a node finds its data: Lustre over the data bucket, or the bucket itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.training_pool.userdata import lustre_mount, s3_mount, user_data
from trimtab.spec.training_pool import LustreData

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.components.training_pool.args import TrainingPoolArgs

LUSTRE_VERSION = "2.15"
THROUGHPUT_MBPS_PER_TIB = 125  # The least that PERSISTENT_2 sells; SCRATCH_2 always has 200.
EVENTS = ["NEW", "CHANGED", "DELETED"]


def boot_script(
    component: Component,
    args: TrainingPoolArgs,
    place: Place,
    *,
    key_arn: pulumi.Input[str],
    group_id: pulumi.Input[str],
    subnet_id: pulumi.Input[str],
) -> pulumi.Output[str]:
    """Return the nodes' boot script, with the file system that it mounts declared."""
    data = args["spec"].data
    if isinstance(data, LustreData):
        files = _lustre(component, data, key_arn=key_arn, group_id=group_id, subnet_id=subnet_id)
        _over_bucket(component, files, args["data_bucket"])
        return pulumi.Output.all(files.dns_name, files.mount_name).apply(
            lambda names: user_data(lustre_mount(str(names[0]), str(names[1])))
        )
    return pulumi.Output.all(args["data_bucket"], place.region).apply(
        lambda known: user_data(s3_mount(str(known[0]), str(known[1])))
    )


def _lustre(
    component: Component,
    data: LustreData,
    *,
    key_arn: pulumi.Input[str],
    group_id: pulumi.Input[str],
    subnet_id: pulumi.Input[str],
) -> aws.fsx.LustreFileSystem:
    persistent = data.deployment == "PERSISTENT_2"
    return aws.fsx.LustreFileSystem(
        f"{component.name}-lustre",
        deployment_type=data.deployment,
        storage_type="SSD",
        storage_capacity=data.capacity_gib,
        per_unit_storage_throughput=THROUGHPUT_MBPS_PER_TIB if persistent else None,
        file_system_type_version=LUSTRE_VERSION,
        data_compression_type="LZ4",
        # FSx encrypts scratch file systems with a key of its own and takes no other.
        kms_key_id=key_arn if persistent else None,
        subnet_ids=subnet_id,
        security_group_ids=[group_id],
        tags=component.tags(),
        opts=component.child(),
    )


def _over_bucket(component: Component, files: aws.fsx.LustreFileSystem, bucket: pulumi.Input[str]) -> None:
    aws.fsx.DataRepositoryAssociation(
        f"{component.name}-lustre-data",
        file_system_id=files.id,
        data_repository_path=pulumi.Output.concat("s3://", bucket),
        file_system_path="/",
        batch_import_meta_data_on_create=True,
        s3=aws.fsx.DataRepositoryAssociationS3Args(
            auto_import_policy=aws.fsx.DataRepositoryAssociationS3AutoImportPolicyArgs(events=EVENTS)
        ),
        tags=component.tags(),
        opts=component.child(),
    )
