"""Route tables, routes and their associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.convert import to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_DESTINATIONS = {
    "destinationCidrBlock": "DestinationCidrBlock",
    "destinationIpv6CidrBlock": "DestinationIpv6CidrBlock",
    "destinationPrefixListId": "DestinationPrefixListId",
}
# A route within a table's own list names its destination otherwise than a route of its own.
_INLINE = {"cidrBlock": "destinationCidrBlock", "ipv6CidrBlock": "destinationIpv6CidrBlock"}
_RENAME = {"EgressOnlyInternetGatewayId": "egressOnlyGatewayId"}


def _put(ctx: Context, table: str, route: Props, *, operation: str = "create_route") -> None:
    ec2 = ctx.client("ec2")
    shape = ec2.meta.service_model.operation_model(ec2.meta.method_to_api_mapping[operation]).input_shape
    given = {_INLINE.get(key, key): value for key, value in route.items() if value and key != "region"}
    getattr(ec2, operation)(**{**to_aws(shape, given, _RENAME), "RouteTableId": table})


def _drop(ctx: Context, table: str, route: Props) -> None:
    named = {_INLINE.get(key, key): value for key, value in route.items()}
    where = {member: named[key] for key, member in _DESTINATIONS.items() if named.get(key)}
    ctx.client("ec2").delete_route(RouteTableId=table, **where)


def _inline(ctx: Context, table: str, inputs: Props) -> None:
    for route in inputs.get("routes") or []:
        _put(ctx, table, route)


def _update_table(ctx: Context, table: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _TABLE.do_update(ctx, table, state, inputs, changed)
    if "routes" in changed:
        for route in state.get("routes") or []:
            _drop(ctx, table, route)
        _inline(ctx, table, inputs)


def _mine(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    """Routes of their own resources are not this table's."""
    props.pop("routes", None)
    props["ownerId"] = answer.get("OwnerId", "")


_TABLE = Api(
    service="ec2",
    create="create_route_table",
    id_from="RouteTable.RouteTableId",
    read="describe_route_tables",
    read_by={"RouteTableIds": "[{id}]"},
    root="RouteTables[0]",
    delete="delete_route_table",
    delete_by={"RouteTableId": "{id}"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:route-table/{id}"},
    tagging=ec2_tags("route-table"),
    after=_inline,
    complete=_mine,
)
_TABLE_CALLS = api(_TABLE)


def _create_route(ctx: Context, inputs: Props) -> str:
    _put(ctx, inputs["routeTableId"], inputs)
    return f"{inputs['routeTableId']}_{_destination(inputs)}"


def _destination(props: Props) -> str:
    return next((str(props[key]) for key in _DESTINATIONS if props.get(key)), "")


def _read_route(ctx: Context, route_id: str, _state: Props) -> Props | None:
    table, _, destination = route_id.partition("_")
    tables = ctx.client("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"]
    for route in tables[0]["Routes"]:
        if destination in [route.get(member) for member in _DESTINATIONS.values()]:
            return {
                "routeTableId": table,
                **{key: route.get(member) or None for key, member in _DESTINATIONS.items()},
                "gatewayId": route.get("GatewayId") or None,
                "natGatewayId": route.get("NatGatewayId") or None,
                "state": route.get("State", "active"),
                "origin": route.get("Origin", "CreateRoute"),
            }
    return None


def _update_route(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _put(ctx, inputs["routeTableId"], inputs, operation="replace_route")


def _delete_route(ctx: Context, _id: str, state: Props) -> None:
    _drop(ctx, state["routeTableId"], state)


_ASSOCIATION = api(
    Api(
        service="ec2",
        create="associate_route_table",
        id_from="AssociationId",
        read="describe_route_tables",
        read_by={},
        delete="disassociate_route_table",
        delete_by={"AssociationId": "{id}"},
    )
)


def _read_association(ctx: Context, association: str, _state: Props) -> Props | None:
    filters = [{"Name": "association.route-table-association-id", "Values": [association]}]
    tables = ctx.client("ec2").describe_route_tables(Filters=filters)["RouteTables"]
    for table in tables:
        for each in table["Associations"]:
            if each["RouteTableAssociationId"] == association:
                return {
                    "routeTableId": table["RouteTableId"],
                    "subnetId": each.get("SubnetId"),
                    "region": ctx.region,
                }
    return None


EC2_ROUTES: dict[str, Resource] = {
    "aws:ec2/routeTable:RouteTable": Resource(
        create=_TABLE_CALLS.create,
        read=_TABLE_CALLS.read,
        update=_update_table,
        delete=_TABLE_CALLS.delete,
        replace=frozenset({"vpcId"}),
    ),
    "aws:ec2/route:Route": Resource(
        create=_create_route,
        read=_read_route,
        update=_update_route,
        delete=_delete_route,
        replace=frozenset({"routeTableId", *_DESTINATIONS}),
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Resource(
        create=_ASSOCIATION.create,
        read=_read_association,
        update=None,
        delete=_ASSOCIATION.delete,
        replace=frozenset({"*"}),
    ),
}
