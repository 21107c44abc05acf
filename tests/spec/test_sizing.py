"""Sizing handles: every step that they allow, the model accepts, at the place that they name."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.spec.platforms import platforms
from trimtab.spec import Platform, read_platform

if TYPE_CHECKING:
    from trimtab.spec.sizing import SizingField, SizingTemplate

_PART = re.compile(r"([A-Za-z0-9]+)|\[(\d+)\]")


def templates(platform: Platform) -> list[SizingTemplate]:
    pools = [pool.sizing(f"trainingPools[{at}]") for at, pool in enumerate(platform.training_pools)]
    served = [
        endpoint.sizing(f"servingEndpoints[{at}]", floor=1) for at, endpoint in enumerate(platform.serving_endpoints)
    ]
    return [*pools, *(template for template in served if template)]


def edited(declared: dict[str, Any], path: str, value: int | str) -> dict[str, Any]:
    """The declaration with one value replaced, as the analyser's edit does it."""
    changed = copy.deepcopy(declared)
    steps = [name or int(index) for name, index in _PART.findall(path)]
    target: Any = changed
    for step in steps[:-1]:
        target = target[step]
    target[steps[-1]] = value
    return changed


def found(declared: dict[str, Any], path: str) -> Any:
    target: Any = declared
    for name, index in _PART.findall(path):
        target = target[name or int(index)]
    return target


@given(platforms(), st.data())
def test_every_allowed_step_is_accepted(declared: dict[str, Any], data: st.DataObject) -> None:
    for template in templates(read_platform(declared)):
        for field in template.fields:
            step = data.draw(st.sampled_from((field.allowed[0], field.allowed[-1], *field.allowed)))
            changed = read_platform(edited(declared, _path(field), step))
            assert found(changed.model_dump(mode="json", by_alias=True), _path(field)) == step


@given(platforms())
def test_the_current_value_is_what_is_declared(declared: dict[str, Any]) -> None:
    written = read_platform(declared).model_dump(mode="json", by_alias=True)
    for template in templates(read_platform(declared)):
        for field in template.fields:
            assert found(written, _path(field)) == field.current
            assert field.current in field.allowed


@given(platforms())
def test_a_program_has_no_place_to_edit(declared: dict[str, Any]) -> None:
    platform = read_platform(declared)
    pools = [pool.sizing(None) for pool in platform.training_pools]
    served = [endpoint.sizing(None, floor=1) for endpoint in platform.serving_endpoints]
    for template in [*pools, *(item for item in served if item)]:
        assert {field.spec_path for field in template.fields} == {None}


def _path(field: SizingField) -> str:
    assert field.spec_path is not None
    return field.spec_path
