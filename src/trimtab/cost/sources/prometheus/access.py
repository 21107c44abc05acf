"""Where a Prometheus is and how it lets one in: options first, then the environment."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

URL, TOKEN, TOKEN_FILE, CA_FILE = (
    "PROMETHEUS_URL",
    "PROMETHEUS_TOKEN",
    "PROMETHEUS_TOKEN_FILE",
    "PROMETHEUS_CA_FILE",
)


@dataclass(frozen=True)
class Access:
    """How a Prometheus is reached.

    Attributes:
        url: root of its API, without `/api/v1`; a path prefix is kept.
        headers: sent with each request (`Authorization`, a tenant's header).
        ca_file: certificates to trust; None: the system's.
    """

    url: str
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    ca_file: Path | None = None

    @classmethod
    def of(
        cls,
        url: str | None = None,
        headers: Sequence[str] = (),
        ca_file: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Access:
        """Gather what was given as options and what the environment says.

        A token is read from the environment or a file only, so that it is in no process list and no shell history.

        Args:
            url: `--prometheus-url`; None: PROMETHEUS_URL.
            headers: `Name: value` each.
            ca_file: `--prometheus-ca`; None: PROMETHEUS_CA_FILE.
            environment: variables to read.

        Raises:
            UserError: there is no URL, or a part cannot be used.
        """
        where = url or environment.get(URL, "")
        if not where:
            raise UserError(
                "--source prometheus: no address was given", remedy=f"give --prometheus-url URL, or set {URL}."
            )
        named = dict(_header(text) for text in headers)
        token = _token(environment)
        if token:
            named.setdefault("Authorization", f"Bearer {token}")
        trusted = ca_file or (Path(environment[CA_FILE]) if environment.get(CA_FILE) else None)
        return cls(_checked(where), named, trusted)

    @property
    def shown(self) -> str:
        """The address without a user's name or password, for messages."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, host, parts.path, "", ""))

    def verify(self) -> ssl.SSLContext | bool:
        """Return what certificates are checked against.

        Raises:
            UserError: the CA file cannot be read as certificates.
        """
        if self.ca_file is None:
            return True
        try:
            return ssl.create_default_context(cafile=str(self.ca_file))
        except (OSError, ssl.SSLError) as error:
            raise UserError(
                f"{CA_FILE} {self.ca_file}: cannot be read as certificates: {error}",
                remedy="name a PEM file with the certificate of the authority that signed the server's.",
            ) from error


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UserError(
            f"--prometheus-url {url!r}: is no address; allowed: http://HOST[:PORT][/PATH] or https://…",
            remedy="give the address of Prometheus' web page, http://localhost:9090.",
        )
    return url.rstrip("/").removesuffix("/api/v1")


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip() or not value.strip() or not text.isprintable():
        raise UserError(
            f"--prometheus-header {text!r}: is no header; allowed: 'Name: value'",
            remedy="write it as 'X-Scope-OrgID: team-a'.",
        )
    return name.strip(), value.strip()


def _token(environment: Mapping[str, str]) -> str:
    file = environment.get(TOKEN_FILE)
    if environment.get(TOKEN) or not file:
        return environment.get(TOKEN, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"{TOKEN_FILE} {file}: cannot be read: {error}", remedy="name a file that holds the bearer token alone."
        ) from error
