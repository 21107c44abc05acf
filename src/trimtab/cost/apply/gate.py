"""What a preview must not hold: a refusal of the engine or a policy, or the loss of something stateful."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.cost.apply.engine import Operation, Preview

# Types whose loss is a loss of data; a resize never needs one of them replaced or deleted.
_STATEFUL = (
    "aws:s3/bucket", "aws:dynamodb/table:", "aws:rds/", "aws:elasticache/", "aws:fsx/", "aws:efs/", "aws:ebs/volume:",
    "aws:ecr/repository:", "aws:kms/key:", "aws:sagemaker/featureGroup:", "aws:sagemaker/modelPackageGroup:",
    "aws:cloudtrail/", "aws:cloudwatch/logGroup:", "aws:backup/vault:",
)  # fmt: skip
FORBIDDEN = "a policy forbids it"
_LOSSES = frozenset({"delete", "replace", "delete-replaced", "create-replacement", "discard", "discard-replaced"})


def refusal(preview: Preview) -> str:
    """Return why the change may not be made, or an empty string."""
    if preview.denials:
        return f"{FORBIDDEN}: {'; '.join(preview.denials)}"
    if not preview.passed:
        return f"the preview failed: {'; '.join(preview.problems)}"
    lost = sorted({one.name for one in preview.operations if _loses_state(one)})
    if lost:
        return f"the preview would replace or delete {', '.join(lost)}, which holds data; a resize must not"
    return ""


def _loses_state(one: Operation) -> bool:
    return one.kind in _LOSSES and one.type.startswith(_STATEFUL)
