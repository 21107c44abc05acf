"""VPC endpoints whose private DNS is switched, which moto's ModifyVpcEndpoint leaves as it was."""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from trimtab.local.cloud.extending import extend

_MODIFY = EC2Response.modify_vpc_endpoint


def _modify_vpc_endpoint(self: Any) -> Any:
    answer = _MODIFY(self)
    private = self._get_bool_param("PrivateDnsEnabled", None)
    if private is not None:
        name = self._get_param("VpcEndpointId")
        self.ec2_backend.describe_vpc_endpoints(vpc_end_point_ids=[name])[0].private_dns_enabled = private
    return answer


def install_vpc_endpoints() -> None:
    """Let ModifyVpcEndpoint switch private DNS."""
    extend(EC2Response, {"modify_vpc_endpoint": _modify_vpc_endpoint})
