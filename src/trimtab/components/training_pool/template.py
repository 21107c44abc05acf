"""The launch template: image, disks, network, metadata service; the same for every node of a pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.spec.efa import efa_interfaces

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.training_pool.args import TrainingPoolArgs
    from trimtab.components.training_pool.reservation import Reserved

ROOT_DEVICE = "/dev/sda1"  # Ubuntu's root device name on EC2.
GP3_IOPS, GP3_MBPS = 6000, 500  # Twice gp3's base: checkpoints are written while every GPU waits.


def launch_template(
    component: Component,
    args: TrainingPoolArgs,
    *,
    image_id: pulumi.Input[str],
    user_data: pulumi.Input[str],
    group_id: pulumi.Input[str],
    key_arn: pulumi.Input[str],
    profile: aws.iam.InstanceProfile,
    placement: aws.ec2.PlacementGroup | None,
    reserved: Reserved,
) -> aws.ec2.LaunchTemplate:
    """Declare the template. An image that was looked up stays the one of the first `up`; a wired one is followed."""
    spec = args["spec"]
    tags = component.tags(model=spec.model)
    return aws.ec2.LaunchTemplate(
        f"{component.name}-template",
        description=f"{component.context.prefix} pool {spec.name}",
        image_id=image_id,
        instance_type=spec.instance_types[0],
        iam_instance_profile=aws.ec2.LaunchTemplateIamInstanceProfileArgs(arn=profile.arn),
        metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled",
            http_tokens="required",
            http_put_response_hop_limit=2,  # A training container is one hop away from its node.
            instance_metadata_tags="enabled",
        ),
        block_device_mappings=[_root(spec.disk_gib, key_arn)],
        network_interfaces=_interfaces(efa_interfaces(spec.instance_types[0]) if spec.efa else 0, group_id),
        placement=_together(placement),
        capacity_reservation_specification=reserved.specification,
        instance_market_options=reserved.market,
        monitoring=aws.ec2.LaunchTemplateMonitoringArgs(enabled=True),
        ebs_optimized="true",
        user_data=user_data,
        update_default_version=True,
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=tags)
            for kind in ("instance", "volume", "network-interface")
        ],
        tags=tags,
        opts=component.child(ignore_changes=None if "image_id" in args else ["imageId"]),
    )


def _together(group: aws.ec2.PlacementGroup | None) -> aws.ec2.LaunchTemplatePlacementArgs | None:
    return None if group is None else aws.ec2.LaunchTemplatePlacementArgs(group_name=group.name)


def _root(gib: int, key_arn: pulumi.Input[str]) -> aws.ec2.LaunchTemplateBlockDeviceMappingArgs:
    return aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
        device_name=ROOT_DEVICE,
        ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
            volume_type="gp3",
            volume_size=gib,
            iops=GP3_IOPS,
            throughput=GP3_MBPS,
            encrypted="true",
            kms_key_id=key_arn,
            delete_on_termination="true",
        ),
    )


def _interfaces(efa: int, group_id: pulumi.Input[str]) -> list[aws.ec2.LaunchTemplateNetworkInterfaceArgs]:
    """Return one interface a network card: EFA ones where asked for, else a plain one; never a public address."""
    return [
        aws.ec2.LaunchTemplateNetworkInterfaceArgs(
            device_index=0 if card == 0 else 1,
            network_card_index=card,
            interface_type="efa" if efa else None,
            security_groups=[group_id],
            # EC2 refuses the setting on a template of several interfaces; subnets of the platform assign none.
            associate_public_ip_address="false" if efa <= 1 else None,
            delete_on_termination="true",
        )
        for card in range(max(1, efa))
    ]
