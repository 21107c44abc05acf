"""The provider's own configuration: `aws:region`, `aws:endpoints`, `aws:defaultTags` and the like."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.check import Failure, validate
from trimtab.local.awsprovider.sdk import Field, Scalar
from trimtab.local.awsprovider.sdk.resolve import provider_type

if TYPE_CHECKING:
    from collections.abc import Mapping

# The engine adds these to every provider's inputs.
_ENGINE_KEYS = frozenset({"version", "pluginDownloadURL", "__internal", "__defaults"})


@dataclass(frozen=True)
class Settings:
    """What the provider was configured with.

    Attributes:
        region: where resources go that name no region of their own.
        endpoints: service name to URL; what is absent is boto3's own business (AWS_ENDPOINT_URL).
        default_tags: tags of every resource that takes tags.
        credentials: what `boto3.Session` takes; absent keys are boto3's own business.
    """

    region: str
    endpoints: dict[str, str] = field(default_factory=dict)
    default_tags: dict[str, Any] = field(default_factory=dict)
    credentials: dict[str, str] = field(default_factory=dict)


def check(inputs: Mapping[str, Any]) -> list[Failure]:
    """Hold the provider's configuration against what the SDK's provider class takes."""
    kind = provider_type()
    given = {key: value for key, value in parsed(inputs).items() if key not in _ENGINE_KEYS}
    failures = validate(given, kind.inputs, kind.objects)
    if not given.get("region") and not _ambient_region():
        failures.append(
            Failure("region", "no region is set; run `pulumi config set aws:region eu-central-1`, or set AWS_REGION")
        )
    return failures


def read(inputs: Mapping[str, Any]) -> Settings:
    """Read checked configuration; the region falls back to AWS_REGION and AWS_DEFAULT_REGION."""
    given = parsed(inputs)
    endpoints = {service: url for entry in given.get("endpoints") or [] for service, url in entry.items() if url}
    names = {
        "accessKey": "aws_access_key_id",
        "secretKey": "aws_secret_access_key",
        "token": "aws_session_token",
        "profile": "profile_name",
    }
    return Settings(
        region=given.get("region") or _ambient_region(),
        endpoints=endpoints,
        default_tags=(given.get("defaultTags") or {}).get("tags") or {},
        credentials={names[key]: given[key] for key in names if given.get(key)},
    )


def parsed(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as values: SDKs send what is not a string as JSON text."""
    fields = provider_type().inputs
    return {key: _parsed(value, fields.get(key)) for key, value in inputs.items()}


def _parsed(value: Any, declared: Field | None) -> Any:
    if declared is None or declared.type == Scalar("string") or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _ambient_region() -> str:
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or ""
