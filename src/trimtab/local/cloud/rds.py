"""A DB subnet group that is changed stays: moto forgets it."""

from __future__ import annotations

from typing import Any

from moto.rds.models import RDSBackend

from trimtab.local.cloud.extending import extend

_MODIFY = RDSBackend.modify_db_subnet_group


def _modify_subnet_group(self: Any, subnet_name: str, description: str, subnets: list[Any]) -> Any:
    changed = _MODIFY(self, subnet_name, description, subnets)
    self.subnet_groups[subnet_name] = changed
    return changed


def install_rds() -> None:
    """Keep what was changed."""
    extend(RDSBackend, {"modify_db_subnet_group": _modify_subnet_group})
