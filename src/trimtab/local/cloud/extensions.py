"""What this cloud adds to moto, as one explicit list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.cloud.changes import install_changes
from trimtab.local.cloud.cloudtrail import install_cloudtrail
from trimtab.local.cloud.cloudwatch import install_cloudwatch
from trimtab.local.cloud.cloudwatch_data import install_cloudwatch_data
from trimtab.local.cloud.ec2_capacity import install_ec2_capacity
from trimtab.local.cloud.ec2_endpoints import install_vpc_endpoints
from trimtab.local.cloud.ec2_spot_prices import install_ec2_spot_prices
from trimtab.local.cloud.eks_clusters import install_eks_clusters
from trimtab.local.cloud.eks_parts import install_eks_parts
from trimtab.local.cloud.elasticache import install_elasticache
from trimtab.local.cloud.fsx import install_fsx
from trimtab.local.cloud.iam_oidc import install_iam_oidc
from trimtab.local.cloud.rds import install_rds
from trimtab.local.cloud.s3_notifications import install_s3_notifications
from trimtab.local.cloud.s3_policies import install_s3_policies
from trimtab.local.cloud.sagemaker_documents import install_sagemaker_documents
from trimtab.local.cloud.sagemaker_endpoint import install_update_endpoint
from trimtab.local.cloud.sagemaker_groups import install_model_package_groups
from trimtab.local.cloud.sagemaker_models import install_models
from trimtab.local.cloud.scaling_dimensions import install_scaling_dimensions
from trimtab.local.cloud.scaling_policies import install_scaling_policies
from trimtab.local.cloud.ssm_images import install_ssm_images
from trimtab.local.cloud.unserved import install_unserved

if TYPE_CHECKING:
    from collections.abc import Callable

EXTENSIONS: tuple[Callable[[], None], ...] = (
    install_changes,
    install_cloudtrail,
    install_cloudwatch,
    install_cloudwatch_data,
    install_ec2_capacity,
    install_ec2_spot_prices,
    install_eks_clusters,
    install_eks_parts,
    install_elasticache,
    install_fsx,
    install_iam_oidc,
    install_model_package_groups,
    install_models,
    install_rds,
    install_s3_notifications,
    install_s3_policies,
    install_sagemaker_documents,
    install_scaling_dimensions,
    install_scaling_policies,
    install_ssm_images,
    install_unserved,
    install_update_endpoint,
    install_vpc_endpoints,
)


def install() -> None:
    """Add every extension to moto's classes of this process; more than once does no harm."""
    for extension in EXTENSIONS:
        extension()
