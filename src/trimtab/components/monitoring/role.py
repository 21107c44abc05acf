"""What the monitoring jobs run with: a role, and a security group that lets nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from trimtab.components.analyzer import pull_analyzer
from trimtab.components.container_grants import join_network, key_via, observe
from trimtab.components.monitoring.jobs import MONITORING_PREFIX
from trimtab.components.roles import read_objects, service_role, use_key, write_objects
from trimtab.components.security_groups import closed_group, out_by_tls
from trimtab.components.statements import allow

if TYPE_CHECKING:
    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.monitoring.args import MonitoringArgs
    from trimtab.components.place import Place

JOB_LOGS = "/aws/sagemaker/ProcessingJobs"


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
    tags = component.tags()
    group = closed_group(component, args["vpc_id"], "monitoring jobs: out by TLS, nothing in", tags)
    out_by_tls(component, group, tags, logical=f"{component.name}-sg-https", why="TLS to AWS services")
    return group
