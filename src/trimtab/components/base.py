"""What every component shares: its type token, its children's options, its tags, its sizing output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, Required, TypedDict

import pulumi

from trimtab.spec.owner import Context
from trimtab.spec.sizing import SIZING_OUTPUT, SizingTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.spec.owner import DataClassification, Owner

PACKAGE = "trimtab"


class CommonArgs(TypedDict, total=False):
    """Inputs that every component takes beside its own."""

    context: Required[Context]
    """Platform, environment, owner: what names and tags are made of."""
    spec_path: NotRequired[str]
    """Where a stack's configuration declares this part, `trainingPools[0]`; absent in a program."""


class Component(pulumi.ComponentResource):
    """A part of a platform: a component resource with tags and sizing handles."""

    def __init__(
        self, name: str, context: Context, opts: pulumi.ResourceOptions | None, *, owner: Owner | None = None
    ) -> None:
        super().__init__(f"{PACKAGE}:index:{type(self).__name__}", name, None, opts)
        self.name = name
        self.context = context
        self.owner = owner or context.owner

    def child(self, **options: Any) -> pulumi.ResourceOptions:
        """Return the options of a resource that belongs to this component."""
        return pulumi.ResourceOptions(parent=self, **options)

    def stateful(self, **options: Any) -> pulumi.ResourceOptions:
        """Return the options of a resource that holds data: protected from deletion in production."""
        return self.child(protect=self.context.is_production, **options)

    def tags(self, *, model: str | None = None, classification: DataClassification | None = None) -> dict[str, str]:
        """Return the tags of a resource of this component."""
        return self.context.tags(
            component=type(self).__name__, owner=self.owner, model=model, classification=classification
        )

    def handle(
        self,
        template: SizingTemplate,
        *,
        cloud_id: pulumi.Input[str],
        region: pulumi.Input[str],
        dimensions: Mapping[str, pulumi.Input[str]],
        tags: Mapping[str, str],
    ) -> dict[str, Any]:
        """Return a sizing handle as an output value; see `trimtab.spec.sizing.SizingHandle`."""
        known = template.model_dump(mode="json", by_alias=True)
        return {**known, "cloudId": cloud_id, "region": region, "dimensions": dict(dimensions), "tags": dict(tags)}

    def finish(self, outputs: Mapping[str, Any], handles: list[dict[str, Any]] | None = None) -> None:
        """Register the component's outputs, with its sizing handles where it costs money."""
        self.register_outputs({**outputs, **({SIZING_OUTPUT: handles} if handles else {})})
