"""SageMaker Model Monitor's own image, which makes baselines and compares with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.container_grants import pull_repositories

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.place import Place

REPOSITORY = "sagemaker-model-monitor-analyzer"


def analyzer_image(component: Component, given: pulumi.Input[str] | None) -> pulumi.Output[str]:
    """Return the image of monitoring jobs: `given`, or SageMaker's own for the region."""
    if given is not None:
        return pulumi.Output.from_input(given)
    options = pulumi.InvokeOutputOptions(parent=component)
    return aws.sagemaker.get_prebuilt_ecr_image_output(
        repository_name=REPOSITORY, image_tag="latest", opts=options
    ).registry_path


def pull_analyzer(place: Place) -> list[dict[str, Any]]:
    """Return the statements that let a role pull it: it lies in an account of AWS's, another one in each region."""
    return pull_repositories(
        [pulumi.Output.format("arn:{}:ecr:{}:*:repository/{}", place.partition, place.region, REPOSITORY)],
        sid="PullAnalyzer",
    )
