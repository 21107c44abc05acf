"""What the strategies make, the model and the exported schema take alike."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import given

from tests.spec.platforms import platforms
from tests.spec.values import whole_platforms
from trimtab.spec import CONFIG_KEY, Platform, read_platform
from trimtab.spec.schema import platform_schema, stack_schema

VALIDATOR = jsonschema.Draft202012Validator(platform_schema(), format_checker=jsonschema.FormatChecker())
STACK_VALIDATOR = jsonschema.Draft202012Validator(stack_schema())


def test_the_schemas_are_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema(platform_schema())
    jsonschema.Draft202012Validator.check_schema(stack_schema())


@whole_platforms
@given(platforms())
def test_model_and_schema_accept_it(declared: dict[str, Any]) -> None:
    read_platform(declared)
    VALIDATOR.validate(declared)
    STACK_VALIDATOR.validate({"config": {CONFIG_KEY: declared, "aws:region": "eu-central-1"}})


@whole_platforms
@given(platforms())
def test_written_and_read_again_it_is_the_same(declared: dict[str, Any]) -> None:
    platform = read_platform(declared)
    written = platform.model_dump(mode="json", by_alias=True, exclude_none=False)
    assert read_platform(written) == platform
    assert Platform.model_validate_json(json.dumps(declared)) == platform


@whole_platforms
@given(platforms())
def test_what_is_read_cannot_be_changed(declared: dict[str, Any]) -> None:
    platform = read_platform(declared)
    for name in type(platform).model_fields:
        try:
            setattr(platform, name, None)
        except ValueError:
            continue
        raise AssertionError(name)
