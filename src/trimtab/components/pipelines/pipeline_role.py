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
from trimtab.components.security_groups import among_peers, closed_group, out_by_tls
from trimtab.components.statements import allow

if TYPE_CHECKING:
    from typing import Any

    from trimtab.components.base import Component
    from trimtab.components.pipelines.args import RetrainingPipelineArgs
    from trimtab.components.place import Place

JOB_LOGS = ("/aws/sagemaker/TrainingJobs", "/aws/sagemaker/ProcessingJobs")
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
    spec, tags = args["spec"], component.tags()
    named = component.tags(model=spec.model_group)
    group = closed_group(component, args["vpc_id"], f"pipeline {spec.name}: peers, out by TLS", named)
    among_peers(component, group, tags, why="Gradients between instances")
    out_by_tls(component, group, tags, logical=f"{component.name}-https", why="TLS to AWS services")
    return group
