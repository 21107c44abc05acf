"""Values on the wire and off it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.local.awsprovider.values import (
    OUTPUT_SIG,
    RESOURCE_SIG,
    SIG_KEY,
    UNKNOWN,
    Secret,
    decode,
    encode,
    has_secret,
    has_unknown,
    mark_secrets,
    plain,
)

_SCALARS = st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=10) | st.just(UNKNOWN)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3) | inner.map(Secret)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=5), _VALUES, max_size=4))
def test_what_goes_over_the_wire_comes_back(props: dict[str, Any]) -> None:
    assert decode(encode(props)) == props


@given(_VALUES)
def test_plain_values_hold_no_secret(value: Any) -> None:
    assert not has_secret(plain(value))
    assert has_unknown(value) == has_unknown(plain(value))


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        ({SIG_KEY: OUTPUT_SIG, "value": "x"}, "x"),
        ({SIG_KEY: OUTPUT_SIG, "value": "x", "secret": True}, Secret("x")),
        ({SIG_KEY: OUTPUT_SIG}, UNKNOWN),
        ({SIG_KEY: RESOURCE_SIG, "urn": "u", "id": "i"}, "i"),
        ("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", UNKNOWN),
    ],
)
def test_the_wires_other_marks(wire: Any, value: Any) -> None:
    assert decode(encode({"it": wire})) == {"it": value}


def test_only_what_was_secret_is_marked() -> None:
    marked = mark_secrets({"a": [1], "b": 2}, {"a": [Secret(1)], "b": 2, "c": Secret(3)})
    assert marked == {"a": Secret([1]), "b": 2}
