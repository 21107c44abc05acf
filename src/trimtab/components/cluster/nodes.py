"""The system nodes: a managed node group for what must run before Karpenter can start anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.cluster.control_plane import aws_policy
from trimtab.components.roles import ServiceRole, service_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.cluster.eks import SystemNodes

ROOT_DEVICE = "/dev/xvda"  # Amazon Linux's root device name on EC2.
EC2 = "ec2.amazonaws.com"


def node_role(component: Component, suffix: str, place: Place) -> ServiceRole:
    """Return a role of nodes: they join the cluster and pull images, and nothing else; pods have roles of their own."""
    return service_role(
        component,
        suffix,
        service=EC2,
        grants=[],
        managed_policy_arns=[
            aws_policy(place, "AmazonEKSWorkerNodePolicy"),
            aws_policy(place, "AmazonEC2ContainerRegistryPullOnly"),
        ],
        place=place,
    )


def system_nodes(
    component: Component,
    spec: SystemNodes,
    *,
    cluster: aws.eks.Cluster,
    place: Place,
    key_arn: pulumi.Output[str],
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]],
    after: Sequence[pulumi.Resource],
) -> aws.eks.NodeGroup:
    """Declare the node group; `after` are the add-ons without which no node would ever be ready."""
    template = _template(component, spec, key_arn)
    return aws.eks.NodeGroup(
        f"{component.name}-system",
        cluster_name=cluster.name,
        node_group_name="system",
        node_role_arn=node_role(component, "node", place).arn,
        subnet_ids=subnet_ids,
        instance_types=list(spec.instance_types),
        ami_type="AL2023_x86_64_STANDARD",
        capacity_type="ON_DEMAND",
        launch_template=aws.eks.NodeGroupLaunchTemplateArgs(id=template.id, version=template.latest_version.apply(str)),
        scaling_config=aws.eks.NodeGroupScalingConfigArgs(
            min_size=spec.min_nodes, max_size=spec.max_nodes, desired_size=spec.min_nodes
        ),
        update_config=aws.eks.NodeGroupUpdateConfigArgs(max_unavailable=1),
        labels={"trimtab.dev/pool": "system"},
        tags=component.tags(),
        # Whatever scales the group afterwards is right about how many nodes there are.
        opts=component.child(depends_on=list(after), ignore_changes=["scalingConfig.desiredSize"]),
    )


def _template(component: Component, spec: SystemNodes, key_arn: pulumi.Output[str]) -> aws.ec2.LaunchTemplate:
    tags = component.tags()
    return aws.ec2.LaunchTemplate(
        f"{component.name}-system",
        description=f"{component.context.prefix} {component.name}: system nodes",
        metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled",
            http_tokens="required",
            http_put_response_hop_limit=1,  # A pod cannot become its node.
            instance_metadata_tags="disabled",
        ),
        block_device_mappings=[
            aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
                device_name=ROOT_DEVICE,
                ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
                    volume_type="gp3",
                    volume_size=spec.disk_gib,
                    encrypted="true",
                    kms_key_id=key_arn,
                    delete_on_termination="true",
                ),
            )
        ],
        monitoring=aws.ec2.LaunchTemplateMonitoringArgs(enabled=True),
        update_default_version=True,
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=tags) for kind in ("instance", "volume")
        ],
        tags=tags,
        opts=component.child(),
    )
