"""Every reader of YAML understands the same object."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from trimtab.render.text import as_yaml

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(
        ["on", "No", "1e3", "0x1f", "017", "1_000", "12:30", "~", "null", "-", "a: b", "# x", ".5", "1.0", ""]
    ),
    st.lists(st.text("ab :#-\t ", max_size=6), min_size=2, max_size=4).map("\n".join),
)
VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=10,
)


@given(document=st.dictionaries(TEXTS, VALUES, max_size=4))
def test_both_versions_of_yaml_read_back_what_was_written(document: dict[str, Any]) -> None:
    text = as_yaml(document)
    assert yaml.safe_load(text) == document
    assert (YAML(typ="safe", pure=True).load(StringIO(text)) or {}) == document


@pytest.mark.parametrize(
    "word", ["on", "y", "1e3", "0x1f", "0o17", "1_000", "12:30", "2026-01-01", "~", ".inf", "=", "+1"]
)
def test_a_text_that_might_be_something_else_is_quoted(word: str) -> None:
    assert as_yaml({"a": word}) == f'a: "{word}"\n'


def test_scripts_stay_readable() -> None:
    assert as_yaml({"run": "set -e\necho ${HOME}\n"}) == "run: |\n  set -e\n  echo ${HOME}\n"
