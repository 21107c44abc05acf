"""What the monitoring jobs run with: a role, and a security group that lets nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.analyzer import pull_analyzer
from trimtab.components.container_grants import join_network, key_via, observe
from trimtab.components.monitoring.jobs import MONITORING_PREFIX
from trimtab.components.roles import read_objects, service_role, use_key, write_objects
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.monitoring.args import MonitoringArgs
    from trimtab.components.place import Place

JOB_LOGS = "/aws/sagemaker/ProcessingJobs"
HTTPS = 443


def job_role(component: Component, args: MonitoringArgs, place: Place) -> aws.iam.Role:
    """Return the role of the monitoring jobs."""
    bucket = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["data_bucket"])
    key = [use_key("Data", args["kms_key_arn"], via=key_via(place, "s3"))] if "kms_key_arn" in args else []
    watched = [
        place.arn("sagemaker", pulumi.Output.concat("endpoint/", item["endpoint_name"])) for item in args["endpoints"]
    ]
    return service_role(
        component,
        "jobs",
        service="sagemaker.amazonaws.com",
        grants=[
            *read_objects("Captured", bucket),
            write_objects("Reports", bucket, prefix=f"{MONITORING_PREFIX}/"),
            *key,
            *pull_analyzer(place),
            *observe(place, [JOB_LOGS]),
            join_network(),
            allow("KnowTheEndpoints", ["sagemaker:DescribeEndpoint"], watched),
        ],
        place=place,
    )


def job_security_group(component: Component, args: MonitoringArgs) -> aws.ec2.SecurityGroup:
    """Return the security group of the monitoring jobs."""
    group = aws.ec2.SecurityGroup(
        f"{component.name}-sg",
        description=f"{component.context.prefix} monitoring jobs: out by TLS, nothing in",
        vpc_id=args["vpc_id"],
        tags=component.tags(),
        opts=component.child(),
    )
    aws.vpc.SecurityGroupEgressRule(
        f"{component.name}-sg-https",
        security_group_id=group.id,
        description="TLS to AWS services",
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        cidr_ipv4="0.0.0.0/0",
        tags=component.tags(),
        opts=component.child(),
    )
    return group
