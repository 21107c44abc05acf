"""Rewrite the bundled price list from the Price List API: `python -m trimtab.cost.prices.take_snapshot`.

Needs AWS credentials with `pricing:GetProducts`. It asks for every type and region that the present snapshot
has; a type that the API does not know is dropped and named.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.cost.model import Price
from trimtab.cost.prices.aws import AwsPriceList
from trimtab.spec.errors import TrimtabError

if TYPE_CHECKING:
    from trimtab.cost.prices.port import PriceBook

SNAPSHOT = Path(__file__).with_name("snapshot.json")


def taken(old: dict[str, Any], book: PriceBook, today: str) -> tuple[dict[str, Any], list[str]]:
    """Return the snapshot with today's prices, and what could not be priced.

    Raises:
        WorldError: the price list cannot be reached.
    """
    dropped: list[str] = []
    hourly: dict[str, dict[str, dict[str, str]]] = {}
    for service, regions in old["hourly"].items():
        for region, types in regions.items():
            for instance_type in types:
                found = book.price(service, instance_type, region)
                if isinstance(found, Price):
                    known = hourly.setdefault(service, {}).setdefault(region, {})
                    known[instance_type] = format(found.hourly.normalize(), "f")
                else:
                    dropped.append(f"{service} {region} {instance_type}: {found.reason}")
    source = "bundled snapshot of the AWS Price List API (on demand, Linux, shared tenancy; SageMaker hosting)"
    return {**old, "as_of": today, "source": source, "hourly": hourly}, dropped


def main() -> int:
    """Write the snapshot; 0 where it was written."""
    old = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    try:
        new, dropped = taken(old, AwsPriceList.from_environment(), datetime.now(tz=UTC).date().isoformat())
    except TrimtabError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    for line in dropped:
        sys.stderr.write(f"dropped {line}\n")
    partial = SNAPSHOT.with_suffix(".partial")
    partial.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    partial.replace(SNAPSHOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
