"""boto3 clients, made once a service and region, with short timeouts and boto3's own retries."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from trimtab.local.awsprovider.settings import Settings

_CONFIG = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "max_attempts": 3},
    max_pool_connections=32,
    # Bucket names of a local endpoint resolve nowhere as host names.
    s3={"addressing_style": "path"},
    # Nor does an address with a prefix, which some APIs put before theirs.
    inject_host_prefix=False,
)


class Clients:
    """The cloud as boto3 sees it, for one provider configuration."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._made: dict[tuple[str, str], Any] = {}

    def get(self, service: str, region: str) -> Any:
        """The client of a service in a region."""
        key = (service, region)
        with self._lock:  # making clients from one session is not thread-safe
            if key not in self._made:
                self._made[key] = self._session.client(
                    service,
                    region_name=region,
                    endpoint_url=self._settings.endpoints.get(service),
                    config=_CONFIG,
                )
            return self._made[key]

    @cached_property
    def _session(self) -> Any:
        return boto3.Session(**self._settings.credentials)  # type: ignore[arg-type]  # strings by name

    @cached_property
    def account(self) -> str:
        """The account's number, asked once."""
        answer = self.get("sts", self._settings.region).get_caller_identity()
        return str(answer["Account"])
