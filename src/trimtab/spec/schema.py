"""JSON Schema of the declaration, so that an editor checks it while it is typed."""

from __future__ import annotations

from typing import Any

from trimtab.spec.load import CONFIG_KEY
from trimtab.spec.platform import Platform

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def platform_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `trimtab:platform`."""
    return {"$schema": DIALECT, "title": "trimtab platform", **Platform.model_json_schema(by_alias=True)}


def stack_schema() -> dict[str, Any]:
    """Return the schema of a whole `Pulumi.<stack>.yaml`; other keys stay Pulumi's business."""
    platform = Platform.model_json_schema(by_alias=True)
    definitions = platform.pop("$defs", {})
    return {
        "$schema": DIALECT,
        "title": "Pulumi stack with a trimtab platform",
        "type": "object",
        "required": ["config"],
        "properties": {
            "config": {
                "type": "object",
                "required": [CONFIG_KEY],
                "properties": {CONFIG_KEY: platform},
            },
        },
        "$defs": definitions,
    }
