"""Inventory files: CSV or Parquet with `resource_id`, `kind`, `fleet`, `instance_type`, `region`, `count`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Requests, Resource
from trimtab.cost.sources.files import open_table
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from ibis.backends.duckdb import Backend

COLUMNS = ("resource_id", "kind", "fleet", "instance_type", "region", "count")
OWNER_COLUMNS = ("team", "cost_center", "environment", "model")
REQUEST_COLUMNS = tuple(Requests.model_fields)
DIMENSION_COLUMNS = ("namespace", "workload_kind", "workload", "container", "nodepool", "instance")
OPTIONAL = ("unit_capacity", "min_replicas", "service_class", "component")


@dataclass(frozen=True)
class InventoryFile:
    """A fleet that no stack declared, listed in a file.

    Beside the columns of the contract it may carry `unit_capacity`, `min_replicas`, `service_class`,
    `component`, `team`, `cost_center`, `environment`, `model`, what a workload requests (`cpu_millicores`,
    `memory_mib`, `gpus`) and the labels that find it in Prometheus (`namespace`, `workload_kind`, `workload`,
    `container`, `nodepool`, `instance`).
    """

    connection: Backend
    path: Path

    def resources(self) -> tuple[Resource, ...]:
        """Read every row as a resource.

        Raises:
            UserError: a column is missing, a row is refused, or an id stands there twice.
        """
        frame = open_table(self.connection, self.path, COLUMNS, "inventory").to_pandas()
        if frame.empty:
            raise UserError(f"inventory {self.path}: holds no rows", remedy="list at least one resource.")
        rows = [_row(self.path, index, row) for index, row in enumerate(frame.to_dict("records"), start=1)]
        seen: set[str] = set()
        for row in rows:
            if row.resource_id in seen:
                raise UserError(
                    f"inventory {self.path}: resource_id {row.resource_id!r} stands there twice; allowed: once",
                    remedy="remove one of the two rows.",
                )
            seen.add(row.resource_id)
        _one_kind_a_fleet(self.path, rows)
        return tuple(rows)


def _text(value: Any) -> str:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else str(value).strip()


def _row(path: Path, number: int, row: dict[str, Any]) -> Resource:
    values = {name: _text(row.get(name)) for name in (*COLUMNS, *OPTIONAL)}
    kind = values["kind"]
    if kind not in KINDS:
        raise UserError(
            f"inventory {path}: row {number}: kind {kind!r} is not known; allowed: {', '.join(KINDS)}",
            remedy="name one of the known kinds.",
        )
    fields = {name: value for name, value in values.items() if value}
    if fields.get("count", "").endswith(".0"):
        fields["count"] = fields["count"][:-2]
    owner = {name: _text(row.get(name)) for name in OWNER_COLUMNS}
    requests = {name: _text(row.get(name)) for name in REQUEST_COLUMNS if _text(row.get(name))}
    dimensions = {name: _text(row.get(name)) for name in DIMENSION_COLUMNS if _text(row.get(name))}
    try:
        return Resource.model_validate({**fields, "owner": owner, "requests": requests, "dimensions": dimensions})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UserError(
            f"inventory {path}: row {number}: {name} {first['input']!r}: {first['msg']}",
            remedy=f"correct {name} in that row.",
        ) from error


def _one_kind_a_fleet(path: Path, rows: list[Resource]) -> None:
    kinds: dict[str, str] = {}
    for row in rows:
        if row.fleet and kinds.setdefault(row.fleet, row.kind) != row.kind:
            raise UserError(
                f"inventory {path}: fleet {row.fleet!r} has members of kinds {kinds[row.fleet]} and {row.kind}; "
                "allowed: one kind, since members are interchangeable",
                remedy="give each kind a fleet of its own.",
            )
