"""The reliability pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.reliability import (
    alarm_has_action,
    async_endpoint_notifies,
    bucket_not_force_destroyed,
    containers_have_probes,
    database_backed_up,
    database_deletion_protection,
    database_two_zones,
    deployment_has_disruption_budget,
    deployment_two_replicas,
    endpoint_alarm,
    endpoint_rolls_back,
    endpoint_scales,
    endpoint_two_instances,
    gpu_request_equals_limit,
    key_deletion_window,
    lustre_backed_up,
    node_pool_disruption,
    scaling_floor_two,
    scaling_group_two_zones,
    spot_only_where_interruptible,
    state_machine_alarm,
    stateful_change_named,
    table_deletion_protection,
    table_point_in_time_recovery,
)

if TYPE_CHECKING:
    from trimtab.rules.port import AnyRule

RULES: tuple[AnyRule, ...] = (
    alarm_has_action.RULE,
    async_endpoint_notifies.RULE,
    bucket_not_force_destroyed.RULE,
    containers_have_probes.RULE,
    database_backed_up.RULE,
    database_deletion_protection.RULE,
    database_two_zones.RULE,
    deployment_has_disruption_budget.RULE,
    deployment_two_replicas.RULE,
    endpoint_alarm.RULE,
    endpoint_rolls_back.RULE,
    endpoint_scales.RULE,
    endpoint_two_instances.RULE,
    gpu_request_equals_limit.RULE,
    key_deletion_window.RULE,
    lustre_backed_up.RULE,
    node_pool_disruption.RULE,
    scaling_floor_two.RULE,
    scaling_group_two_zones.RULE,
    spot_only_where_interruptible.RULE,
    state_machine_alarm.RULE,
    stateful_change_named.RULE,
    table_deletion_protection.RULE,
    table_point_in_time_recovery.RULE,
)
