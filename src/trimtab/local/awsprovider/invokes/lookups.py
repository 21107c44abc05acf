"""Things that are there already: images, networks, parameters, buckets, keys, roles, a registry's token."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.context import partition_of
from trimtab.local.awsprovider.convert import from_aws
from trimtab.local.awsprovider.errors import refusal
from trimtab.local.awsprovider.sdk import resolve
from trimtab.local.awsprovider.tagging import as_map

if TYPE_CHECKING:
    from trimtab.local.awsprovider.clients import Clients
    from trimtab.local.awsprovider.invokes.port import Invoke
    from trimtab.local.awsprovider.values import Props


def _filters(args: Props, names: dict[str, str]) -> list[dict[str, Any]]:
    """EC2's filters of a lookup's own arguments, its tags and its `filters`."""
    found = [{"Name": name, "Values": [str(args[key])]} for key, name in names.items() if args.get(key)]
    found += [{"Name": f"tag:{key}", "Values": [value]} for key, value in (args.get("tags") or {}).items()]
    return found + [{"Name": f["name"], "Values": f["values"]} for f in args.get("filters") or []]


def _only(found: list[Any], what: str, operation: str) -> Any:
    """The one thing that a lookup is to find.

    Raises:
        ClientError: there is none, or there are several.
    """
    if len(found) != 1:
        said = "none was found" if not found else f"{len(found)} were found"
        raise refusal(operation, "NotOne", f"one {what} is looked for, and {said}; say which one")
    return found[0]


def _as_props(token: str, found: dict[str, Any]) -> Props:
    kind = resolve(token)
    return from_aws(found, kind.outputs, kind.objects, {}) if kind else {}


def vpc(clients: Clients, region: str, args: Props) -> Props:
    """`aws.ec2.getVpc`."""
    names = {"id": "vpc-id", "cidrBlock": "cidr", "state": "state"}
    asked = _filters(args, names)
    if args.get("default"):
        asked.append({"Name": "is-default", "Values": ["true"]})
    found = _only(clients.get("ec2", region).describe_vpcs(Filters=asked)["Vpcs"], "VPC", "DescribeVpcs")
    arn = f"arn:{partition_of(region)}:ec2:{region}:{clients.account}:vpc/{found['VpcId']}"
    return {
        **_as_props("aws:ec2/vpc:Vpc", found),
        "id": found["VpcId"],
        "arn": arn,
        "ownerId": clients.account,
        "state": found["State"],
        "default": found["IsDefault"],
        "tags": as_map(found.get("Tags")),
        "region": region,
    }


def subnet(clients: Clients, region: str, args: Props) -> Props:
    """`aws.ec2.getSubnet`."""
    names = {"id": "subnet-id", "vpcId": "vpc-id", "cidrBlock": "cidr", "availabilityZone": "availability-zone"}
    answer = clients.get("ec2", region).describe_subnets(Filters=_filters(args, names))
    found = _only(answer["Subnets"], "subnet", "DescribeSubnets")
    return {
        **_as_props("aws:ec2/subnet:Subnet", found),
        "id": found["SubnetId"],
        "arn": found["SubnetArn"],
        "state": found["State"],
        "availableIpAddressCount": found["AvailableIpAddressCount"],
        "defaultForAz": found["DefaultForAz"],
        "tags": as_map(found.get("Tags")),
        "region": region,
    }


def subnets(clients: Clients, region: str, args: Props) -> Props:
    """`aws.ec2.getSubnets`."""
    answer = clients.get("ec2", region).describe_subnets(Filters=_filters(args, {}))
    ids = sorted(each["SubnetId"] for each in answer["Subnets"])
    return {**args, "id": region, "ids": ids, "tags": args.get("tags") or {}, "region": region}


def image(clients: Clients, region: str, args: Props) -> Props:
    """`aws.ec2.getAmi`."""
    asked: dict[str, Any] = {"Filters": _filters(args, {})}
    if args.get("owners"):
        asked["Owners"] = args["owners"]
    found = clients.get("ec2", region).describe_images(**asked)["Images"]
    found.sort(key=lambda each: str(each.get("CreationDate", "")))
    chosen = found[-1] if args.get("mostRecent") and found else _only(found, "image", "DescribeImages")
    props = _as_props("aws:ec2/ami:Ami", chosen)
    arn = f"arn:{partition_of(region)}:ec2:{region}::image/{chosen['ImageId']}"
    return {
        **props,
        **args,
        "id": chosen["ImageId"],
        "imageId": chosen["ImageId"],
        "arn": arn,
        "creationDate": str(chosen.get("CreationDate", "")),
        "tags": as_map(chosen.get("Tags")),
        "region": region,
    }


def parameter(clients: Clients, region: str, args: Props) -> Props:
    """`aws.ssm.getParameter`; `insecureValue` is empty for a secure string."""
    decrypted = args.get("withDecryption", True)
    found = clients.get("ssm", region).get_parameter(Name=args["name"], WithDecryption=decrypted)["Parameter"]
    return {
        "id": found["Name"],
        "name": found["Name"],
        "arn": found["ARN"],
        "type": found["Type"],
        "value": found["Value"],
        "insecureValue": "" if found["Type"] == "SecureString" else found["Value"],
        "version": found["Version"],
        "withDecryption": decrypted,
        "region": region,
    }


def bucket(clients: Clients, region: str, args: Props) -> Props:
    """`aws.s3.getBucket`."""
    name = args["bucket"]
    s3 = clients.get("s3", region)
    s3.head_bucket(Bucket=name)
    where = s3.get_bucket_location(Bucket=name).get("LocationConstraint") or "us-east-1"
    return {
        "id": name,
        "bucket": name,
        "arn": f"arn:{partition_of(region)}:s3:::{name}",
        "bucketDomainName": f"{name}.s3.amazonaws.com",
        "bucketRegionalDomainName": f"{name}.s3.{where}.amazonaws.com",
        "bucketRegion": where,
        "region": where,
    }


def key(clients: Clients, region: str, args: Props) -> Props:
    """`aws.kms.getKey`."""
    found = clients.get("kms", region).describe_key(KeyId=args["keyId"])["KeyMetadata"]
    props = _as_props("aws:kms/key:Key", found)
    return {**props, "id": found["KeyId"], "keyId": args["keyId"], "arn": found["Arn"], "region": region}


def role(clients: Clients, region: str, args: Props) -> Props:
    """`aws.iam.getRole`."""
    found = clients.get("iam", region).get_role(RoleName=args["name"])["Role"]
    props = _as_props("aws:iam/role:Role", found)
    return {
        **props,
        "id": found["RoleName"],
        "name": found["RoleName"],
        "uniqueId": found["RoleId"],
        "tags": as_map(found.get("Tags")),
    }


def authorization_token(clients: Clients, region: str, _args: Props) -> Props:
    """`aws.ecr.getAuthorizationToken`."""
    found = clients.get("ecr", region).get_authorization_token()["authorizationData"][0]
    user, _, password = base64.b64decode(found["authorizationToken"]).decode().partition(":")
    return {
        "id": region,
        "authorizationToken": found["authorizationToken"],
        "expiresAt": found["expiresAt"].isoformat(),
        "password": password,
        "proxyEndpoint": found["proxyEndpoint"],
        "userName": user,
        "region": region,
    }


LOOKUPS: dict[str, Invoke] = {
    "aws:ec2/getAmi:getAmi": image,
    "aws:ec2/getSubnet:getSubnet": subnet,
    "aws:ec2/getSubnets:getSubnets": subnets,
    "aws:ec2/getVpc:getVpc": vpc,
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": authorization_token,
    "aws:iam/getRole:getRole": role,
    "aws:kms/getKey:getKey": key,
    "aws:s3/getBucket:getBucket": bucket,
    "aws:ssm/getParameter:getParameter": parameter,
}
