"""The registry of account kinds, in the order of what they usually cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.account.capacity_reservation import CAPACITY_RESERVATION
from trimtab.cost.account.dynamodb_table import DYNAMODB_TABLE
from trimtab.cost.account.ebs_volume import EBS_VOLUME
from trimtab.cost.account.ecr_repository import ECR_REPOSITORY
from trimtab.cost.account.eks_cluster import EKS_CLUSTER
from trimtab.cost.account.elastic_ip import ELASTIC_IP
from trimtab.cost.account.elasticache_cluster import ELASTICACHE_CLUSTER
from trimtab.cost.account.feature_group import FEATURE_GROUP
from trimtab.cost.account.fsx_lustre import FSX_LUSTRE
from trimtab.cost.account.load_balancer import LOAD_BALANCER
from trimtab.cost.account.log_group import LOG_GROUP
from trimtab.cost.account.nat_gateway import NAT_GATEWAY
from trimtab.cost.account.notebook import NOTEBOOK
from trimtab.cost.account.rds_instance import RDS_INSTANCE
from trimtab.cost.account.s3_bucket import S3_BUCKET

if TYPE_CHECKING:
    from trimtab.cost.account.base import AccountKind

ACCOUNT_KINDS: dict[str, AccountKind] = {
    kind.id: kind
    for kind in (
        CAPACITY_RESERVATION,
        RDS_INSTANCE,
        FSX_LUSTRE,
        EBS_VOLUME,
        ELASTICACHE_CLUSTER,
        NOTEBOOK,
        EKS_CLUSTER,
        NAT_GATEWAY,
        DYNAMODB_TABLE,
        LOAD_BALANCER,
        FEATURE_GROUP,
        LOG_GROUP,
        S3_BUCKET,
        ECR_REPOSITORY,
        ELASTIC_IP,
    )
}

METRICS_PERMISSION = "cloudwatch:GetMetricData"


def permissions() -> tuple[str, ...]:
    """Return the IAM actions that a whole scan takes, sorted; every one of them only reads."""
    own = {action for kind in ACCOUNT_KINDS.values() for action in kind.permissions}
    return tuple(sorted({*own, METRICS_PERMISSION}))
