"""What the jobs of a pipeline run with: a role, and a security group that lets nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.analyzer import pull_analyzer
from trimtab.components.container_grants import join_network, key_via, observe, pull_images
from trimtab.components.json_text import json_text
from trimtab.components.pipelines.plan import BASELINES
from trimtab.components.roles import read_objects, service_role, use_key, write_objects
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from typing import Any

    from trimtab.components.base import Component
    from trimtab.components.pipelines.args import RetrainingPipelineArgs
    from trimtab.components.place import Place

JOB_LOGS = ("/aws/sagemaker/TrainingJobs", "/aws/sagemaker/ProcessingJobs")
HTTPS = 443
JOB_ACTIONS = [
    f"sagemaker:{verb}{kind}Job" for kind in ("Training", "Processing") for verb in ("Create", "Describe", "Stop")
]


def pipeline_role(
    component: Component, args: RetrainingPipelineArgs, place: Place, group: pulumi.Input[str]
) -> aws.iam.Role:
    """Return the role that runs the pipeline and its jobs."""
    spec = args["spec"]
    data = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["data_bucket"])
    models = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["model_bucket"])
    key = [use_key("Data", args["kms_key_arn"], via=key_via(place, "s3"))] if "kms_key_arn" in args else []
    role = service_role(
        component,
        "jobs",
        service="sagemaker.amazonaws.com",
        grants=[
            *read_objects("Data", data),
            *read_objects("Models", models),
            write_objects("Models", models, prefix=f"training/{spec.name}/"),
            write_objects("Baselines", data, prefix=f"{BASELINES}/{spec.endpoint}/candidates/"),
            *key,
            *pull_images([spec.training.image], place),
            *pull_analyzer(place),
            *observe(place, JOB_LOGS),
            join_network(),
            *_registry(place, group),
        ],
        place=place,
    )
    _run_jobs(component, role, place)
    return role


def _registry(place: Place, group: pulumi.Input[str]) -> list[dict[str, Any]]:
    packages = place.arn("sagemaker", pulumi.Output.concat("model-package/", group, "/*"))
    groups = place.arn("sagemaker", pulumi.Output.concat("model-package-group/", group))
    actions = ["sagemaker:CreateModelPackage", "sagemaker:DescribeModelPackage", "sagemaker:DescribeModelPackageGroup"]
    return [allow("RegisterVersions", [*actions, "sagemaker:AddTags"], [packages, groups])]


def _run_jobs(component: Component, role: aws.iam.Role, place: Place) -> None:
    """Let the role start jobs that run with the same role: a pipeline is their caller and their owner."""
    statements = [
        allow(
            "RunJobs",
            [*JOB_ACTIONS, "sagemaker:AddTags"],
            # A pipeline names its jobs `pipelines-<execution>-<step>-…`.
            [place.arn("sagemaker", f"{kind}-job/pipelines-*") for kind in ("training", "processing")],
        ),
        allow(
            "PassOneself",
            ["iam:PassRole"],
            [role.arn],
            conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
        ),
    ]
    aws.iam.RolePolicy(
        f"{component.name}-run-jobs",
        role=role.name,
        policy=json_text({"Version": "2012-10-17", "Statement": statements}),
        opts=component.child(),
    )


def job_security_group(component: Component, args: RetrainingPipelineArgs) -> aws.ec2.SecurityGroup:
    """Return the security group of the jobs; those of one training talk to each other."""
    group = aws.ec2.SecurityGroup(
        f"{component.name}-sg",
        description=f"{component.context.prefix} pipeline {args['spec'].name}: peers, out by TLS",
        vpc_id=args["vpc_id"],
        tags=component.tags(model=args["spec"].model_group),
        opts=component.child(),
    )
    for direction, rule in (
        ("from-peers", aws.vpc.SecurityGroupIngressRule),
        ("to-peers", aws.vpc.SecurityGroupEgressRule),
    ):
        rule(
            f"{component.name}-{direction}",
            security_group_id=group.id,
            referenced_security_group_id=group.id,
            description="Gradients between instances",
            ip_protocol="-1",
            tags=component.tags(),
            opts=component.child(),
        )
    aws.vpc.SecurityGroupEgressRule(
        f"{component.name}-https",
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
