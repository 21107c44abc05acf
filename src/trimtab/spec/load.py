"""Reading a declaration from what a configuration holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from trimtab.spec.errors import SpecError
from trimtab.spec.platform import Platform
from trimtab.spec.problems import sentence

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

CONFIG_KEY = "trimtab:platform"
DEFAULT_NOT_MADE = "default_factory_not_called"
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
        details = [detail for detail in error.errors(include_url=False) if not follows_another(detail)]
        raise SpecError(source, tuple(sentence(detail, Platform) for detail in details)) from None


def follows_another(detail: ErrorDetails) -> bool:
    """Whether an error is only what another one, told already, leads to."""
    if detail["type"] == "too_short":
        # Pydantic counts the entries that were sound; the unsound ones have problems of their own.
        return bool(len(detail["input"]) >= detail["ctx"]["min_length"])
    return detail["type"] == DEFAULT_NOT_MADE


def _as_json(value: Any, source: str) -> str:
    """Write plain values as JSON, which pydantic reads strictly: `true` is no count, and `"3"` is no number.

    What JSON does not know (a date that YAML found, a key that is a number) becomes text, and is refused as such.
    """
    try:
        return json.dumps(value, default=str)
    except (TypeError, ValueError, RecursionError) as error:
        problem = "platform: is not made of plain objects, lists, texts and numbers; allowed: those; remedy: "
        raise SpecError(source, (f"{problem}take out what else it holds ({error})",)) from error
