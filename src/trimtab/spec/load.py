"""Reading a declaration from what a configuration holds."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from trimtab.spec.errors import SpecError
from trimtab.spec.platform import Platform
from trimtab.spec.problems import sentence

CONFIG_KEY = "trimtab:platform"
FOLLOWS = "default_factory_not_called"
"""What pydantic adds for a default that depends on a field it has already complained about."""


def read_platform(value: Any, *, source: str = CONFIG_KEY) -> Platform:
    """Read a platform from plain values (dicts, lists, strings, numbers).

    Args:
        value: what YAML, JSON or Pulumi's configuration gave.
        source: the file or key it came from, for the message.

    Raises:
        SpecError: every problem with its path, value, what is allowed, and a remedy.
    """
    try:
        return Platform.model_validate_json(_as_json(value, source), strict=True)
    except ValidationError as error:
        found = tuple(
            sentence(detail, Platform) for detail in error.errors(include_url=False) if detail["type"] != FOLLOWS
        )
        raise SpecError(source, found) from None


def _as_json(value: Any, source: str) -> str:
    """Write plain values as JSON, which pydantic reads strictly: `true` is no count, and `"3"` is no number.

    What JSON does not know (a date that YAML found, a key that is a number) becomes text, and is refused as such.
    """
    try:
        return json.dumps(value, default=str)
    except (TypeError, ValueError, RecursionError) as error:
        problem = "platform: is not made of plain objects, lists, texts and numbers; allowed: those; remedy: "
        raise SpecError(source, (f"{problem}take out what else it holds ({error})",)) from error
