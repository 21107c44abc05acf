"""Security groups and their rules, inline and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_DIRECTIONS = {"ingress": "IpPermissions", "egress": "IpPermissionsEgress"}


def permission(rule: Props, group: str) -> dict[str, Any]:
    """One inline rule as EC2's permission."""
    found: dict[str, Any] = {"IpProtocol": str(rule["protocol"])}
    if found["IpProtocol"] != "-1":
        found |= {"FromPort": int(rule["fromPort"]), "ToPort": int(rule["toPort"])}
    note = {"Description": rule["description"]} if rule.get("description") else {}
    ranges = {
        "IpRanges": [{"CidrIp": cidr, **note} for cidr in rule.get("cidrBlocks") or []],
        "Ipv6Ranges": [{"CidrIpv6": cidr, **note} for cidr in rule.get("ipv6CidrBlocks") or []],
        "PrefixListIds": [{"PrefixListId": each, **note} for each in rule.get("prefixListIds") or []],
        "UserIdGroupPairs": [{"GroupId": each, **note} for each in rule.get("securityGroups") or []],
    }
    if rule.get("self"):
        ranges["UserIdGroupPairs"].append({"GroupId": group, **note})
    return found | {key: value for key, value in ranges.items() if value}


def _call(ctx: Context, verb: str, direction: str, group: str, permissions: list[dict[str, Any]]) -> None:
    if permissions:
        operation = getattr(ctx.client("ec2"), f"{verb}_security_group_{direction}")
        operation(GroupId=group, IpPermissions=permissions)


def _rules(ctx: Context, group: str, inputs: Props) -> None:
    """Set the inline rules; a direction without any is left to rules of their own resources."""
    described = ctx.client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    for direction, member in _DIRECTIONS.items():
        if direction == "egress" or inputs.get(direction) is not None:
            _call(ctx, "revoke", direction, group, described.get(member) or [])
        wanted = [permission(rule, group) for rule in inputs.get(direction) or []]
        _call(ctx, "authorize", direction, group, wanted)


def _update_group(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _GROUP.do_update(ctx, group, state, inputs, changed)
    for direction in _DIRECTIONS:
        if direction in changed:
            old = [permission(rule, group) for rule in state.get(direction) or []]
            _call(ctx, "revoke", direction, group, old)
            new = [permission(rule, group) for rule in inputs.get(direction) or []]
            _call(ctx, "authorize", direction, group, new)


def _describe(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["Description"] = inputs.get("description") or "Managed by Pulumi"


_GROUP = Api(
    service="ec2",
    create="create_security_group",
    id_from="GroupId",
    read="describe_security_groups",
    read_by={"GroupIds": "[{id}]"},
    root="SecurityGroups[0]",
    delete="delete_security_group",
    delete_by={"GroupId": "{id}"},
    rename={"GroupName": "name"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:security-group/{id}"},
    tagging=ec2_tags("security-group"),
    adjust=_describe,
    after=_rules,
)
_GROUP_CALLS = api(_GROUP)


def _adopt(ctx: Context, inputs: Props) -> str:
    """The default group of a VPC is there already: it is taken over, and its rules are replaced."""
    ec2 = ctx.client("ec2")
    filters = [{"Name": "group-name", "Values": ["default"]}]
    if inputs.get("vpcId"):
        filters.append({"Name": "vpc-id", "Values": [inputs["vpcId"]]})
    group: str = ec2.describe_security_groups(Filters=filters)["SecurityGroups"][0]["GroupId"]
    _rules(ctx, group, {"ingress": [], **inputs})
    tags = [{"Key": key, "Value": value} for key, value in (inputs.get("tagsAll") or {}).items()]
    if tags:
        ec2.create_tags(Resources=[group], Tags=tags)
    return group


def _leave(_ctx: Context, _group: str, _state: Props) -> None:
    """A default group cannot be deleted; it goes with its VPC."""


EC2_SECURITY: dict[str, Resource] = {
    "aws:ec2/securityGroup:SecurityGroup": Resource(
        create=_GROUP_CALLS.create,
        read=_GROUP_CALLS.read,
        update=_update_group,
        delete=_GROUP_CALLS.delete,
        replace=frozenset({"description", "vpcId"}),
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Resource(
        create=_adopt,
        read=_GROUP_CALLS.read,
        update=_update_group,
        delete=_leave,
        replace=frozenset({"vpcId"}),
    ),
}
