"""An image repository: tags never move, every push is scanned, old images go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from trimtab.components.buckets import DISPOSABLE
from trimtab.components.statements import document

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.model_registry import ImageRepository

UNTAGGED_DAYS = 14
"""A push that was interrupted or replaced is of no use after two weeks."""
_PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
_DELETE = ["ecr:BatchDeleteImage", "ecr:DeleteRepository"]


def image_repository(
    component: Component, spec: ImageRepository, key_arn: pulumi.Output[str], place: Place
) -> aws.ecr.Repository:
    """Return a repository of immutable, scanned images under a customer key."""
    label = f"{component.name}-{spec.name}"
    repository = aws.ecr.Repository(
        label,
        name=f"{component.context.prefix}/{spec.name}",
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
        encryption_configurations=[
            aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="KMS", kms_key=key_arn)
        ],
        force_delete=component.context.environment in DISPOSABLE,
        tags=component.tags(),
        opts=component.stateful(),
    )
    aws.ecr.LifecyclePolicy(
        f"{label}-lifecycle",
        repository=repository.name,
        policy=json.dumps({"rules": _ageing(spec.images_kept)}),
        opts=component.child(),
    )
    aws.ecr.RepositoryPolicy(
        f"{label}-policy",
        repository=repository.name,
        policy=document(_statements(component, place)),
        opts=component.child(),
    )
    return repository


def _statements(component: Component, place: Place) -> list[dict[str, Any]]:
    """A repository's policy names no resource: it holds for the repository."""
    root = {"AWS": place.arn("iam", "root", regional=False)}
    pull = {"Sid": "AccountPulls", "Effect": "Allow", "Principal": root, "Action": _PULL}
    if not component.context.is_production:
        return [pull]
    keep = {"Sid": "ImagesAreEvidence", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": _DELETE}
    return [pull, keep]


def _ageing(kept: int) -> list[dict[str, Any]]:
    untagged = {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days"}
    return [
        _expire(1, f"untagged images after {UNTAGGED_DAYS} days", {**untagged, "countNumber": UNTAGGED_DAYS}),
        _expire(
            2,
            f"all but the newest {kept} images",
            {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": kept},
        ),
    ]


def _expire(priority: int, description: str, selection: dict[str, Any]) -> dict[str, Any]:
    return {
        "rulePriority": priority,
        "description": description,
        "selection": selection,
        "action": {"type": "expire"},
    }
