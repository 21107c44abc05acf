"""Instances, templates, groups, functions."""

from __future__ import annotations

from tests.local.awsprovider.cases.identity import ROLE
from tests.local.awsprovider.cases.network import SUBNET
from tests.local.awsprovider.cases.port import REGION, Case, World, fixed
from trimtab.local.awsprovider.values import ARCHIVE_SIG, ASSET_SIG, SIG_KEY, Props

TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
POOL = "aws:autoscaling/group:Group"
FUNCTION = "aws:lambda/function:Function"


def _image(world: World) -> str:
    images = world.boto("ec2").describe_images(Owners=["amazon"])["Images"]
    return str(images[0]["ImageId"])


def _template(world: World) -> Props:
    return {
        "imageId": _image(world),
        "instanceType": "g5.2xlarge",
        "updateDefaultVersion": True,
        "userData": "IyEvYmluL2Jhc2g=",
        "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled"},
        "blockDeviceMappings": [
            {
                "deviceName": "/dev/xvda",
                "ebs": {"volumeSize": 200, "volumeType": "gp3", "encrypted": "true", "deleteOnTermination": "true"},
            }
        ],
        "tagSpecifications": [{"resourceType": "instance", "tags": {"team": "ml"}}],
        "tags": {"team": "ml"},
    }


def _group(world: World) -> Props:
    return {
        "minSize": 0,
        "maxSize": 4,
        "desiredCapacity": 1,
        "vpcZoneIdentifiers": [world.id(SUBNET)],
        "mixedInstancesPolicy": {
            "instancesDistribution": {
                "onDemandBaseCapacity": 0,
                "onDemandPercentageAboveBaseCapacity": 50,
                "spotAllocationStrategy": "capacity-optimized",
            },
            "launchTemplate": {
                "launchTemplateSpecification": {"launchTemplateId": world.id(TEMPLATE), "version": "$Latest"},
                "overrides": [{"instanceType": "g5.2xlarge"}, {"instanceType": "g5.4xlarge"}],
            },
        },
        "warmPool": {"poolState": "Stopped", "minSize": 0, "maxGroupPreparedCapacity": 2},
        "tags": [{"key": "team", "value": "ml", "propagateAtLaunch": True}],
    }


def _shrink(world: World, group: str, _outputs: Props) -> None:
    world.boto("autoscaling").update_auto_scaling_group(AutoScalingGroupName=group, MaxSize=3)


def _archive(text: str) -> Props:
    asset = {SIG_KEY: ASSET_SIG, "text": text, "hash": str(len(text))}
    return {SIG_KEY: ARCHIVE_SIG, "assets": {"index.py": asset}, "hash": str(len(text))}


def _function(world: World) -> Props:
    role = world.boto("iam").get_role(RoleName=world.id(ROLE))["Role"]["Arn"]
    return {
        "role": role,
        "runtime": "python3.12",
        "handler": "index.handler",
        "code": _archive("def handler(event, context): return 1"),
        "timeout": 30,
        "tags": {"team": "ml"},
    }


def _permission(world: World) -> Props:
    return {
        "function": world.id(FUNCTION),
        "action": "lambda:InvokeFunction",
        "principal": "events.amazonaws.com",
        "statementId": "from-events",
    }


def _target(percent: float) -> Props:
    metric = {"predefinedMetricType": "ASGAverageCPUUtilization"}
    return {"predefinedMetricSpecification": metric, "targetValue": percent}


COMPUTE: dict[str, Case] = {
    TEMPLATE: Case(inputs=_template, update=fixed(instanceType="g5.4xlarge"), replace=fixed(name="other")),
    "aws:ec2/instance:Instance": Case(
        inputs=lambda w: {
            "ami": _image(w),
            "instanceType": "m5.large",
            "subnetId": w.id(SUBNET),
            "tags": {"a": "b"},
        },
        update=fixed(instanceType="m5.xlarge"),
        replace=fixed(availabilityZone=f"{REGION}b"),
        behind=lambda w, i, _o: w.boto("ec2").modify_instance_attribute(
            InstanceId=i, InstanceType={"Value": "m5.2xlarge"}
        ),
        seen="instanceType",
    ),
    "aws:ec2/placementGroup:PlacementGroup": Case(inputs=fixed(strategy="cluster"), replace=fixed(strategy="spread")),
    "aws:ec2/capacityReservation:CapacityReservation": Case(
        inputs=fixed(
            availabilityZone=f"{REGION}a",
            instanceCount=2,
            instancePlatform="Linux/UNIX",
            instanceType="p5.48xlarge",
            tags={"a": "b"},
        ),
        update=fixed(instanceCount=3),
        replace=fixed(instanceType="p4d.24xlarge"),
    ),
    POOL: Case(
        inputs=_group,
        update=fixed(maxSize=6, desiredCapacity=2),
        replace=fixed(name="other"),
        behind=_shrink,
        seen="maxSize",
    ),
    "aws:autoscaling/schedule:Schedule": Case(
        inputs=lambda w: {
            "autoscalingGroupName": w.id(POOL),
            "scheduledActionName": "nights",
            "recurrence": "0 20 * * *",
            "minSize": 0,
            "maxSize": 0,
            "desiredCapacity": 0,
        },
        update=fixed(recurrence="0 22 * * *"),
        replace=fixed(scheduledActionName="evenings"),
    ),
    "aws:autoscaling/policy:Policy": Case(
        inputs=lambda w: {
            "autoscalingGroupName": w.id(POOL),
            "policyType": "TargetTrackingScaling",
            "targetTrackingConfiguration": _target(60.0),
        },
        update=fixed(targetTrackingConfiguration=_target(70.0)),
    ),
    "aws:autoscaling/lifecycleHook:LifecycleHook": Case(
        inputs=lambda w: {
            "autoscalingGroupName": w.id(POOL),
            "lifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING",
            "heartbeatTimeout": 300,
            "defaultResult": "CONTINUE",
        },
        update=fixed(heartbeatTimeout=600),
    ),
    FUNCTION: Case(
        inputs=_function,
        update=fixed(timeout=60, code=_archive("def handler(event, context): return 22")),
        replace=fixed(name="other"),
    ),
    "aws:lambda/permission:Permission": Case(inputs=_permission, replace=fixed(statementId="other")),
}
