"""Which resources are held to production's standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.port import RuleConfig
from trimtab.rules.values import NotYetKnown, Opaque

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource


class ProductionConfig(RuleConfig):
    """Which environments count as production."""

    tag: str = Field("Environment", description="The tag that names a resource's environment.")
    production: tuple[str, ...] = Field(
        ("prod", "production"), description="Its values that mean production; a resource without the tag counts too."
    )
    label: str = Field("trimtab.dev/environment", description="The label that says it of an object on a cluster.")


def is_production(resource: Resource, config: ProductionConfig) -> bool:
    """Whether the resource's tag says production, or it has none."""
    said = tag_text(resource, config.tag)
    if not said and resource.type.startswith(_KUBERNETES):
        said = tag_text(resource, config.label)
    return said in (*config.production, "")


_KUBERNETES = "kubernetes:"


def tag_text(resource: Resource, tag: str) -> str:
    """The value of a tag (or of a Kubernetes label), empty where there is none.

    Raises:
        Undecidable: the tags are not known yet.
    """
    found = tags_of(resource).get(tag, "")
    if isinstance(found, Opaque):
        raise NotYetKnown(f"tag {tag}")
    return found if isinstance(found, str) else ""


def tags_of(resource: Resource) -> dict[str, object]:
    """A resource's tags, whether they are a map, a list of key and value, or Kubernetes labels."""
    if resource.type.startswith(_KUBERNETES):
        return dict(resource.props.block("metadata").block("labels").raw)
    if isinstance(resource.declared.get("tags"), list):
        return {view.text("key"): view.raw.get("value") for view in resource.props.blocks("tags")}
    own = dict(resource.props.block("tags").raw)
    # A provider's default tags arrive merged in `tagsAll`.
    return {**resource.props.block("tagsAll").raw, **own}
