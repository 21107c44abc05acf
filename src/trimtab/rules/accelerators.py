"""How many accelerators a container or a queue names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from trimtab.rules.values import Props

# Resource names of device plugins: whole cards, shares by time, slices of a card begin with `nvidia.com/mig-`.
GPU_RESOURCES = ("nvidia.com/gpu", "nvidia.com/gpu.shared", "amd.com/gpu", "aws.amazon.com/neuron")
_SLICES = "nvidia.com/mig-"


def is_accelerator(name: str) -> bool:
    """Whether a resource name is a GPU, a share of one, or another accelerator."""
    return name in GPU_RESOURCES or name.startswith((_SLICES, "aws.amazon.com/neuron"))


def gpu_amounts(resources: Props, part: str) -> dict[str, str]:
    """The accelerators that `requests` or `limits` name, with their amounts.

    Raises:
        Undecidable: an amount is not known yet.
    """
    view = resources.block(part)
    return {name: view.text(name) for name in view.raw if is_accelerator(name)}


def asks_for_gpus(container: Props) -> bool:
    """Whether a container names an accelerator; an amount that is not known yet counts."""
    resources = container.block("resources")
    return any(
        is_accelerator(name) and (isinstance(amount, Opaque) or str(amount) not in ("", "0"))
        for part in ("limits", "requests")
        for name, amount in resources.block(part).raw.items()
    )
