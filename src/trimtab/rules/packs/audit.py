"""The audit pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.audit import (
    alarm_topic_subscribed,
    bucket_access_logging,
    data_classification_tag,
    eks_audit_logs,
    eks_control_plane_logs,
    endpoint_data_capture,
    endpoint_drift_monitor,
    endpoint_risk_class,
    evidence_bucket_locked,
    feature_group_described,
    gpu_hours_have_owner,
    high_risk_human_review,
    human_review_kept,
    kubernetes_drift_monitor,
    kubernetes_owner_labels,
    log_retention,
    model_approval_manual,
    model_has_card,
    owner_tags,
    served_model_tag,
    state_machine_logging,
    trail_covers_buckets,
    trail_covers_registries,
    trail_encrypted,
    trail_global_events,
    trail_is_on,
    trail_log_validation,
    trail_multi_region,
    trail_to_log_group,
    vpc_flow_logs,
)

if TYPE_CHECKING:
    from trimtab.rules.port import AnyRule

RULES: tuple[AnyRule, ...] = (
    alarm_topic_subscribed.RULE,
    bucket_access_logging.RULE,
    data_classification_tag.RULE,
    eks_audit_logs.RULE,
    eks_control_plane_logs.RULE,
    endpoint_data_capture.RULE,
    endpoint_drift_monitor.RULE,
    endpoint_risk_class.RULE,
    evidence_bucket_locked.RULE,
    feature_group_described.RULE,
    gpu_hours_have_owner.RULE,
    high_risk_human_review.RULE,
    human_review_kept.RULE,
    kubernetes_drift_monitor.RULE,
    kubernetes_owner_labels.RULE,
    log_retention.RULE,
    model_approval_manual.RULE,
    model_has_card.RULE,
    owner_tags.RULE,
    served_model_tag.RULE,
    state_machine_logging.RULE,
    trail_covers_buckets.RULE,
    trail_covers_registries.RULE,
    trail_encrypted.RULE,
    trail_global_events.RULE,
    trail_is_on.RULE,
    trail_log_validation.RULE,
    trail_multi_region.RULE,
    trail_to_log_group.RULE,
    vpc_flow_logs.RULE,
)
