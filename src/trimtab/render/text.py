"""An object as YAML that every reader of Kubernetes manifests understands alike.

Readers differ in what a plain word is (YAML 1.1 calls `on` a flag and `1e3` a text, 1.2 and Go the other way about), so
every text that might be anything else is quoted.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_PLAIN = re.compile(r"^[A-Za-z_/][A-Za-z0-9_./-]*$")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer of plain values, without aliases and with careful quotes."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        # Lists are indented below their key, as kubectl's own documents are.
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    tag = "tag:yaml.org,2002:str"
    if "\n" in value:
        return dumper.represent_scalar(tag, value, style="|")
    plain = _PLAIN.match(value) and value.lower() not in _WORDS
    return dumper.represent_scalar(tag, value, style=None if plain else '"')


_Dumper.add_representer(str, _text)


def as_yaml(document: dict[str, Any]) -> str:
    """The object's file."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, default_flow_style=False, width=_WIDTH, allow_unicode=True
    )
