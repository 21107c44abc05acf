"""DescribeScalingPolicies by name, which moto ignores: a target of two policies answered with the wrong one.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html
"""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from trimtab.local.cloud.extending import extend

_DESCRIBE = ApplicationAutoScalingResponse.describe_scaling_policies


def _describe(self: Any) -> str:
    answer = json.loads(_DESCRIBE(self))
    names = self._get_param("PolicyNames")
    if names:
        answer["ScalingPolicies"] = [one for one in answer["ScalingPolicies"] if one["PolicyName"] in names]
    return json.dumps(answer)


def install_scaling_policies() -> None:
    """Answer with the policies that were asked for."""
    extend(ApplicationAutoScalingResponse, {"describe_scaling_policies": _describe})
