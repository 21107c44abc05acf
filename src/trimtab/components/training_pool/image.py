"""The machine image of the nodes: wired in, or AWS's Deep Learning Base image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component

# Public parameter: https://docs.aws.amazon.com/dlami/latest/devguide/find-dlami-id.html
LATEST = "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id"


def node_image(component: Component, given: pulumi.Input[str] | None) -> pulumi.Output[str]:
    """Return the image id: `given`, or the newest of AWS's images with drivers, agent and container toolkit."""
    if given is not None:
        return pulumi.Output.from_input(given)
    found = aws.ssm.get_parameter_output(name=LATEST, opts=pulumi.InvokeOutputOptions(parent=component))
    return found.insecure_value  # The id of a public image is no secret; `value` would make the template one.
