"""EC2 placement groups and capacity reservations, which moto lacks.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html
"""

from __future__ import annotations

import uuid
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response

from trimtab.local.cloud.extending import extend

Held = dict[str, dict[str, Any]]


def _held(response: Any, kind: str) -> Held:
    held: dict[str, Held] = response.ec2_backend.__dict__.setdefault("trimtab_capacity", {})
    return held.setdefault(kind, {})


def _tags(params: dict[str, Any]) -> list[dict[str, str]]:
    return [tag for each in params.get("TagSpecifications") or [] for tag in each.get("Tags") or []]


def _one(response: Any, kind: str, name: str) -> dict[str, Any]:
    found = _held(response, kind).get(name)
    if found is None:
        raise EC2ClientError(f"Invalid{kind}.NotFound", f"The {kind} '{name}' does not exist")
    return found


def _listed(response: Any, kind: str, names: list[str]) -> list[dict[str, Any]]:
    if names:
        return [_one(response, kind, name) for name in names]
    return list(_held(response, kind).values())


def _create_group(self: Any) -> Any:
    params = dict(self.params)
    name = params["GroupName"]
    groups = _held(self, "PlacementGroup")
    if name in groups:
        raise EC2ClientError("InvalidPlacementGroup.Duplicate", f"The placement group '{name}' already exists")
    backend = self.ec2_backend
    arn = f"arn:aws:ec2:{backend.region_name}:{backend.account_id}:placement-group/{name}"
    groups[name] = {
        "GroupName": name,
        "GroupId": f"pg-{uuid.uuid4().hex[:17]}",
        "GroupArn": arn,
        "State": "available",
        "Strategy": params.get("Strategy", "cluster"),
        "PartitionCount": params.get("PartitionCount"),
        "SpreadLevel": params.get("SpreadLevel"),
        "Tags": _tags(params),
    }
    return ActionResult({"PlacementGroup": groups[name]})


def _describe_groups(self: Any) -> Any:
    return ActionResult({"PlacementGroups": _listed(self, "PlacementGroup", self._get_param("GroupNames", []))})


def _delete_group(self: Any) -> Any:
    name = self._get_param("GroupName")
    _one(self, "PlacementGroup", name)
    del _held(self, "PlacementGroup")[name]
    return EmptyResult()


def _create_reservation(self: Any) -> Any:
    params = dict(self.params)
    backend = self.ec2_backend
    name = f"cr-{uuid.uuid4().hex[:17]}"
    count = params["InstanceCount"]
    arn = f"arn:aws:ec2:{backend.region_name}:{backend.account_id}:capacity-reservation/{name}"
    found = {
        "CapacityReservationId": name,
        "CapacityReservationArn": arn,
        "OwnerId": backend.account_id,
        "State": "active",
        "Tenancy": params.get("Tenancy", "default"),
        "TotalInstanceCount": count,
        "AvailableInstanceCount": count,
        "EbsOptimized": params.get("EbsOptimized", False),
        "EndDateType": params.get("EndDateType", "unlimited"),
        "InstanceMatchCriteria": params.get("InstanceMatchCriteria", "open"),
        "CreateDate": utcnow(),
        "StartDate": utcnow(),
        "Tags": _tags(params),
    }
    found |= {key: params.get(key) for key in ("InstanceType", "InstancePlatform", "AvailabilityZone", "EndDate")}
    _held(self, "CapacityReservationId")[name] = found
    return ActionResult({"CapacityReservation": found})


def _describe_reservations(self: Any) -> Any:
    names = self._get_param("CapacityReservationIds", [])
    return ActionResult({"CapacityReservations": _listed(self, "CapacityReservationId", names)})


def _modify_reservation(self: Any) -> Any:
    found = _one(self, "CapacityReservationId", self._get_param("CapacityReservationId"))
    count = self._get_param("InstanceCount")
    if count is not None:
        found["TotalInstanceCount"] = found["AvailableInstanceCount"] = count
    found.update({key: self.params[key] for key in ("EndDate", "EndDateType") if self.params.get(key)})
    return ActionResult({"Return": True})


def _cancel_reservation(self: Any) -> Any:
    found = _one(self, "CapacityReservationId", self._get_param("CapacityReservationId"))
    found["State"] = "cancelled"
    return ActionResult({"Return": True})


def install_ec2_capacity() -> None:
    """Serve placement groups and capacity reservations."""
    extend(
        EC2Response,
        {
            "create_placement_group": _create_group,
            "describe_placement_groups": _describe_groups,
            "delete_placement_group": _delete_group,
            "create_capacity_reservation": _create_reservation,
            "describe_capacity_reservations": _describe_reservations,
            "modify_capacity_reservation": _modify_reservation,
            "cancel_capacity_reservation": _cancel_reservation,
        },
    )
