"""A stack of a thousand resources of the kinds that a platform is made of, as a program and as equal Terraform.

Ten kinds of resources in a unit; units are numbered. Each property has the same value on both sides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

UNIT = 10
"""Resources of a unit."""


@dataclass(frozen=True)
class Part:
    """A resource of a unit.

    Attributes:
        cls: its class in pulumi_aws, `s3.Bucket`.
        terraform: its type in Terraform.
        name: its name; `{n}` is the unit's number.
        values: its properties, in snake_case; a `Ref` names another part.
    """

    cls: str
    terraform: str
    name: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Ref:
    """Another part's id or ARN."""

    part: str
    field: str = "id"


_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
_READ = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}]}
)
_TAGS = {"Team": "ml", "CostCenter": "4711"}

PARTS: tuple[Part, ...] = (
    Part("s3.Bucket", "aws_s3_bucket", "data{n}", {"bucket": "acme-data-{n}", "tags": _TAGS}),
    Part(
        "s3.BucketVersioning",
        "aws_s3_bucket_versioning",
        "versioning{n}",
        {"bucket": Ref("data{n}"), "versioning_configuration": {"status": "Enabled"}},
    ),
    Part(
        "s3.BucketPublicAccessBlock",
        "aws_s3_bucket_public_access_block",
        "block{n}",
        {"bucket": Ref("data{n}"), "block_public_acls": True, "block_public_policy": True},
    ),
    Part("kms.Key", "aws_kms_key", "key{n}", {"description": "data {n}", "enable_key_rotation": True}),
    Part("cloudwatch.LogGroup", "aws_cloudwatch_log_group", "logs{n}", {"name": "/acme/{n}", "retention_in_days": 30}),
    Part("iam.Role", "aws_iam_role", "role{n}", {"name": "acme-{n}", "assume_role_policy": _TRUST}),
    Part("iam.RolePolicy", "aws_iam_role_policy", "grant{n}", {"role": Ref("role{n}"), "policy": _READ}),
    Part(
        "ecr.Repository",
        "aws_ecr_repository",
        "models{n}",
        {"name": "models-{n}", "image_tag_mutability": "MUTABLE"},
    ),
    Part(
        "dynamodb.Table",
        "aws_dynamodb_table",
        "features{n}",
        {
            "name": "features-{n}",
            "billing_mode": "PAY_PER_REQUEST",
            "hash_key": "id",
            "attributes": [{"name": "id", "type": "S"}],
        },
    ),
    Part("sns.Topic", "aws_sns_topic", "topic{n}", {"name": "alarms-{n}"}),
)


def numbered(value: Any, number: int) -> Any:
    """A value of a unit."""
    if isinstance(value, str):
        return value.replace("{n}", str(number))
    if isinstance(value, Ref):
        return Ref(numbered(value.part, number), value.field)
    if isinstance(value, dict):
        return {key: numbered(item, number) for key, item in value.items()}
    return [numbered(item, number) for item in value] if isinstance(value, list) else value


def program(resources: int) -> str:
    """A Pulumi program of so many resources."""
    lines = ["import pulumi_aws as aws", "made = {}"]
    for number in range(resources // UNIT):
        for part in PARTS:
            name = numbered(part.name, number)
            values = ", ".join(f"{key}={_python(numbered(it, number))}" for key, it in part.values.items())
            lines.append(f"made[{name!r}] = aws.{part.cls}({name!r}, {values})")
    return "\n".join(lines) + "\n"


def terraform(resources: int) -> dict[str, Any]:
    """The same as a Terraform JSON configuration."""
    found: dict[str, dict[str, Any]] = {}
    for number in range(resources // UNIT):
        for part in PARTS:
            values = {_block(key): _hcl(numbered(it, number)) for key, it in part.values.items()}
            found.setdefault(part.terraform, {})[numbered(part.name, number)] = values
    return {"resource": found}


def _python(value: Any) -> str:
    return f"made[{value.part!r}].{value.field}" if isinstance(value, Ref) else repr(value)


def _hcl(value: Any) -> Any:
    if isinstance(value, Ref):
        (kind,) = {part.terraform for part in PARTS if value.part.startswith(part.name.removesuffix("{n}"))}
        return f"${{{kind}.{value.part}.{value.field}}}"
    return value


def _block(key: str) -> str:
    """Terraform names a repeated block in the singular."""
    return {"attributes": "attribute"}.get(key, key)
