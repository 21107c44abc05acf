"""A secret on the cluster whose values this program knows: encrypted in the stack's state, never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_kubernetes as kubernetes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from trimtab.components.kube import ClusterComponent


def key_secret(
    component: ClusterComponent, name: str, values: Mapping[str, pulumi.Input[str]]
) -> kubernetes.core.v1.Secret:
    """Return the secret `name` that holds `values`."""
    return kubernetes.core.v1.Secret(
        f"{component.name}-{name}",
        metadata=component.metadata(name),
        type="Opaque",
        string_data=dict(values),
        opts=component.child(additional_secret_outputs=["data", "stringData"]),
    )
