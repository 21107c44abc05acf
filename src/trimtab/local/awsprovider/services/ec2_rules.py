"""Security group rules that are resources of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_TAGGING = ec2_tags("security-group-rule")


@dataclass(frozen=True)
class Rule:
    """One rule of one direction, `ingress` or `egress`."""

    direction: str

    def create(self, ctx: Context, inputs: Props) -> str:
        """Add it; answers its `sgr-` id."""
        params: dict[str, Any] = {}
        _TAGGING.at_creation(params, inputs)
        authorize = getattr(ctx.client("ec2"), f"authorize_security_group_{self.direction}")
        answer = authorize(GroupId=inputs["securityGroupId"], IpPermissions=[_permission(inputs)], **params)
        return str(answer["SecurityGroupRules"][0]["SecurityGroupRuleId"])

    def read(self, ctx: Context, rule: str, state: Props) -> Props | None:
        """Describe it, within its group where that is known."""
        asked: dict[str, Any] = {"SecurityGroupRuleIds": [rule]}
        if state.get("securityGroupId"):
            asked = {"Filters": [{"Name": "group-id", "Values": [state["securityGroupId"]]}]}
        rules = ctx.client("ec2").describe_security_group_rules(**asked)["SecurityGroupRules"]
        found = next((each for each in rules if each["SecurityGroupRuleId"] == rule), None)
        return None if found is None else _props(ctx, found)

    def update(self, ctx: Context, rule: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
        """What a rule says is immutable here, so only its tags can have changed."""
        if "tagsAll" in changed:
            _TAGGING.change(ctx, "ec2", rule, state=state, inputs=inputs)

    def delete(self, ctx: Context, rule: str, state: Props) -> None:
        """Remove it."""
        revoke = getattr(ctx.client("ec2"), f"revoke_security_group_{self.direction}")
        revoke(GroupId=state["securityGroupId"], SecurityGroupRuleIds=[rule])

    def resource(self) -> Resource:
        """This direction as a mapped type."""
        return Resource(
            create=self.create,
            read=self.read,
            update=self.update,
            delete=self.delete,
            replace=frozenset(
                {
                    "securityGroupId",
                    "ipProtocol",
                    "fromPort",
                    "toPort",
                    "cidrIpv4",
                    "cidrIpv6",
                    "prefixListId",
                    "referencedSecurityGroupId",
                    "description",
                }
            ),
        )


def _permission(inputs: Props) -> dict[str, Any]:
    found: dict[str, Any] = {"IpProtocol": inputs["ipProtocol"]}
    if inputs.get("fromPort") is not None:
        found["FromPort"] = inputs["fromPort"]
    if inputs.get("toPort") is not None:
        found["ToPort"] = inputs["toPort"]
    note = {"Description": inputs["description"]} if inputs.get("description") else {}
    ends = {
        "cidrIpv4": ("IpRanges", "CidrIp"),
        "cidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "prefixListId": ("PrefixListIds", "PrefixListId"),
        "referencedSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    }
    for name, (ranges, member) in ends.items():
        if inputs.get(name):
            found[ranges] = [{member: inputs[name], **note}]
    return found


def _props(ctx: Context, found: dict[str, Any]) -> Props:
    rule = found["SecurityGroupRuleId"]
    props: Props = {
        "securityGroupId": found["GroupId"],
        "securityGroupRuleId": rule,
        "arn": ctx.arn("ec2", f"security-group-rule/{rule}"),
        "region": ctx.region,
        "ipProtocol": found["IpProtocol"],
        "tagsAll": _TAGGING.read(ctx, "ec2", rule, {}, found),
    }
    members = {"cidrIpv4": "CidrIpv4", "cidrIpv6": "CidrIpv6", "description": "Description"}
    props.update({name: found[member] for name, member in members.items() if found.get(member)})
    if found["IpProtocol"] != "-1":
        props |= {"fromPort": found.get("FromPort"), "toPort": found.get("ToPort")}
    referenced = (found.get("ReferencedGroupInfo") or {}).get("GroupId")
    if referenced:
        props["referencedSecurityGroupId"] = referenced
    return props


EC2_RULES: dict[str, Resource] = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Rule("ingress").resource(),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Rule("egress").resource(),
}
