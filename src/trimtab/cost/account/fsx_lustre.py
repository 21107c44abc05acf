"""FSx for Lustre file systems that nobody reads or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

READ, WRITTEN = "DataReadBytes", "DataWriteBytes"


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    for page in client_of("fsx", region).get_paginator("describe_file_systems").paginate():
        for system in page["FileSystems"]:
            if system["FileSystemType"] != "LUSTRE":
                continue
            lustre = system.get("LustreConfiguration", {})
            facts = {
                "id": system["FileSystemId"],
                "gib": system["StorageCapacity"],
                "deployment": lustre.get("DeploymentType", ""),
                "throughput": lustre.get("PerUnitStorageThroughput") or 0,
            }
            yield Found(facts["id"], region, facts, tags_of(system.get("Tags")), system.get("CreationTime"))


def _judge(one: Found, use: Use) -> Verdict | None:
    read, written = use[READ], use[WRITTEN]
    if not read.samples or read.total or written.total:
        return None
    speed = f"-{one.number('throughput'):g}" if one.number("throughput") else ""
    return Verdict(
        "delete",
        f"{one.number('gib'):,g} GiB; not a byte was read or written in {read.days:g} days",
        (Charge(f"fsx-lustre-{one.text('deployment')}{speed}-gib", one.number("gib")),),
        cautions=("export what is not in its bucket first; scratch file systems have no backup",),
    )


FSX_LUSTRE = AccountKind(
    id="fsx-lustre",
    title="FSx for Lustre",
    found="Not a byte was read or written.",
    proposed="Delete it.",
    never_cross="One byte read or written in the span keeps it.",
    permissions=("fsx:DescribeFileSystems",),
    read=_read,
    judge=_judge,
    metrics=tuple(Metric("AWS/FSx", name, "Sum", {"FileSystemId": "id"}) for name in (READ, WRITTEN)),
)
