"""AWS for the analyser's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.moto_server import moto_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def moto() -> Iterator[dict[str, str]]:
    """Environment of a moto server that ends with the session."""
    with moto_server() as address:
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
        }
