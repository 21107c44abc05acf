"""What is said of an API server that does not answer."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from trimtab.local.kubernetes.api import Api, silence
from trimtab.local.kubernetes.credentials import credentials
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_server_that_listens_and_is_silent_is_an_error_of_the_world(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        api = Api(silent.getsockname()[1], credentials(tmp_path))
        assert not api.ready()
        with pytest.raises(WorldError, match=r"does not answer: .*timed out"):
            api.served()


def test_an_error_without_words_is_named_by_its_kind() -> None:
    assert str(silence(httpx.ReadTimeout(""))).startswith("the embedded API server does not answer: ReadTimeout")
