"""Secrets that the External Secrets operator fetches from a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi_kubernetes as kubernetes

    from trimtab.components.kube import ClusterComponent
    from trimtab.spec.cluster.secret import StoredSecret

API = "external-secrets.io/v1"


def external_secret(
    component: ClusterComponent, name: str, key: str, source: StoredSecret
) -> kubernetes.apiextensions.CustomResource:
    """Let the operator keep the secret `name`, whose `key` holds what `source` names in the vault."""
    return component.custom(
        f"{component.name}-{name}",
        API,
        "ExternalSecret",
        component.metadata(name),
        {"spec": external_secret_spec(name, {key: source})},
    )


def external_secret_spec(name: str, sources: Mapping[str, StoredSecret]) -> dict[str, Any]:
    """Return the `spec` of an ExternalSecret whose keys come from one store.

    Args:
        name: the secret that the operator makes.
        sources: key of the secret → where it comes from; all of one store.
    """
    first = next(iter(sources.values()))
    return {
        "refreshInterval": f"{first.refresh_hours}h",
        "secretStoreRef": {"kind": first.store_kind, "name": first.store},
        "target": {"name": name, "creationPolicy": "Owner"},
        "data": [{"secretKey": key, "remoteRef": _remote(source)} for key, source in sources.items()],
    }


def _remote(source: StoredSecret) -> dict[str, str]:
    return {"key": source.remote_key, **({"property": source.property} if source.property else {})}
