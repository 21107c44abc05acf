"""What a platform is: frozen pydantic models, units, errors. Imports nothing of ours."""

from __future__ import annotations

from trimtab.spec.load import CONFIG_KEY, read_platform
from trimtab.spec.owner import Context, Owner
from trimtab.spec.platform import Platform

__all__ = ["CONFIG_KEY", "Context", "Owner", "Platform", "read_platform"]
