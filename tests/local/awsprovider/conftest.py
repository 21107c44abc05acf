"""A moto server in a process of its own, and the provider on a port, once a test session."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.local.awsprovider.cases import CASES, World
from tests.local.awsprovider.cases.port import REGION
from tests.local.awsprovider.plugin import Plugin
from tests.support.moto_server import moto_server
from trimtab.local.awsprovider.server import build

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def cloud() -> Iterator[str]:
    """The URL of an empty AWS, and the environment that points at it."""
    with moto_server() as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", url)
        patch.setenv("AWS_ACCESS_KEY_ID", "local")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "local")
        patch.setenv("AWS_DISABLE_HOST_PREFIX_INJECTION", "true")
        patch.setenv("AWS_REGION", REGION)
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        yield url


@pytest.fixture(scope="session")
def plugin(cloud: str) -> Iterator[Plugin]:
    """The provider, configured for that cloud with a default tag."""
    assert cloud
    server, port = build()
    client = Plugin.at(port)
    client.configure(region=REGION, defaultTags=json.dumps({"tags": {"owner": "platform"}}))
    yield client
    server.stop(None)


@pytest.fixture(scope="session")
def world(plugin: Plugin) -> World:
    return World(plugin, CASES)
