"""A client of the embedded API server: is it ready, and are the custom resources there."""

from __future__ import annotations

import asyncio
import json
import ssl
from typing import TYPE_CHECKING, Any

import httpx

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from trimtab.local.kubernetes.credentials import Credentials

DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_MANAGER = {"fieldManager": "trimtab-local", "force": "true"}
_DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
"""All groups in one answer: a list of the definitions themselves would be megabytes, at each look."""

_AT_ONCE = 8
_TIMEOUT = httpx.Timeout(30, connect=3)
_PATIENT = httpx.Timeout(300, connect=30)
"""For what is work for the server: on a busy machine a large definition alone took more than half a minute."""

_PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"
"""What Kubernetes' own clients ask for; each encoding is made for itself."""


class Api:
    """The API server on `port`, seen by its administrator."""

    def __init__(self, port: int, credentials: Credentials) -> None:
        self._options: dict[str, Any] = {
            "base_url": f"https://127.0.0.1:{port}",
            "headers": {"Authorization": f"Bearer {credentials.token}"},
            "verify": ssl.create_default_context(cafile=str(credentials.certificate)),
            "timeout": _TIMEOUT,
            # A proxy of the environment has no business with this machine's own address.
            "trust_env": False,
        }

    def ready(self) -> bool:
        """Whether it says that it is ready."""
        try:
            with httpx.Client(**self._options) as client:
                return client.get("/readyz").is_success
        except httpx.HTTPError:
            return False

    def describe(self) -> None:
        """Have it work out the description of all that it serves, 9 MB, which clients wait for half a minute at most.

        Raises:
            WorldError: the server does not answer.
        """
        with httpx.Client(**{**self._options, "timeout": _PATIENT}) as client:
            _checked(_asked(client, "/openapi/v2", {"Accept": _PROTOBUF}))

    def served(self) -> set[str]:
        """Resources that can be asked for, as `plural.group`.

        Raises:
            WorldError: the server does not answer.
        """
        with httpx.Client(**self._options) as client:
            groups = _checked(_asked(client, "/apis", {"Accept": _DISCOVERY})).json()["items"]
        return {
            f"{resource['resource']}.{group['metadata']['name']}"
            for group in groups
            for version in group.get("versions", [])
            for resource in version.get("resources", [])
        }

    def apply_definitions(self, files: Sequence[Path]) -> None:
        """Server-side apply of each file.

        Raises:
            WorldError: the server refuses one, or does not answer.
        """
        asyncio.run(self._apply_all({path.stem: path.read_bytes() for path in files}))

    async def _apply_all(self, definitions: Mapping[str, bytes]) -> None:
        turn = asyncio.Semaphore(_AT_ONCE)
        async with httpx.AsyncClient(**{**self._options, "timeout": _PATIENT}) as client:

            async def apply(name: str, content: bytes) -> None:
                async with turn:
                    await _apply(client, name, content)

            await asyncio.gather(*(apply(name, content) for name, content in definitions.items()))


async def _apply(client: httpx.AsyncClient, name: str, content: bytes) -> None:
    """No copy of it is kept in an annotation, as a client-side apply would: definitions are too large for that."""
    try:
        answer = await client.patch(
            f"{DEFINITIONS}/{name}",
            params=_MANAGER,
            content=content,
            headers={"Content-Type": "application/apply-patch+yaml"},
        )
    except httpx.HTTPError as error:
        raise silence(error) from error
    _checked(answer)


def _asked(client: httpx.Client, path: str, headers: Mapping[str, str]) -> httpx.Response:
    try:
        return client.get(path, headers=headers)
    except httpx.HTTPError as error:
        raise silence(error) from error


def silence(error: httpx.HTTPError) -> WorldError:
    """Say why it did not answer; a time-out has no words of its own."""
    return WorldError(
        f"the embedded API server does not answer: {str(error) or type(error).__name__}",
        remedy="run `trimtab local up`.",
    )


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    try:
        said = str(answer.json().get("message"))
    except (json.JSONDecodeError, AttributeError):
        said = answer.text
    raise WorldError(
        f"the embedded API server refused {answer.request.method} {answer.request.url.path}: {said}",
        remedy="run `trimtab local down --purge`, then `trimtab local up`.",
    )
