"""A component whose resources are Kubernetes objects: their metadata, custom resources, the operators they need.

The Kubernetes provider is an option of the component (`opts=pulumi.ResourceOptions(providers=[…])`), as with every
Pulumi component; absent, the SDK's default one reads KUBECONFIG.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, Required

import pulumi  # noqa: TC002  the component host evaluates the arguments' annotations at run time
import pulumi_kubernetes as kubernetes

from trimtab.components.base import CommonArgs, Component
from trimtab.components.kube.labels import label_value, owner_labels
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from trimtab.spec.cluster.operators import Operator
    from trimtab.spec.owner import Context, Owner


class ClusterArgs(CommonArgs, total=False):
    """Inputs that every component on a cluster takes beside its own."""

    namespace: Required[pulumi.Input[str]]
    """Where its objects live; the namespace exists already."""
    operators: NotRequired[list[str]]
    """Operators that the cluster has; absent: it is not checked that those which the component needs are there."""


class ClusterComponent(Component):
    """A part of a platform that lives on a cluster."""

    def __init__(
        self,
        name: str,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None,
        *,
        owner: Owner | None = None,
        needs: Collection[Operator] = (),
    ) -> None:
        present = args.get("operators")
        if present is not None:
            require_operators(name, needs, present)
        context: Context = args["context"]
        super().__init__(name, context, opts, owner=owner)
        self.namespace = args["namespace"]

    def metadata(
        self,
        name: pulumi.Input[str],
        *,
        namespace: pulumi.Input[str] | None = None,
        labels: Mapping[str, str] | None = None,
        annotations: Mapping[str, pulumi.Input[str]] | None = None,
        cluster_wide: bool = False,
        model: str | None = None,
    ) -> dict[str, Any]:
        """Return an object's metadata, with the platform's labels; always a plain dict.

        Args:
            name: the object's name on the cluster.
            namespace: where it lives; absent: the component's namespace.
            labels: its own labels, beside those of platform and owner.
            annotations: its annotations, beside the owner's contact.
            cluster_wide: whether its kind has no namespace.
            model: the model that it serves or trains.
        """
        known = owner_labels(self.context, type(self).__name__, self.owner)
        named = {"trimtab.dev/model": label_value(model)} if model else {}
        placed = {} if cluster_wide else {"namespace": namespace or self.namespace}
        return {
            "name": name,
            **placed,
            "labels": {**known, **named, **(labels or {})},
            "annotations": {"trimtab.dev/contact": self.owner.contact, **(annotations or {})},
        }

    def custom(
        self,
        logical: str,
        api_version: str,
        kind: str,
        metadata: Mapping[str, Any],
        fields: Mapping[str, Any],
        *,
        opts: pulumi.ResourceOptions | None = None,
    ) -> kubernetes.apiextensions.CustomResource:
        """Declare a custom resource.

        Args:
            logical: its name in the stack.
            api_version: `<group>/<version>`.
            kind: its kind.
            metadata: what `metadata` returned.
            fields: its top-level fields, mostly `{"spec": {…}}`.
            opts: absent: a child of this component.
        """
        return kubernetes.apiextensions.CustomResource(
            logical,
            api_version=api_version,
            kind=kind,
            metadata=dict(metadata),
            opts=opts or self.child(),
            **fields,
        )


def require_operators(name: str, needs: Collection[Operator], present: Collection[str]) -> None:
    """Refuse a component whose operators the cluster does not have.

    Raises:
        UserError: the first operator that is missing.
    """
    for operator in needs:
        if operator not in present:
            raise UserError(
                f"{name} needs the operator {operator}, which the cluster does not have; it has: "
                f"{', '.join(sorted(present)) or 'none'}",
                remedy=f"add {operator} to cluster.operators, or leave the part out that needs it.",
            )
