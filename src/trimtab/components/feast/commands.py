"""What runs Feast: its command lines, as pure functions of the declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.cluster.feast import Feast

PORT = 6566
METRICS = 8000
"""Where `feast serve --metrics` answers Prometheus, in a process of its own; it cannot be told another port."""
HEALTH = "/health"
REPOSITORY = "/repository"
_UNTIL_NOW = 'exec feast --chdir "$FEAST_REPOSITORY" materialize-incremental "$(date -u +%Y-%m-%dT%H:%M:%S)"'

ENVIRONMENT = {"FEAST_USAGE": "False", "PYTHONDONTWRITEBYTECODE": "1"}
"""Nothing is sent to anybody, and nothing is written into the mounted repository."""


def apply_command(repository: str = REPOSITORY) -> tuple[str, ...]:
    """Return what brings the repository into the registry."""
    return ("feast", "--chdir", repository, "apply")


def materialise_command() -> tuple[str, ...]:
    """Return what brings rows since the last run into the online store; reads FEAST_REPOSITORY."""
    return ("sh", "-c", _UNTIL_NOW)


def serve_command(spec: Feast, *, host: str, port: int = PORT, repository: str = REPOSITORY) -> tuple[str, ...]:
    """Return the feature server."""
    return (
        *("feast", "--chdir", repository, "serve"),
        *("--host", host, "--port", str(port), "--workers", str(spec.workers)),
        *("--registry_ttl_sec", str(spec.registry_cache_seconds), "--no-access-log", "--metrics"),
    )
