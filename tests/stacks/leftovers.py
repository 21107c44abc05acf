"""What stands in a cloud: to compare before a stack came up and after it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support import LocalCloud

LISTED: tuple[tuple[str, str, str, str], ...] = (
    ("s3", "list_buckets", "Buckets", "Name"),
    ("ec2", "describe_vpcs", "Vpcs", "VpcId"),
    ("ec2", "describe_subnets", "Subnets", "SubnetId"),
    ("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    ("ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
    ("ec2", "describe_launch_templates", "LaunchTemplates", "LaunchTemplateName"),
    ("ec2", "describe_flow_logs", "FlowLogs", "FlowLogId"),
    ("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups", "AutoScalingGroupName"),
    ("sagemaker", "list_models", "Models", "ModelName"),
    ("sagemaker", "list_endpoint_configs", "EndpointConfigs", "EndpointConfigName"),
    ("sagemaker", "list_endpoints", "Endpoints", "EndpointName"),
    ("sagemaker", "list_model_package_groups", "ModelPackageGroupSummaryList", "ModelPackageGroupName"),
    ("sagemaker", "list_pipelines", "PipelineSummaries", "PipelineName"),
    ("sagemaker", "list_data_quality_job_definitions", "JobDefinitionSummaries", "MonitoringJobDefinitionName"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("events", "list_rules", "Rules", "Name"),
    ("scheduler", "list_schedules", "Schedules", "Name"),
    ("stepfunctions", "list_state_machines", "stateMachines", "name"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("iam", "list_instance_profiles", "InstanceProfiles", "InstanceProfileName"),
    ("ecr", "describe_repositories", "repositories", "repositoryName"),
    ("dynamodb", "list_tables", "TableNames", ""),
    ("cloudtrail", "describe_trails", "trailList", "Name"),
    ("athena", "list_work_groups", "WorkGroups", "Name"),
    ("glue", "get_databases", "DatabaseList", "Name"),
    ("fsx", "describe_file_systems", "FileSystems", "FileSystemId"),
)
"""Service, call, where the answer's list is, what names an entry (empty: the entry itself)."""


def everything(cloud: LocalCloud) -> dict[str, list[str]]:
    """Return the names of all resources of the kinds listed, and of running instances, sorted."""
    found = {
        f"{service}:{call}": _names(cloud.client(service), call, where, key) for service, call, where, key in LISTED
    }
    queues = cloud.client("sqs").list_queues().get("QueueUrls", [])
    return {**found, "sqs:queues": sorted(queues), "ec2:instances": _instances(cloud.client("ec2"))}


def _names(client: Any, call: str, where: str, key: str) -> list[str]:
    if client.can_paginate(call):
        pages = client.get_paginator(call).paginate()
        entries = [entry for page in pages for entry in page[where]]
    else:
        entries = getattr(client, call)()[where]
    # EC2 lists what was deleted for a while, and says so.
    standing = [entry for entry in entries if not key or entry.get("State") != "deleted"]
    return sorted(str(entry[key] if key else entry) for entry in standing)


def empty_buckets(cloud: LocalCloud, prefix: str) -> None:
    """Delete every object of the buckets of one platform, as its owner does before they can go."""
    s3 = cloud.client("s3")
    for bucket in (one["Name"] for one in s3.list_buckets()["Buckets"] if one["Name"].startswith(prefix)):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for kept in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                s3.delete_object(Bucket=bucket, Key=kept["Key"], VersionId=kept["VersionId"])


def _instances(client: Any) -> list[str]:
    alive = {"pending", "running", "stopping", "stopped"}
    pages = client.get_paginator("describe_instances").paginate()
    instances = [i for page in pages for reservation in page["Reservations"] for i in reservation["Instances"]]
    return sorted(str(i["InstanceId"]) for i in instances if i["State"]["Name"] in alive)
