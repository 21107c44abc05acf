"""Internet and NAT gateways, elastic addresses, VPC endpoints and flow logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _attach(ctx: Context, gateway: str, inputs: Props) -> None:
    if inputs.get("vpcId"):
        ctx.client("ec2").attach_internet_gateway(InternetGatewayId=gateway, VpcId=inputs["vpcId"])


def _detach(ctx: Context, gateway: str, state: Props) -> None:
    if state.get("vpcId"):
        ctx.client("ec2").detach_internet_gateway(InternetGatewayId=gateway, VpcId=state["vpcId"])


def _attached(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["vpcId"] = next((each["VpcId"] for each in answer.get("Attachments", [])), None)


def _update_gateway(ctx: Context, gateway: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _GATEWAY.do_update(ctx, gateway, state, inputs, changed)
    if "vpcId" in changed:
        _detach(ctx, gateway, state)
        _attach(ctx, gateway, inputs)


def _delete_gateway(ctx: Context, gateway: str, state: Props) -> None:
    _detach(ctx, gateway, state)
    _GATEWAY.do_delete(ctx, gateway, state)


_GATEWAY = Api(
    service="ec2",
    create="create_internet_gateway",
    id_from="InternetGateway.InternetGatewayId",
    read="describe_internet_gateways",
    read_by={"InternetGatewayIds": "[{id}]"},
    root="InternetGateways[0]",
    delete="delete_internet_gateway",
    delete_by={"InternetGatewayId": "{id}"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:internet-gateway/{id}", "ownerId": "{account}"},
    tagging=ec2_tags("internet-gateway"),
    after=_attach,
    complete=_attached,
)
_GATEWAY_CALLS = api(_GATEWAY)


def _address_of(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    first: dict[str, Any] = next(iter(answer.get("NatGatewayAddresses", [])), {})
    members = {
        "allocationId": "AllocationId",
        "publicIp": "PublicIp",
        "privateIp": "PrivateIp",
        "networkInterfaceId": "NetworkInterfaceId",
    }
    props.update({name: first[member] for name, member in members.items() if first.get(member)})


_NAT = Api(
    service="ec2",
    create="create_nat_gateway",
    id_from="NatGateway.NatGatewayId",
    read="describe_nat_gateways",
    read_by={"NatGatewayIds": "[{id}]"},
    root="NatGateways[?State != 'deleted' && State != 'deleting'] | [0]",
    delete="delete_nat_gateway",
    delete_by={"NatGatewayId": "{id}"},
    tagging=ec2_tags("natgateway"),
    complete=_address_of,
)
_EIP = Api(
    service="ec2",
    create="allocate_address",
    id_from="AllocationId",
    read="describe_addresses",
    read_by={"AllocationIds": "[{id}]"},
    root="Addresses[0]",
    delete="release_address",
    delete_by={"AllocationId": "{id}"},
    outputs={
        "arn": "arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
        "publicDns": "{publicIp}",
    },
    tagging=ec2_tags("elastic-ip"),
)


def _split(members: dict[str, str], key: str) -> Any:
    """EC2 changes an endpoint's lists by what is added and what is removed."""

    def adjust(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
        answer = ctx.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[params["VpcEndpointId"]])
        has = answer["VpcEndpoints"][0].get(key) or []
        have = [item["GroupId"] if isinstance(item, dict) else item for item in has]
        wanted = inputs.get(members["property"]) or []
        params.pop(key, None)
        added = [item for item in wanted if item not in have]
        removed = [item for item in have if item not in wanted]
        if added:
            params[members["add"]] = added
        if removed:
            params[members["remove"]] = removed

    return adjust


def _list_change(name: str, member: str, described: str) -> Any:
    return step(
        "modify_vpc_endpoint",
        {"VpcEndpointId": "{id}"},
        when={name},
        adjust=_split({"property": name, "add": f"Add{member}", "remove": f"Remove{member}"}, described),
    )


def _complete_endpoint(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["securityGroupIds"] = [group["GroupId"] for group in answer.get("Groups", [])]
    if answer.get("PolicyDocument"):
        props["policy"] = answer["PolicyDocument"]


_ENDPOINT = Api(
    service="ec2",
    create="create_vpc_endpoint",
    id_from="VpcEndpoint.VpcEndpointId",
    read="describe_vpc_endpoints",
    read_by={"VpcEndpointIds": "[{id}]"},
    root="VpcEndpoints[?State != 'deleted'] | [0]",
    update=(
        step(
            "modify_vpc_endpoint",
            {"VpcEndpointId": "{id}"},
            when={"policy", "privateDnsEnabled", "dnsOptions", "ipAddressType"},
        ),
        _list_change("routeTableIds", "RouteTableIds", "RouteTableIds"),
        _list_change("subnetIds", "SubnetIds", "SubnetIds"),
        _list_change("securityGroupIds", "SecurityGroupIds", "Groups"),
    ),
    delete="delete_vpc_endpoints",
    delete_by={"VpcEndpointIds": "[{id}]"},
    rename={"PolicyDocument": "policy"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}", "ownerId": "{account}"},
    tagging=ec2_tags("vpc-endpoint"),
    complete=_complete_endpoint,
)


def _what_flows(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    kinds = {"vpcId": "VPC", "subnetId": "Subnet", "eniId": "NetworkInterface", "transitGatewayId": "TransitGateway"}
    name = next(name for name in kinds if inputs.get(name))
    params["ResourceIds"], params["ResourceType"] = [inputs[name]], kinds[name]
    params.setdefault("LogDestinationType", inputs.get("logDestinationType") or "cloud-watch-logs")
    params.setdefault("TrafficType", inputs.get("trafficType") or "ALL")


def _flows(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    prefixes = {"vpc-": "vpcId", "subnet-": "subnetId", "eni-": "eniId", "tgw-": "transitGatewayId"}
    for prefix, name in prefixes.items():
        if answer["ResourceId"].startswith(prefix):
            props[name] = answer["ResourceId"]


_FLOW_LOG = Api(
    service="ec2",
    create="create_flow_logs",
    id_from="FlowLogIds[0]",
    read="describe_flow_logs",
    read_by={"FlowLogIds": "[{id}]"},
    root="FlowLogs[0]",
    delete="delete_flow_logs",
    delete_by={"FlowLogIds": "[{id}]"},
    rename={"DeliverLogsPermissionArn": "iamRoleArn"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}"},
    tagging=ec2_tags("vpc-flow-log"),
    adjust=_what_flows,
    complete=_flows,
)

EC2_GATEWAYS: dict[str, Resource] = {
    "aws:ec2/internetGateway:InternetGateway": Resource(
        create=_GATEWAY_CALLS.create,
        read=_GATEWAY_CALLS.read,
        update=_update_gateway,
        delete=_delete_gateway,
    ),
    "aws:ec2/natGateway:NatGateway": api(_NAT),
    "aws:ec2/eip:Eip": api(_EIP),
    "aws:ec2/vpcEndpoint:VpcEndpoint": api(
        _ENDPOINT, replace=("vpcId", "serviceName", "vpcEndpointType", "serviceRegion")
    ),
    "aws:ec2/flowLog:FlowLog": api(_FLOW_LOG),
}
