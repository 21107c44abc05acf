"""What a rule reads is what was declared; what it cannot read stops it with the property's path."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.rules.decode import decode
from trimtab.rules.values import Opaque, Props, Undecidable

from .states import SECRET, SIGNATURE, UNKNOWN


def test_absent_properties_have_the_default() -> None:
    props = Props({"null": None})
    assert props.text("a") == ""
    assert props.text("null", "x") == "x"
    assert props.flag("a", default=True)
    assert props.number("a", 3) == 3
    assert props.texts("a") == []
    assert props.blocks("a") == []
    assert props.block("a").block("b").text("c") == ""
    assert props.document("a").raw == {}
    assert props.keys("a") == frozenset()


@pytest.mark.parametrize(("value", "flag"), [(True, True), ("true", True), ("False", False), (False, False)])
def test_flags_are_read_as_providers_spell_them(value: object, *, flag: bool) -> None:
    assert Props({"a": value}).flag("a", default=not flag) is flag


@pytest.mark.parametrize(("value", "number"), [(3, 3), (0.5, 0.5), ("30", 30), ("1e2", 100)])
def test_numbers_are_read_as_providers_spell_them(value: object, number: float) -> None:
    assert Props({"a": value}).number("a") == number


def test_one_block_may_be_written_as_a_list_of_one() -> None:
    assert Props({"a": [{"b": "c"}]}).block("a").text("b") == "c"
    assert Props({"a": {"b": "c"}}).blocks("a")[0].text("b") == "c"


@pytest.mark.parametrize(
    ("raw", "read", "reason"),
    [
        ({"a": 1}, lambda p: p.block("a"), "cannot be judged: `a` is a number, not an object"),
        ({"a": "x"}, lambda p: p.flag("a"), "cannot be judged: `a` is text, not a boolean"),
        ({"a": "x"}, lambda p: p.number("a"), "cannot be judged: `a` is text, not a number"),
        ({"a": True}, lambda p: p.number("a"), "cannot be judged: `a` is a boolean, not a number"),
        ({"a": []}, lambda p: p.text("a"), "cannot be judged: `a` is a list, not text"),
        ({"a": [{}, {}]}, lambda p: p.block("a"), "cannot be judged: `a` is a list of 2, not one object"),
        ({"a": "{"}, lambda p: p.document("a"), "cannot be judged: `a` is not valid JSON"),
        ({"a": "[]"}, lambda p: p.document("a"), "cannot be judged: `a` is a list, not a JSON object"),
        ({"a": "[" * 100_000}, lambda p: p.document("a"), "cannot be judged: `a` is not valid JSON"),
        (
            {"a": {"b": [{"c": {}}]}},
            lambda p: p.block("a").blocks("b")[0].text("c"),
            "cannot be judged: `a.b[0].c` is an object, not text",
        ),
        ({"a": Opaque.UNKNOWN}, lambda p: p.text("a"), "unknown until update: `a` is not known yet"),
        ({"a": Opaque.SECRET}, lambda p: p.text("a"), "cannot be judged: `a` is a secret"),
        ({"a": [Opaque.UNKNOWN]}, lambda p: p.texts("a"), "unknown until update: `a[0]` is not known yet"),
        ({"a": [Opaque.UNKNOWN]}, lambda p: p.blocks("a"), "unknown until update: `a[0]` is not known yet"),
    ],
)
def test_what_cannot_be_judged_says_where_and_why(raw: dict[str, Any], read: Any, reason: str) -> None:
    with pytest.raises(Undecidable) as caught:
        read(Props(raw))
    assert str(caught.value) == reason


def test_an_unknown_value_counts_as_given_and_an_empty_one_does_not() -> None:
    props = Props({"unknown": Opaque.UNKNOWN, "secret": Opaque.SECRET, "empty": "", "list": [], "no": False, "zero": 0})
    assert [name for name in props.raw if props.has(name)] == ["unknown", "secret", "no", "zero"]


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        (UNKNOWN, Opaque.UNKNOWN),
        ({SIGNATURE: SECRET, "ciphertext": "v1:…"}, Opaque.SECRET),
        ({SIGNATURE: SECRET, "value": "x"}, Opaque.SECRET),
        ("[secret]", Opaque.SECRET),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}, Opaque.UNKNOWN),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": ["x"]}, ["x"]),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "x", "secret": True}, Opaque.SECRET),
        (30.0, 30),
        (0.5, 0.5),
        ({"a": {"__defaults": [], "b": UNKNOWN}}, {"a": {"b": Opaque.UNKNOWN}}),
    ],
)
def test_pulumis_own_wire_forms_are_read(wire: object, value: object) -> None:
    decoded = decode(wire)
    assert decoded == value
    assert type(decoded) is type(value)
