"""The cost pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.cost import (
    async_endpoint_scales_to_zero,
    broken_uploads_removed,
    bucket_lifecycle,
    budget_exists,
    containers_have_requests,
    ecr_lifecycle,
    gpu_pool_has_ceiling,
    gpu_pool_scales_to_zero,
    gpu_queue_has_quota,
    job_has_deadline,
    log_group_expires,
    node_pool_has_limits,
    notebook_stops_when_idle,
    ray_workers_bounded,
    s3_gateway_endpoint,
    served_model_has_ceiling,
    spot_where_interruptible,
    training_job_has_limit,
    training_job_queued,
    volumes_gp3,
)

if TYPE_CHECKING:
    from trimtab.rules.port import AnyRule

RULES: tuple[AnyRule, ...] = (
    async_endpoint_scales_to_zero.RULE,
    broken_uploads_removed.RULE,
    bucket_lifecycle.RULE,
    budget_exists.RULE,
    containers_have_requests.RULE,
    ecr_lifecycle.RULE,
    gpu_pool_has_ceiling.RULE,
    gpu_pool_scales_to_zero.RULE,
    gpu_queue_has_quota.RULE,
    job_has_deadline.RULE,
    log_group_expires.RULE,
    node_pool_has_limits.RULE,
    notebook_stops_when_idle.RULE,
    ray_workers_bounded.RULE,
    s3_gateway_endpoint.RULE,
    served_model_has_ceiling.RULE,
    spot_where_interruptible.RULE,
    training_job_has_limit.RULE,
    training_job_queued.RULE,
    volumes_gp3.RULE,
)
