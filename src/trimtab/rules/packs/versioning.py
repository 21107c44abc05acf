"""The versioning pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.versioning import (
    bucket_versioning,
    ecr_immutable_tags,
    feature_group_offline_store,
    helm_release_pinned,
    huggingface_revision_pinned,
    kubernetes_model_pinned,
    launch_template_version_pinned,
    model_data_versioned,
    model_image_by_digest,
    node_image_pinned,
    noncurrent_versions_kept,
    package_group_described,
    pipeline_definition_pinned,
    served_model_registered,
    served_package_approved,
    state_machine_versioned,
    training_data_versioned,
    workload_image_by_digest,
)

if TYPE_CHECKING:
    from trimtab.rules.port import AnyRule

RULES: tuple[AnyRule, ...] = (
    bucket_versioning.RULE,
    ecr_immutable_tags.RULE,
    feature_group_offline_store.RULE,
    helm_release_pinned.RULE,
    huggingface_revision_pinned.RULE,
    kubernetes_model_pinned.RULE,
    launch_template_version_pinned.RULE,
    model_data_versioned.RULE,
    model_image_by_digest.RULE,
    node_image_pinned.RULE,
    noncurrent_versions_kept.RULE,
    package_group_described.RULE,
    pipeline_definition_pinned.RULE,
    served_model_registered.RULE,
    served_package_approved.RULE,
    state_machine_versioned.RULE,
    training_data_versioned.RULE,
    workload_image_by_digest.RULE,
)
