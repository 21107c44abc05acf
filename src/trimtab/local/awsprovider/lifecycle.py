"""One resource's life: made, read, changed, ended; on the cloud where its type is mapped."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local.awsprovider.check import DEFAULTS_KEY
from trimtab.local.awsprovider.errors import CLOUD_ERRORS, PartialCreateError, is_gone
from trimtab.local.awsprovider.naming import rule_of
from trimtab.local.awsprovider.reconcile import merge, refreshed
from trimtab.local.awsprovider.record import RECORD
from trimtab.local.awsprovider.services import MAPPED
from trimtab.local.awsprovider.values import UNKNOWN

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props


@dataclass(frozen=True)
class Life:
    """A resource's type, seen from one region, with the provider's default tags."""

    ctx: Context
    default_tags: dict[str, str]

    @property
    def resource(self) -> Resource:
        """What the type can do."""
        return MAPPED.get(self.ctx.type.token, RECORD)

    def create(self, inputs: Props) -> tuple[str, Props]:
        """Make it; answers its id and outputs.

        Raises:
            PartialCreateError: it exists, and could not be completed or read back.
        """
        asked = self._named(_bare(inputs))
        resource_id = self.resource.create(self.ctx, asked)
        try:
            return resource_id, self._outputs(resource_id, asked, asked)
        except CLOUD_ERRORS as error:
            raise PartialCreateError(resource_id, error) from error

    def preview_create(self, inputs: Props) -> Props:
        """The outputs as far as they are known before the cloud has decided."""
        known = self._common(_bare(inputs))
        unknown = {
            name: UNKNOWN for name, field in self.ctx.type.outputs.items() if field.computed and name not in known
        }
        return {**unknown, **known}

    def read(self, resource_id: str, state: Props, inputs: Props) -> tuple[Props, Props] | None:
        """What the cloud says: outputs and inputs; None where it is gone."""
        said = self._said(resource_id, state)
        if said is None:
            return None
        fields = self.ctx.type.inputs
        said = self._tags(said, inputs)
        if inputs or state:
            now = refreshed(inputs, said, fields)
        else:
            now = {key: value for key, value in said.items() if key in fields and value not in (None, {}, [], "")}
            now.pop("region", None)
        outputs = {**state, **merge(_bare(now), self._worth(said))}
        gone = {key for key, value in said.items() if value is None} | (inputs.keys() - now.keys())
        kept = {key: value for key, value in outputs.items() if key not in gone}
        return {**kept, "id": resource_id}, now

    def update(self, resource_id: str, state: Props, inputs: Props, changed: frozenset[str]) -> Props:
        """Change it; answers its outputs."""
        asked = _bare(inputs)
        if self.resource.update is not None:
            self.resource.update(self.ctx, resource_id, state, asked, changed)
        return self._outputs(resource_id, asked, {**self._kept(state, asked), **asked})

    def preview_update(self, state: Props, inputs: Props) -> Props:
        """The outputs as far as they are known before the change."""
        asked = self._common(_bare(inputs))
        moving = dict.fromkeys(self.resource.moving, UNKNOWN)
        return {**self._kept(state, asked), **asked, **moving}

    def delete(self, resource_id: str, state: Props) -> None:
        """End it; what is gone already is no error."""
        try:
            self.resource.delete(self.ctx, resource_id, state)
        except CLOUD_ERRORS as error:
            if not is_gone(error):
                raise

    def _outputs(self, resource_id: str, asked: Props, state: Props) -> Props:
        said = self._said(resource_id, state) or {}
        base = state if self.resource is RECORD else {}
        # The real provider repeats the id among the outputs; a policy pack is shown it nowhere else.
        own = {"id": resource_id}
        return {**base, **self._common(merge(asked, self._worth(self._tags(said, asked)))), **own}

    def _said(self, resource_id: str, state: Props) -> Props | None:
        try:
            return self.resource.read(self.ctx, resource_id, state)
        except CLOUD_ERRORS as error:
            if is_gone(error):
                return None
            raise

    def _tags(self, said: Props, inputs: Props) -> Props:
        """What was read, with `tags` as the user's share of `tagsAll`."""
        if "tagsAll" not in said or "tags" not in self.ctx.type.inputs:
            return said
        mine = inputs.get("tags") or {}
        tags = {
            key: value for key, value in said["tagsAll"].items() if key in mine or self.default_tags.get(key) != value
        }
        return {**said, "tags": tags or None}

    def _worth(self, said: Props) -> Props:
        """What was read, without optional properties that hold nothing."""
        fields = self.ctx.type.outputs
        return {
            key: value
            for key, value in said.items()
            if key in fields and value is not None and (value not in ({}, [], "") or fields[key].computed)
        }

    def _common(self, props: Props) -> Props:
        if "region" in self.ctx.type.outputs:
            return {"region": self.ctx.region, **props}
        return props

    def _kept(self, state: Props, asked: Props) -> Props:
        """The state without the inputs that were taken away."""
        dropped = {
            key
            for key, field in self.ctx.type.outputs.items()
            if key in self.ctx.type.inputs and key not in asked and not field.computed
        }
        return {key: value for key, value in state.items() if key not in dropped}

    def _named(self, inputs: Props) -> Props:
        rule = rule_of(self.ctx.type.token)
        prefix = inputs.get(rule.prefix_property)
        if prefix and not inputs.get(rule.property):
            return {**inputs, rule.property: f"{prefix}{secrets.token_hex(8)}"}
        return inputs


def _bare(inputs: Props) -> Props:
    return {key: value for key, value in inputs.items() if key != DEFAULTS_KEY}
