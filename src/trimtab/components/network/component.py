"""The component: a VPC of the platform's own, or one that is looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from trimtab.components.base import CommonArgs, Component
from trimtab.components.encryption import LOGS, customer_key
from trimtab.components.network.endpoints import gateway_endpoints, interface_endpoints
from trimtab.components.network.existing import existing_vpc
from trimtab.components.network.flow_logs import flow_logs
from trimtab.components.network.gateways import outbound
from trimtab.components.network.vpc import new_vpc
from trimtab.components.place import place_of
from trimtab.spec.network import ExistingNetwork, NewNetwork


class NetworkArgs(CommonArgs, TypedDict):
    """Inputs of a Network."""

    spec: NewNetwork | ExistingNetwork
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key of the flow logs, whose policy lets CloudWatch Logs use it; absent: one of the network's own."""


class Network(Component):
    """Private subnets over several zones, AWS services reached privately, every flow logged.

    A new VPC has no way in from the internet, and a way out only where `nat` asks for one. An existing VPC is
    looked up and checked; nothing of it is changed.
    """

    vpc_id: pulumi.Output[str]
    vpc_cidr: pulumi.Output[str]
    subnet_ids: pulumi.Output[Sequence[str]]
    """Private subnets, one a zone."""
    zones: pulumi.Output[Sequence[str]]
    """Availability zones of the subnets, in the same order."""
    endpoint_security_group_id: pulumi.Output[str] | None
    """Security group of the interface endpoints; None where the network has none of its own."""
    flow_log_group: pulumi.Output[str] | None
    """Log group of the flow logs; None for an existing VPC."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        spec = args["spec"]
        found = self._build(spec, args) if isinstance(spec, NewNetwork) else self._look_up(spec)
        self.vpc_id, self.vpc_cidr = found.vpc_id, found.cidr
        self.subnet_ids, self.zones = found.subnet_ids, found.zones
        self.endpoint_security_group_id = found.endpoint_security_group_id
        self.flow_log_group = found.flow_log_group
        self.finish(
            {
                "vpcId": self.vpc_id,
                "vpcCidr": self.vpc_cidr,
                "subnetIds": self.subnet_ids,
                "zones": self.zones,
                "endpointSecurityGroupId": self.endpoint_security_group_id,
                "flowLogGroup": self.flow_log_group,
            }
        )

    def _build(self, spec: NewNetwork, args: NetworkArgs) -> "_Found":
        vpc = new_vpc(self, spec)
        place = place_of(self)
        outbound(self, spec, vpc)
        gateway_endpoints(self, vpc, place.region)
        group = interface_endpoints(self, spec, vpc, place.region)
        key = customer_key(self, services=(LOGS,), given=args.get("kms_key_arn"))
        logs = flow_logs(self, vpc.vpc, retention_days=spec.flow_log_retention_days, key_arn=key, place=place)
        return _Found(
            vpc_id=vpc.vpc.id,
            cidr=vpc.vpc.cidr_block,
            subnet_ids=pulumi.Output.all(*(subnet.id for subnet in vpc.private)),
            zones=pulumi.Output.all(*(subnet.availability_zone for subnet in vpc.private)),
            endpoint_security_group_id=group.id if group else None,
            flow_log_group=logs.name,
        )

    def _look_up(self, spec: ExistingNetwork) -> "_Found":
        found = existing_vpc(self, spec)
        return _Found(found.vpc_id, found.cidr, found.subnet_ids, found.zones)


@dataclass(frozen=True)
class _Found:
    vpc_id: pulumi.Output[str]
    cidr: pulumi.Output[str]
    subnet_ids: pulumi.Output[Sequence[str]]
    zones: pulumi.Output[Sequence[str]]
    endpoint_security_group_id: pulumi.Output[str] | None = None
    flow_log_group: pulumi.Output[str] | None = None
