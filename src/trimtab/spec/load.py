"""Reading a declaration from what a configuration holds."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from trimtab.spec.errors import SpecError
from trimtab.spec.platform import Platform
from trimtab.spec.problems import sentence

CONFIG_KEY = "trimtab:platform"


def read_platform(value: Any, *, source: str = CONFIG_KEY) -> Platform:
    """Read a platform from plain values (dicts, lists, strings, numbers).

    Args:
        value: what YAML, JSON or Pulumi's configuration gave.
        source: the file or key it came from, for the message.

    Raises:
        SpecError: every problem with its path, value, what is allowed, and a remedy.
    """
    try:
        return Platform.model_validate(value)
    except ValidationError as error:
        found = tuple(sentence(detail, Platform) for detail in error.errors(include_url=False))
        raise SpecError(source, found) from None
