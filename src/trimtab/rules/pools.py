"""The machines that a scaling group starts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules.tokens import LAUNCH_TEMPLATE

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

# Accelerated families of EC2: NVIDIA (g, gr, p), AWS's own (trn, inf), Habana (dl).
_ACCELERATED = re.compile(r"^(g|gr|p|trn|inf|dl)\d")


def instance_types_of(group: Resource, stack: Stack) -> list[str]:
    """Every instance type that a group may start, by its own overrides or its launch template."""
    mixed = group.props.block("mixedInstancesPolicy").block("launchTemplate")
    types = [override.text("instanceType") for override in mixed.blocks("overrides")]
    single, shared = group.props.block("launchTemplate"), mixed.block("launchTemplateSpecification")
    for view, name in ((single, "id"), (single, "name"), (shared, "launchTemplateId"), (shared, "launchTemplateName")):
        types += [
            template.props.text("instanceType")
            for template in stack.referred(group, name, (LAUNCH_TEMPLATE,), view=view)
        ]
    return sorted(set(types) - {""})


def gpu_types_of(group: Resource, stack: Stack) -> list[str]:
    """Those of its instance types that bring accelerators."""
    return [name for name in instance_types_of(group, stack) if _ACCELERATED.match(name)]
