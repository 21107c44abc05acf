"""Every type of the table lives its life against moto: made, read, changed, seen to drift, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.local.awsprovider.cases import CASES, World
from trimtab.local.awsprovider.services import MAPPED

if TYPE_CHECKING:
    from tests.local.awsprovider.plugin import Plugin
    from trimtab.local.awsprovider.values import Props


def _same(inputs: Props, other: Props) -> dict[str, tuple[object, object]]:
    keys = inputs.keys() | other.keys()
    return {key: (inputs.get(key), other.get(key)) for key in keys if inputs.get(key) != other.get(key)}


@pytest.mark.parametrize("token", sorted(CASES))
def test_life(token: str, plugin: Plugin, world: World) -> None:
    case = CASES[token]
    inputs = plugin.check(token, case.inputs(world))
    preview_id, _ = plugin.create(token, inputs, preview=True)
    assert preview_id == ""

    made, outputs = plugin.create(token, inputs)
    assert made
    read, state, now = plugin.read(token, made, outputs, inputs)
    assert read == made
    assert _same(inputs, now) == {}
    assert _same(outputs, state) == {}

    if case.update is not None:
        new = plugin.check(token, {**case.inputs(world), **case.update(world)} | _kept(inputs), olds=inputs)
        difference = plugin.diff(token, inputs, new)
        assert difference.changes == difference.DIFF_SOME
        assert list(difference.replaces) == []
        plugin.update(token, made, outputs, inputs, new, preview=True)
        outputs = plugin.update(token, made, outputs, inputs, new)
        inputs = new
        _, state, now = plugin.read(token, made, outputs, inputs)
        assert _same(inputs, now) == {}
        assert _same(outputs, state) == {}

    if case.behind is not None:
        case.behind(world, made, outputs)
        _, outputs, now = plugin.read(token, made, outputs, inputs)
        assert case.seen in _same(inputs, now)

    plugin.delete(token, made, outputs)
    if not case.stays:
        assert plugin.read(token, made, outputs, inputs)[0] == ""


def _kept(inputs: Props) -> Props:
    """Inputs whose example is made anew at each call."""
    return {key: inputs[key] for key in ("cidrBlock", "subnetId", "region") if key in inputs}


def test_every_mapped_type_is_in_the_table() -> None:
    assert MAPPED.keys() - CASES.keys() == {"aws:s3/bucketObject:BucketObject"}
