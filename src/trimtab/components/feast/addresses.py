"""How Feast is told where Redis is."""

from __future__ import annotations


def redis_connection(host: str, port: int | str, password: str) -> str:
    """Return what Feast's Redis store takes as `connection_string`: TLS always."""
    return f"{host}:{port},ssl=true,password={password}"
