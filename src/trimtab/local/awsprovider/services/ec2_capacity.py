"""Instances, placement groups and capacity reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _run(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["MinCount"] = params["MaxCount"] = 1
    if inputs.get("iamInstanceProfile"):
        params["IamInstanceProfile"] = {"Name": inputs["iamInstanceProfile"]}
    if inputs.get("monitoring") is not None:
        params["Monitoring"] = {"Enabled": inputs["monitoring"]}
    placed = {"AvailabilityZone": "availabilityZone", "GroupName": "placementGroup", "Tenancy": "tenancy"}
    placement = {member: inputs[name] for member, name in placed.items() if inputs.get(name)}
    if placement:
        params["Placement"] = placement
    root = inputs.get("rootBlockDevice")
    if root:
        ebs = {"VolumeSize": root.get("volumeSize"), "VolumeType": root.get("volumeType")}
        ebs |= {"Encrypted": root.get("encrypted"), "KmsKeyId": root.get("kmsKeyId")}
        device = {"DeviceName": root.get("deviceName") or "/dev/sda1"}
        held = {key: value for key, value in ebs.items() if value is not None}
        params["BlockDeviceMappings"] = [{**device, "Ebs": held}]


def _complete_instance(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["instanceState"] = answer["State"]["Name"]
    props["availabilityZone"] = answer["Placement"]["AvailabilityZone"]
    props["vpcSecurityGroupIds"] = [group["GroupId"] for group in answer.get("SecurityGroups", [])]
    props["monitoring"] = (answer.get("Monitoring") or {}).get("State") == "enabled"
    names = {"publicIp": "PublicIpAddress", "privateIp": "PrivateIpAddress", "publicDns": "PublicDnsName"}
    names |= {"privateDns": "PrivateDnsName"}
    props.update({name: answer[member] for name, member in names.items() if answer.get(member)})
    profile = (answer.get("IamInstanceProfile") or {}).get("Arn", "")
    props["iamInstanceProfile"] = profile.rsplit("/", 1)[-1] or None
    for opaque in ("rootBlockDevice", "ebsBlockDevices", "networkInterfaces", "launchTemplate", "securityGroups"):
        props.pop(opaque, None)


def _update_instance(ctx: Context, instance: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    """A new type needs a stopped instance; groups and monitoring change while it runs."""
    ec2 = ctx.client("ec2")
    if "instanceType" in changed:
        ec2.stop_instances(InstanceIds=[instance])
        ec2.modify_instance_attribute(InstanceId=instance, InstanceType={"Value": inputs["instanceType"]})
        ec2.start_instances(InstanceIds=[instance])
    if "vpcSecurityGroupIds" in changed:
        ec2.modify_instance_attribute(InstanceId=instance, Groups=inputs.get("vpcSecurityGroupIds") or [])
    if "monitoring" in changed:
        switch = ec2.monitor_instances if inputs.get("monitoring") else ec2.unmonitor_instances
        switch(InstanceIds=[instance])
    if "tagsAll" in changed:
        _INSTANCE_TAGS.change(ctx, "ec2", instance, state=state, inputs=inputs)


_INSTANCE_TAGS = ec2_tags("instance")
_INSTANCE = api(
    Api(
        service="ec2",
        create="run_instances",
        id_from="Instances[0].InstanceId",
        read="describe_instances",
        read_by={"InstanceIds": "[{id}]"},
        root="Reservations[].Instances[] | [?State.Name != 'terminated'] | [0]",
        delete="terminate_instances",
        delete_by={"InstanceIds": "[{id}]"},
        rename={
            "ImageId": "ami",
            "SecurityGroupIds": "vpcSecurityGroupIds",
            "SecurityGroups": "securityGroups",
            "LaunchTemplate.LaunchTemplateId": "id",
            "LaunchTemplate.LaunchTemplateName": "name",
            "Monitoring": "",
            "IamInstanceProfile": "",
        },
        outputs={"arn": "arn:{partition}:ec2:{region}:{account}:instance/{id}"},
        tagging=_INSTANCE_TAGS,
        adjust=_run,
        complete=_complete_instance,
    )
)

_PLACEMENT = Api(
    service="ec2",
    create="create_placement_group",
    read="describe_placement_groups",
    read_by={"GroupNames": "[{id}]"},
    root="PlacementGroups[?State != 'deleted'] | [0]",
    delete="delete_placement_group",
    delete_by={"GroupName": "{id}"},
    rename={"GroupName": "name", "GroupId": "placementGroupId", "GroupArn": "arn"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:placement-group/{id}"},
)
_RESERVATION = Api(
    service="ec2",
    create="create_capacity_reservation",
    id_from="CapacityReservation.CapacityReservationId",
    read="describe_capacity_reservations",
    read_by={"CapacityReservationIds": "[{id}]"},
    root="CapacityReservations[?State != 'cancelled'] | [0]",
    update=(step("modify_capacity_reservation", {"CapacityReservationId": "{id}"}),),
    delete="cancel_capacity_reservation",
    delete_by={"CapacityReservationId": "{id}"},
    rename={"CapacityReservationArn": "arn", "TotalInstanceCount": "instanceCount"},
    tagging=ec2_tags("capacity-reservation"),
)

EC2_CAPACITY: dict[str, Resource] = {
    "aws:ec2/instance:Instance": Resource(
        create=_INSTANCE.create,
        read=_INSTANCE.read,
        update=_update_instance,
        delete=_INSTANCE.delete,
        replace=frozenset(
            {
                "ami",
                "availabilityZone",
                "subnetId",
                "keyName",
                "placementGroup",
                "rootBlockDevice.encrypted",
                "rootBlockDevice.kmsKeyId",
                "tenancy",
                "privateIp",
            }
        ),
    ),
    "aws:ec2/placementGroup:PlacementGroup": api(_PLACEMENT),
    "aws:ec2/capacityReservation:CapacityReservation": api(
        _RESERVATION,
        replace=(
            "availabilityZone",
            "ebsOptimized",
            "instanceMatchCriteria",
            "instancePlatform",
            "instanceType",
            "placementGroupArn",
            "tenancy",
        ),
    ),
}
