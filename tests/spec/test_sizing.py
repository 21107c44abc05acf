"""Sizing handles: every step that they allow, the model accepts, at the place that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.spec.places import put, value_at
from tests.spec.platforms import platforms
from tests.spec.values import whole_platforms
from trimtab.spec import Platform, read_platform
from trimtab.spec.serving_capacity import RealTime
from trimtab.spec.training_pool import CapacityBlock, TrainingPool

if TYPE_CHECKING:
    from trimtab.spec.sizing import SizingField, SizingTemplate


def templates(platform: Platform) -> list[SizingTemplate]:
    pools = [pool.sizing(f"trainingPools[{at}]") for at, pool in enumerate(platform.training_pools)]
    served = [
        endpoint.sizing(f"servingEndpoints[{at}]", floor=1) for at, endpoint in enumerate(platform.serving_endpoints)
    ]
    return [*pools, *(template for template in served if template)]


@whole_platforms
@given(platforms(), st.data())
def test_every_allowed_step_is_accepted(declared: dict[str, Any], data: st.DataObject) -> None:
    for template in templates(read_platform(declared)):
        for field in template.fields:
            step = data.draw(st.sampled_from((field.allowed[0], field.allowed[-1], *field.allowed)))
            changed = read_platform(put(declared, _path(field), step))
            assert value_at(changed.model_dump(mode="json", by_alias=True), _path(field)) == step


@whole_platforms
@given(platforms())
def test_the_current_value_is_what_is_declared(declared: dict[str, Any]) -> None:
    written = read_platform(declared).model_dump(mode="json", by_alias=True)
    for template in templates(read_platform(declared)):
        for field in template.fields:
            assert value_at(written, _path(field)) == field.current
            assert field.current in field.allowed


def test_no_step_leaves_the_largest_count_that_the_model_takes() -> None:
    pool = TrainingPool(name="big", instance_types=("g5.xlarge",), max_nodes=9_000)
    capacity = RealTime(
        form="real-time", instance_type="ml.m5.large", min_instances=1, max_instances=9_000,
        target_invocations_per_instance=100,
    )  # fmt: skip
    for fields in (pool.sizing(None).fields, capacity.sizing_fields(None)):
        highest = {field.name: field.allowed[-1] for field in fields}
        assert 10_000 in {highest.get("maxNodes"), highest.get("maxInstances")}


def test_a_step_keeps_the_fabric_and_the_bought_block() -> None:
    fabric = TrainingPool(name="fabric", instance_types=("g5.8xlarge",), max_nodes=2, efa=True)
    assert fabric.sizing(None).fields[-1].allowed == ("g5.8xlarge", "g5.16xlarge")
    block = CapacityBlock(type="capacity-block", reservation_id="cr-0123abcd")
    bought = TrainingPool(name="bought", instance_types=("g5.8xlarge",), max_nodes=2, reservation=block)
    assert bought.sizing(None).fields[-1].allowed == ("g5.8xlarge",)


def test_a_pool_tells_how_much_of_it_is_on_spot_as_its_group_is_told() -> None:
    pool = TrainingPool(
        name="nightly", instance_types=("g5.xlarge",), min_nodes=2, max_nodes=8, spot_percent=60, interruptible=True
    )
    assert (pool.sizing(None).spot_percent, pool.sizing(None).on_demand_base) == (60, 2)


@whole_platforms
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
