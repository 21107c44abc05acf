"""A team's place on a cluster."""

from __future__ import annotations

from trimtab.components.tenancy.args import TenancyArgs
from trimtab.components.tenancy.component import Tenancy

__all__ = ["Tenancy", "TenancyArgs"]
