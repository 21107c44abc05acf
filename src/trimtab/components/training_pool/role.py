"""What a node may do: read data, write checkpoints, report metrics, be reached by Session Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.container_grants import key_via
from trimtab.components.roles import read_objects, service_role, use_key, write_objects
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.components.training_pool.args import TrainingPoolArgs

AGENT_NAMESPACE = "CWAgent"
# AWS's managed policy for this would let every node read every parameter of the account
# (https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html).
_SESSION_MANAGER = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
]


def node_profile(component: Component, args: TrainingPoolArgs, place: Place) -> aws.iam.InstanceProfile:
    """Return the instance profile of the nodes."""
    data = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["data_bucket"])
    models = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["model_bucket"])
    key = [use_key("Data", args["kms_key_arn"], via=key_via(place, "s3"))] if "kms_key_arn" in args else []
    role = service_role(
        component,
        "node",
        service="ec2.amazonaws.com",
        grants=[
            *read_objects("Data", data),
            *read_objects("Models", models),
            write_objects("Models", models, prefix=f"training/{args['spec'].name}/"),
            *key,
            # PutMetricData and DescribeTags name no resource; the namespace narrows the first one.
            allow(
                "ReportMetrics",
                ["cloudwatch:PutMetricData"],
                ["*"],
                conditions={"StringEquals": {"cloudwatch:namespace": AGENT_NAMESPACE}},
            ),
            allow("KnowOneself", ["ec2:DescribeTags"], ["*"]),
            allow("BeReachedBySessionManager", _SESSION_MANAGER, ["*"]),
        ],
        place=place,
    )
    return aws.iam.InstanceProfile(
        f"{component.name}-profile", role=role.name, tags=component.tags(), opts=component.child()
    )
