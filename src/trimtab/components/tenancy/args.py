"""What a tenant's place is wired to."""

# ruff: noqa: TC001  the component host evaluates these annotations at run time

from __future__ import annotations

from typing import Required

from trimtab.components.base import CommonArgs
from trimtab.spec.cluster.tenancy import Tenant


class TenancyArgs(CommonArgs, total=False):
    """Inputs of `Tenancy`."""

    spec: Required[Tenant]
