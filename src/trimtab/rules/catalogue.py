"""What the frameworks ask for, so that a report can also say what no rule covers.

Numbers and short titles only: Regulation (EU) 2024/1689; ISO/IEC 42001:2023 Annex A; NIST AI 100-1 (AI RMF 1.0)
subcategories; AICPA Trust Services Criteria (2017, points of focus 2022); AWS Security Hub controls of the services
that a platform here declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.catalogue_nist import NIST_AI_RMF
from trimtab.rules.catalogue_soc2 import SOC_2
from trimtab.rules.port import Framework

if TYPE_CHECKING:
    from collections.abc import Mapping

SLUGS: Mapping[str, Framework] = {
    "eu-ai-act": Framework.EU_AI_ACT,
    "iso-42001": Framework.ISO_42001,
    "nist-ai-rmf": Framework.NIST_AI_RMF,
    "security-hub": Framework.SECURITY_HUB,
    "soc-2": Framework.SOC_2,
}

_EU_AI_ACT = {
    "9": "Risk management system",
    "10": "Data and data governance",
    "11": "Technical documentation",
    "12": "Record-keeping",
    "13": "Transparency and provision of information to deployers",
    "14": "Human oversight",
    "15": "Accuracy, robustness and cybersecurity",
    "19": "Automatically generated logs",
    "26": "Obligations of deployers of high-risk AI systems",
    "72": "Post-market monitoring",
    "73": "Reporting of serious incidents",
}

_ISO_42001 = {
    "A.2.2": "AI policy",
    "A.2.3": "Alignment with other organizational policies",
    "A.2.4": "Review of the AI policy",
    "A.3.2": "AI roles and responsibilities",
    "A.3.3": "Reporting of concerns",
    "A.4.2": "Resource documentation",
    "A.4.3": "Data resources",
    "A.4.4": "Tooling resources",
    "A.4.5": "System and computing resources",
    "A.4.6": "Human resources",
    "A.5.2": "AI system impact assessment process",
    "A.5.3": "Documentation of AI system impact assessments",
    "A.5.4": "Assessing AI system impact on individuals or groups",
    "A.5.5": "Assessing societal impacts of AI systems",
    "A.6.1.2": "Objectives for responsible development of AI system",
    "A.6.1.3": "Processes for responsible AI system design and development",
    "A.6.2.2": "AI system requirements and specification",
    "A.6.2.3": "Documentation of AI system design and development",
    "A.6.2.4": "AI system verification and validation",
    "A.6.2.5": "AI system deployment",
    "A.6.2.6": "AI system operation and monitoring",
    "A.6.2.7": "AI system technical documentation",
    "A.6.2.8": "AI system recording of event logs",
    "A.7.2": "Data for development and enhancement of AI system",
    "A.7.3": "Acquisition of data",
    "A.7.4": "Quality of data for AI systems",
    "A.7.5": "Data provenance",
    "A.7.6": "Data preparation",
    "A.8.2": "System documentation and information for users",
    "A.8.3": "External reporting",
    "A.8.4": "Communication of incidents",
    "A.8.5": "Information for interested parties",
    "A.9.2": "Processes for responsible use of AI systems",
    "A.9.3": "Objectives for responsible use of AI system",
    "A.9.4": "Intended use of the AI system",
    "A.10.2": "Allocating responsibilities",
    "A.10.3": "Suppliers",
    "A.10.4": "Customers",
}

_SECURITY_HUB = {
    "CloudTrail.1": "Multi-region trail with management events",
    "CloudTrail.2": "Encryption at rest",
    "CloudTrail.4": "Log file validation",
    "CloudTrail.5": "Integration with CloudWatch Logs",
    "CloudWatch.15": "Alarms have specified actions",
    "CloudWatch.16": "Log groups are retained for a specified period",
    "DynamoDB.2": "Point-in-time recovery",
    "DynamoDB.6": "Deletion protection",
    "EC2.6": "VPC flow logging",
    "EC2.8": "Instances use IMDSv2",
    "EC2.15": "Subnets assign no public addresses",
    "EC2.18": "Unrestricted incoming traffic only for authorized ports",
    "EC2.19": "No unrestricted access to ports with high risk",
    "EC2.25": "Launch templates assign no public addresses",
    "EC2.170": "Launch templates use IMDSv2",
    "ECR.1": "Image scanning",
    "ECR.2": "Tag immutability",
    "ECR.3": "Lifecycle policy",
    "ECR.5": "Encryption with a customer managed key",
    "ElastiCache.3": "Replication groups have automatic failover",
    "ElastiCache.4": "Replication groups are encrypted at rest",
    "ElastiCache.5": "Replication groups are encrypted in transit",
    "ElastiCache.6": "Replication groups of earlier versions have Redis AUTH",
    "EKS.1": "Cluster endpoints are not public",
    "EKS.3": "Clusters encrypt secrets",
    "EKS.8": "Clusters log audit events",
    "IAM.1": "No full administrative privileges",
    "IAM.21": "No wildcard actions for services",
    "KMS.4": "Key rotation",
    "KMS.5": "Keys are not publicly accessible",
    "RDS.2": "Instances prohibit public access",
    "RDS.3": "Instances are encrypted at rest",
    "RDS.5": "Instances have multiple availability zones",
    "RDS.8": "Instances have deletion protection",
    "RDS.11": "Instances have automatic backups",
    "S3.2": "Buckets block public read access",
    "S3.3": "Buckets block public write access",
    "S3.5": "Requests require TLS",
    "S3.8": "Bucket blocks public access",
    "S3.9": "Server access logging",
    "S3.13": "Lifecycle configuration",
    "S3.14": "Versioning",
    "S3.15": "Object lock",
    "S3.17": "Encryption at rest with KMS",
    "SNS.1": "Topics are encrypted at rest with KMS",
    "SNS.4": "Topic policies allow no public access",
    "SageMaker.1": "Notebooks have no direct internet access",
    "SageMaker.2": "Notebooks run in a custom VPC",
    "SageMaker.3": "No root access to notebooks",
    "SageMaker.4": "Endpoint variants have more than one instance",
    "SageMaker.5": "Models have network isolation enabled",
    "StepFunctions.1": "State machines have logging turned on",
}


CATALOGUE: Mapping[Framework, Mapping[str, str]] = {
    Framework.EU_AI_ACT: _EU_AI_ACT,
    Framework.ISO_42001: _ISO_42001,
    Framework.NIST_AI_RMF: NIST_AI_RMF,
    Framework.SECURITY_HUB: _SECURITY_HUB,
    Framework.SOC_2: SOC_2,
}


def base_item(framework: Framework, item: str) -> str:
    """The catalogue's entry that an item belongs to: `26(6)` is a paragraph of article `26`."""
    return item.split("(", 1)[0] if framework is Framework.EU_AI_ACT else item
