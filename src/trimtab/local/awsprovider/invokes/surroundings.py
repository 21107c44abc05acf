"""Who and where we are: caller identity, region, partition, availability zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.context import partition_of

if TYPE_CHECKING:
    from trimtab.local.awsprovider.clients import Clients
    from trimtab.local.awsprovider.invokes.port import Invoke
    from trimtab.local.awsprovider.values import Props

_SUFFIXES = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com"}


def caller_identity(clients: Clients, region: str, _args: Props) -> Props:
    """`aws.getCallerIdentity`."""
    answer = clients.get("sts", region).get_caller_identity()
    return {
        "accountId": answer["Account"],
        "arn": answer["Arn"],
        "userId": answer["UserId"],
        "id": answer["Account"],
    }


def region_of(_clients: Clients, region: str, args: Props) -> Props:
    """`aws.getRegion`."""
    name = args.get("name") or region
    return {
        "id": name,
        "name": name,
        "region": name,
        "description": name,
        "endpoint": f"ec2.{name}.{_SUFFIXES[partition_of(name)]}",
    }


def partition(_clients: Clients, region: str, _args: Props) -> Props:
    """`aws.getPartition`."""
    name = partition_of(region)
    suffix = _SUFFIXES[name]
    reverse = ".".join(reversed(suffix.split(".")))
    return {"id": name, "partition": name, "dnsSuffix": suffix, "reverseDnsPrefix": reverse}


def availability_zones(clients: Clients, region: str, args: Props) -> Props:
    """`aws.getAvailabilityZones`."""
    asked: dict[str, Any] = {"AllAvailabilityZones": bool(args.get("allAvailabilityZones"))}
    if args.get("filters"):
        asked["Filters"] = [{"Name": f["name"], "Values": f["values"]} for f in args["filters"]]
    answer = clients.get("ec2", region).describe_availability_zones(**asked)
    excluded = {*(args.get("excludeNames") or []), *(args.get("excludeZoneIds") or [])}
    zones = [
        zone
        for zone in answer["AvailabilityZones"]
        if zone["ZoneName"] not in excluded
        and zone.get("ZoneId") not in excluded
        and (not args.get("state") or zone["State"] == args["state"])
    ]
    zones.sort(key=lambda zone: str(zone["ZoneName"]))
    groups = sorted({str(zone.get("GroupName") or region) for zone in zones})
    return {
        **args,
        "id": region,
        "region": region,
        "names": [zone["ZoneName"] for zone in zones],
        "zoneIds": [zone.get("ZoneId", "") for zone in zones],
        "groupNames": groups,
    }


SURROUNDINGS: dict[str, Invoke] = {
    "aws:index/getCallerIdentity:getCallerIdentity": caller_identity,
    "aws:index/getRegion:getRegion": region_of,
    "aws:index/getPartition:getPartition": partition,
    "aws:index/getAvailabilityZones:getAvailabilityZones": availability_zones,
}
