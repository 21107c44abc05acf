"""Readable stand-ins for what only a cloud, a server or chance decides: `${Instance.mlflow.address}`.

They are texts, so that a program may go on building with them, and remembered, so that a text of the program's own
that looks alike (a shell script's variable) is not taken for one.
"""

from __future__ import annotations

import re
from typing import Any

_FORM = re.compile(r"\$\{[^${}]+\}")
_BRACES = re.compile(r"[${}]")


class Placeholders:
    """The stand-ins that one run has made."""

    def __init__(self) -> None:
        self._made: set[str] = set()

    def make(self, *path: str) -> str:
        """The stand-in of a value, by the path that names it."""
        text = "${" + ".".join(_BRACES.sub("", part) for part in path if part) + "}"
        self._made.add(text)
        return text

    def __contains__(self, value: object) -> bool:
        """Whether a value is one of the stand-ins, and nothing else."""
        return isinstance(value, str) and value in self._made

    def found_in(self, value: Any) -> set[str]:
        """Every stand-in that a value holds, at any depth."""
        if isinstance(value, str):
            return {text for text in _FORM.findall(value) if text in self._made}
        if isinstance(value, dict):
            return self.found_in([*value.keys(), *value.values()])
        if isinstance(value, list):
            return {text for item in value for text in self.found_in(item)}
        return set()


def short_type(token: str) -> str:
    """A token's last part, `Instance` of `aws:rds/instance:Instance`."""
    return token.rsplit(":", 1)[-1]
