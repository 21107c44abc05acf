"""How a service tags: at creation, afterwards, and where it says which tags a resource has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.convert import to_aws
from trimtab.local.awsprovider.paths import find

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def as_map(tags: Any) -> dict[str, str]:
    """Tags in any of AWS's forms as a map, without those that AWS itself sets."""
    if isinstance(tags, list):
        pairs = [{key.lower().removeprefix("tag"): value for key, value in tag.items()} for tag in tags]
        tags = {pair["key"]: pair.get("value", "") for pair in pairs}
    return {key: value for key, value in (tags or {}).items() if not key.startswith("aws:")}


@dataclass(frozen=True)
class Tagging:
    """The tag operations of a service.

    Attributes:
        tag: operation that sets tags.
        untag: operation that removes them.
        subject: parameter that names the resource in each operation.
        template: what names it: a property of the resource, or `id`.
        list: operation that lists tags; empty: the description holds them.
        at: where the listing, or the description, holds them.
        keys: parameter of `untag` that takes the keys.
        list_subject: parameter of `list` that takes several resources, where it does.
        tags_as: parameter of `tag` that takes the tags, where it is not `Tags`.
        subject_is_list: whether `subject` takes several resources.
        keys_are_tags: whether `keys` takes tags without values rather than keys.
        create_as: EC2's resource type in `TagSpecifications`; empty: the create call takes tags itself.
    """

    tag: str
    untag: str
    subject: str
    template: str = "arn"
    list: str = ""
    at: str = "Tags"
    keys: str = "TagKeys"
    create_as: str = ""
    list_subject: str = ""
    tags_as: str = "tags"
    subject_is_list: bool = False
    keys_are_tags: bool = False

    def at_creation(self, params: dict[str, Any], inputs: Props) -> None:
        """Put the tags where this service's create call takes them, if not under `Tags`."""
        tags = inputs.get("tagsAll") or inputs.get("tags")
        if self.create_as and tags:
            pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
            params["TagSpecifications"] = [{"ResourceType": self.create_as, "Tags": pairs}]

    def read(self, ctx: Context, service: str, resource_id: str, props: Props, found: dict[str, Any]) -> dict[str, str]:
        """The resource's tags."""
        if not self.list:
            return as_map(find(self.at, found))
        asked = self._subject(resource_id, props)
        if self.list_subject:
            asked = {self.list_subject: list(asked.values())}
        answer = getattr(ctx.client(service), self.list)(**asked)
        return as_map(find(self.at, answer))

    def change(self, ctx: Context, service: str, resource_id: str, *, state: Props, inputs: Props) -> None:
        """Bring the tags from those of the state to those of the inputs."""
        old = state.get("tagsAll") or {}
        new = inputs.get("tagsAll") or inputs.get("tags") or {}
        client = ctx.client(service)
        subject = self._subject(resource_id, {**state, **inputs})
        gone = [key for key in old if key not in new]
        if gone:
            keys: Any = [{"Key": key} for key in gone] if self.keys_are_tags else gone
            getattr(client, self.untag)(**subject, **{self.keys: keys})
        fresh = {key: value for key, value in new.items() if old.get(key) != value}
        if fresh:
            name = client.meta.method_to_api_mapping[self.tag]
            shape = client.meta.service_model.operation_model(name).input_shape
            getattr(client, self.tag)(**subject, **to_aws(shape, {self.tags_as: fresh}, {}))

    def _subject(self, resource_id: str, props: Props) -> dict[str, Any]:
        value = resource_id if self.template == "id" else props.get(self.template) or resource_id
        return {self.subject: [value] if self.subject_is_list else value}
