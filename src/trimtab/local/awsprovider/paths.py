"""JMESPath, which boto3 brings along, behind one typed function."""

from __future__ import annotations

from typing import Any

import jmespath  # type: ignore[import-untyped]  # it ships no types


def find(path: str, answer: Any) -> Any:
    """What lies at a path of an answer; None where nothing does."""
    return jmespath.search(path, answer)
