"""What differs between the engines of RDS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Engine:
    """One engine as RDS names it.

    Attributes:
        name: RDS' name.
        version: the version that is taken where a declaration names none.
        port: where it listens.
        scheme: how its addresses begin.
        query: what ends its addresses: TLS, always.
        tls: the parameter that refuses connections without TLS, and its value.
        logs: what it sends to CloudWatch.
    """

    name: str
    version: str
    port: int
    scheme: str
    query: str
    tls: tuple[str, str]
    logs: tuple[str, ...]

    def family(self, version: str) -> str:
        """Return the parameter group's family: PostgreSQL's by the major version, MySQL's by major and minor."""
        parts = version.split(".")
        kept = parts[:1] if self.name == "postgres" else parts[:2]
        return f"{self.name}{'.'.join(kept)}"


POSTGRES = Engine(
    name="postgres",
    version="17",
    port=5432,
    scheme="postgresql",
    query="sslmode=require",
    tls=("rds.force_ssl", "1"),
    logs=("postgresql", "upgrade"),
)
MYSQL = Engine(
    name="mysql",
    version="8.4",
    port=3306,
    scheme="mysql",
    query="tls=preferred",
    tls=("require_secure_transport", "1"),
    logs=("error", "slowquery"),
)
