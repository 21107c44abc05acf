"""The copies of an inference component as what is scaled, which moto's list of scalable dimensions lacks.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from moto.applicationautoscaling import models, responses

COPIES = "sagemaker:inference-component:DesiredCopyCount"


def install_scaling_dimensions() -> None:
    """Let targets of that dimension be registered."""
    known = [(one.name, one.value) for one in models.ScalableDimensionValueSet if one.value != COPIES]
    copies = ("SAGEMAKER_INFERENCE_COMPONENT_DESIRED_COPY_COUNT", COPIES)
    wider: Any = Enum("ScalableDimensionValueSet", [*known, copies])  # type: ignore[misc]  # its members are data
    for module in (models, responses):
        setattr(module, "ScalableDimensionValueSet", wider)  # noqa: B010  # both hold it under this name
