"""The mapped types: resource token to what carries it out. What is not here is kept as a checked record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.awsprovider.services.analytics import ANALYTICS
from trimtab.local.awsprovider.services.appautoscaling import APPAUTOSCALING
from trimtab.local.awsprovider.services.autoscaling import AUTOSCALING
from trimtab.local.awsprovider.services.backup import BACKUP
from trimtab.local.awsprovider.services.budgets import BUDGETS
from trimtab.local.awsprovider.services.cloudcontrol import CLOUDCONTROL
from trimtab.local.awsprovider.services.cloudtrail import CLOUDTRAIL
from trimtab.local.awsprovider.services.cloudwatch import CLOUDWATCH
from trimtab.local.awsprovider.services.config import CONFIG
from trimtab.local.awsprovider.services.dynamodb import DYNAMODB
from trimtab.local.awsprovider.services.ec2_capacity import EC2_CAPACITY
from trimtab.local.awsprovider.services.ec2_gateways import EC2_GATEWAYS
from trimtab.local.awsprovider.services.ec2_routes import EC2_ROUTES
from trimtab.local.awsprovider.services.ec2_rules import EC2_RULES
from trimtab.local.awsprovider.services.ec2_security import EC2_SECURITY
from trimtab.local.awsprovider.services.ec2_templates import EC2_TEMPLATES
from trimtab.local.awsprovider.services.ec2_vpc import EC2_VPC
from trimtab.local.awsprovider.services.ecr import ECR
from trimtab.local.awsprovider.services.eks import EKS
from trimtab.local.awsprovider.services.elasticache import ELASTICACHE
from trimtab.local.awsprovider.services.events import EVENTS
from trimtab.local.awsprovider.services.fsx import FSX
from trimtab.local.awsprovider.services.iam import IAM
from trimtab.local.awsprovider.services.kms import KMS
from trimtab.local.awsprovider.services.lambda_ import LAMBDA
from trimtab.local.awsprovider.services.logs import LOGS
from trimtab.local.awsprovider.services.mwaa import MWAA
from trimtab.local.awsprovider.services.parameters import PARAMETERS
from trimtab.local.awsprovider.services.rds import RDS
from trimtab.local.awsprovider.services.s3 import S3
from trimtab.local.awsprovider.services.sagemaker_monitoring import SAGEMAKER_MONITORING
from trimtab.local.awsprovider.services.sagemaker_registry import SAGEMAKER_REGISTRY
from trimtab.local.awsprovider.services.sagemaker_review import SAGEMAKER_REVIEW
from trimtab.local.awsprovider.services.sagemaker_serving import SAGEMAKER_SERVING
from trimtab.local.awsprovider.services.sns import SNS
from trimtab.local.awsprovider.services.sqs import SQS
from trimtab.local.awsprovider.services.stepfunctions import STEPFUNCTIONS

if TYPE_CHECKING:
    from trimtab.local.awsprovider.resource import Resource

MAPPED: dict[str, Resource] = {
    **ANALYTICS,
    **APPAUTOSCALING,
    **AUTOSCALING,
    **BACKUP,
    **BUDGETS,
    **CLOUDCONTROL,
    **CLOUDTRAIL,
    **CLOUDWATCH,
    **CONFIG,
    **DYNAMODB,
    **EC2_CAPACITY,
    **EC2_GATEWAYS,
    **EC2_ROUTES,
    **EC2_RULES,
    **EC2_SECURITY,
    **EC2_TEMPLATES,
    **EC2_VPC,
    **ECR,
    **EKS,
    **ELASTICACHE,
    **EVENTS,
    **FSX,
    **IAM,
    **KMS,
    **LAMBDA,
    **LOGS,
    **MWAA,
    **PARAMETERS,
    **RDS,
    **S3,
    **SAGEMAKER_MONITORING,
    **SAGEMAKER_REGISTRY,
    **SAGEMAKER_REVIEW,
    **SAGEMAKER_SERVING,
    **SNS,
    **SQS,
    **STEPFUNCTIONS,
}
