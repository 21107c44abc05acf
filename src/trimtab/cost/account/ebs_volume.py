"""EBS volumes: attached to nothing, or of a generation that costs more for the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.base import AccountKind, Found, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

# What gp3 includes, and what a gp2 volume of a size does: three IOPS a GiB from 100 to 16,000, 128 MiB/s, from 170 GiB
# on 250. https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
_FREE_IOPS, _FREE_MIBPS = 3_000, 125
_GP2_IOPS_PER_GIB, _GP2_MOST_IOPS = 3, 16_000
_GP2_SLOW, _GP2_FAST, _GP2_FAST_FROM_GIB = 128, 250, 170


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    for page in client_of("ec2", region).get_paginator("describe_volumes").paginate():
        for volume in page["Volumes"]:
            facts = {
                "type": volume["VolumeType"],
                "gib": volume["Size"],
                "iops": volume.get("Iops") or 0,
                "mibps": volume.get("Throughput") or 0,
                "attached": bool(volume.get("Attachments")),
                "state": volume["State"],
            }
            tags = tags_of(volume.get("Tags"))
            yield Found(volume["VolumeId"], region, facts, tags, volume["CreateTime"])


def _judge(one: Found, _: Use) -> Verdict | None:
    if one.text("state") not in {"available", "in-use"}:
        return None
    if not one.facts["attached"]:
        return Verdict(
            "delete",
            f"{one.number('gib'):g} GiB of {one.text('type')}, attached to nothing",
            _charges(one.text("type"), one.number("gib"), one.number("iops"), one.number("mibps")),
            (Charge("ebs-snapshot-gib", one.number("gib")),),
            cautions=("take a snapshot first; it holds written blocks only and costs at most what is said here",),
        )
    return _newer(one) if one.text("type") == "gp2" else None


def _newer(one: Found) -> Verdict:
    gib = one.number("gib")
    iops = max(_FREE_IOPS, min(_GP2_MOST_IOPS, _GP2_IOPS_PER_GIB * gib))
    mibps = _GP2_FAST if gib >= _GP2_FAST_FROM_GIB else _GP2_SLOW
    return Verdict(
        "change",
        f"gp2 of {gib:g} GiB; gp3 with the same {iops:g} IOPS and {mibps} MiB/s costs less and is changed in use",
        _charges("gp2", gib, 0, 0),
        _charges("gp3", gib, iops, mibps),
        {"volumeType": "gp3", "iops": int(iops), "throughput": mibps},
    )


def _charges(kind: str, gib: float, iops: float, mibps: float) -> tuple[Charge, ...]:
    storage = Charge(f"ebs-{kind}-gib", gib)
    if kind == "gp3":
        more = (
            Charge("ebs-gp3-iops", max(0.0, iops - _FREE_IOPS)),
            Charge("ebs-gp3-mibps", max(0.0, mibps - _FREE_MIBPS)),
        )
        return (storage, *more)
    return (storage, Charge(f"ebs-{kind}-iops", iops)) if kind in {"io1", "io2"} else (storage,)


EBS_VOLUME = AccountKind(
    id="ebs-volume",
    title="EBS volume",
    found="Attached to nothing; or of the type gp2.",
    proposed="Delete it after a snapshot, or make it a gp3 volume that is as fast.",
    never_cross="Nothing is deleted without a snapshot, and no change makes a volume slower than it was.",
    permissions=("ec2:DescribeVolumes",),
    read=_read,
    judge=_judge,
)
