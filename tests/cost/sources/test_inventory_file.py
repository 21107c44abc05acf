from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trimtab.cost.sources.inventory_file import InventoryFile
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from ibis.backends.duckdb import Backend

HEAD = "resource_id,kind,fleet,instance_type,region,count"


def test_the_contract_s_columns_are_read(connection: Backend, tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text(f"{HEAD},team,unit_capacity\np1,gpu-replica,llm,g5.xlarge,us-east-1,2,ads,12.5\nm1,machine,,,,,,\n")
    replica, machine = InventoryFile(connection, path).resources()
    assert (replica.fleet, replica.count, replica.owner.team, replica.unit_capacity) == ("llm", 2, "ads", 12.5)
    assert (machine.fleet, machine.count, machine.instance_type, machine.unit_capacity) == ("", 1, "", None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", ["holds no rows"]),
        ("a,toaster,,,,1", ["row 1", "kind 'toaster'", "machine"]),
        ("a,machine,,,,1\na,machine,,,,1", ["'a'", "twice"]),
        ("a,machine,,,,-1", ["row 1", "count '-1'"]),
        ("a,machine,,,,two", ["row 1", "count 'two'"]),
        (",machine,,,,1", ["row 1", "resource_id"]),
        ("a,machine,f,,,1\nb,gpu-replica,f,,,1", ["fleet 'f'", "machine and gpu-replica"]),
    ],
)
def test_a_broken_row_is_refused_by_name(connection: Backend, tmp_path: Path, rows: str, words: list[str]) -> None:
    path = tmp_path / "i.csv"
    path.write_text(f"{HEAD}\n{rows}\n")
    with pytest.raises(UserError) as refused:
        InventoryFile(connection, path).resources()
    for word in words:
        assert word in str(refused.value)


def test_a_missing_column_is_named(connection: Backend, tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text("resource_id,kind\na,machine\n")
    with pytest.raises(UserError, match="no column fleet, instance_type, region, count"):
        InventoryFile(connection, path).resources()
