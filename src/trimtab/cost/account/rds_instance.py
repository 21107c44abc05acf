"""RDS databases that nobody is connected to, or that are twice what they need to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import GIB, HOURS, AccountKind, Found, Metric, Verdict, tags_of
from trimtab.cost.prices.items import Charge
from trimtab.spec.instances import FAMILIES, shape, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

CONNECTIONS, CPU, FREE = "DatabaseConnections", "CPUUtilization", "FreeableMemory"

# Halving a database doubles the CPU share of every hour; under 40 % at the busiest hour it stays under 80 %.
_CPU_CEILING = 40.0

# PostgreSQL on RDS allows memory / 9,531,392 connections (5,000 at most); other engines allow more.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
_BYTES_A_CONNECTION, _ROOM = 9_531_392, 1.25
_SNAPSHOT_OF = 1.0


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    for page in client_of("rds", region).get_paginator("describe_db_instances").paginate():
        for database in page["DBInstances"]:
            if database["DBInstanceStatus"] != "available":
                continue
            facts = {
                "id": database["DBInstanceIdentifier"],
                "engine": database["Engine"],
                "class": database["DBInstanceClass"],
                "gib": database.get("AllocatedStorage") or 0,
                "storage": database.get("StorageType") or "",
                "copies": 2 if database.get("MultiAZ") else 1,
                "replica": bool(database.get("ReadReplicaSourceDBInstanceIdentifier")),
                "cluster": database.get("DBClusterIdentifier") or "",
            }
            tags = tags_of(database.get("TagList"))
            yield Found(facts["id"], region, facts, tags, database.get("InstanceCreateTime"))


def _judge(one: Found, use: Use) -> Verdict | None:
    seen = use[CONNECTIONS]
    if not seen.samples or one.text("cluster"):
        return None
    if not seen.peak:
        return Verdict(
            "delete",
            f"nobody was connected in {seen.days:g} days",
            _charges(one, one.text("class")),
            (Charge("rds-snapshot-gib", one.number("gib") * _SNAPSHOT_OF),),
            cautions=("take a final snapshot; a stopped database starts again by itself after seven days",),
        )
    return _halved(one, use)


def _halved(one: Found, use: Use) -> Verdict | None:
    """Propose the next smaller class where CPU, memory in use and connections all fit into it."""
    now = shape(one.text("class").removeprefix("db."))
    smaller = _smaller(one.text("class"))
    cpu, free, seen = use[CPU], use[FREE], use[CONNECTIONS]
    if now is None or not smaller or not cpu.samples or not free.samples or cpu.peak > _CPU_CEILING:
        return None
    memory = now.memory_gib * GIB
    if free.least < memory / 2 or seen.peak * _ROOM > memory / 2 / _BYTES_A_CONNECTION:
        return None
    return Verdict(
        "change",
        f"CPU at most {cpu.peak:.0f} % in any hour, at least {free.least / GIB:.1f} of {now.memory_gib:g} GiB free, at "
        f"most {seen.peak:g} connections in {cpu.days:g} days: {smaller} holds that",
        _charges(one, one.text("class")),
        _charges(one, smaller),
        {"dbInstanceClass": smaller},
        cautions=("the change restarts the database; with Multi-AZ it fails over once",),
    )


def _smaller(name: str) -> str:
    """Return the class with half the vCPUs in the same family, or an empty text."""
    _, family, _ = split(name.removeprefix("db."))
    now = shape(name.removeprefix("db."))
    if family not in FAMILIES or now is None:
        return ""
    sizes = {vcpu: size for size, (vcpu, _) in FAMILIES[family].sizes.items()}
    return f"db.{family}.{sizes[now.vcpu // 2]}" if now.vcpu // 2 in sizes else ""


def _charges(one: Found, name: str) -> tuple[Charge, ...]:
    copies = one.number("copies")
    hour = Charge(f"rds-{one.text('engine')}-{name}-hour", HOURS * copies)
    return hour, Charge(f"rds-{one.text('storage')}-gib", one.number("gib") * copies)


RDS_INSTANCE = AccountKind(
    id="rds-instance",
    title="RDS database",
    found="Nobody was connected; or CPU, memory in use and connections fit half of it.",
    proposed="Delete it after a snapshot, or take the next smaller class.",
    never_cross="Never fewer connections than were seen with a quarter more, and never less memory than is in use.",
    permissions=("rds:DescribeDBInstances",),
    read=_read,
    judge=_judge,
    metrics=(
        Metric("AWS/RDS", CONNECTIONS, "Maximum", {"DBInstanceIdentifier": "id"}),
        Metric("AWS/RDS", CPU, "Maximum", {"DBInstanceIdentifier": "id"}),
        Metric("AWS/RDS", FREE, "Minimum", {"DBInstanceIdentifier": "id"}),
    ),
)
