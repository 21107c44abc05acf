"""What every model of the declaration shares: frozen, strict about names, camelCase in YAML."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class SpecModel(BaseModel):
    """A frozen part of a declaration.

    YAML and JSON use Pulumi's camelCase; Python uses snake_case. Unknown fields are refused, so that a
    misspelled one can never be a silent default.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        populate_by_name=True,
        use_attribute_docstrings=True,
        ser_json_inf_nan="constants",
        validate_default=True,
    )
