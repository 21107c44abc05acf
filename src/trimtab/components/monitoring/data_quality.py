"""Data quality: do the requests still look like the training data?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.monitoring.jobs import INPUT, LONGEST_RUN_SECONDS, OUTPUT

if TYPE_CHECKING:
    from trimtab.components.monitoring.jobs import MonitorPlan


def data_quality(plan: MonitorPlan) -> aws.sagemaker.MonitoringSchedule:
    """Declare the job definition and its schedule. A definition cannot change: the next one gets the next name."""
    definition = aws.sagemaker.DataQualityJobDefinition(
        f"{plan.label}-data-job",
        role_arn=plan.role_arn,
        data_quality_app_specification=aws.sagemaker.DataQualityJobDefinitionDataQualityAppSpecificationArgs(
            image_uri=plan.image, environment={"publish_cloudwatch_metrics": "Enabled"}
        ),
        data_quality_baseline_config=aws.sagemaker.DataQualityJobDefinitionDataQualityBaselineConfigArgs(
            constraints_resource=aws.sagemaker.DataQualityJobDefinitionDataQualityBaselineConfigConstraintsResourceArgs(
                s3_uri=plan.uri("baseline", "constraints.json")
            ),
            statistics_resource=aws.sagemaker.DataQualityJobDefinitionDataQualityBaselineConfigStatisticsResourceArgs(
                s3_uri=plan.uri("baseline", "statistics.json")
            ),
        ),
        data_quality_job_input=aws.sagemaker.DataQualityJobDefinitionDataQualityJobInputArgs(
            endpoint_input=aws.sagemaker.DataQualityJobDefinitionDataQualityJobInputEndpointInputArgs(
                endpoint_name=plan.endpoint["endpoint_name"], local_path=INPUT
            )
        ),
        data_quality_job_output_config=aws.sagemaker.DataQualityJobDefinitionDataQualityJobOutputConfigArgs(
            kms_key_id=plan.key_arn,
            monitoring_outputs=aws.sagemaker.DataQualityJobDefinitionDataQualityJobOutputConfigMonitoringOutputsArgs(
                s3_output=aws.sagemaker.DataQualityJobDefinitionDataQualityJobOutputConfigMonitoringOutputsS3OutputArgs(
                    s3_uri=plan.uri("data-quality"), local_path=OUTPUT, s3_upload_mode="EndOfJob"
                )
            ),
        ),
        job_resources=_resources(plan),
        network_config=aws.sagemaker.DataQualityJobDefinitionNetworkConfigArgs(
            enable_inter_container_traffic_encryption=True,
            vpc_config=aws.sagemaker.DataQualityJobDefinitionNetworkConfigVpcConfigArgs(
                security_group_ids=[plan.security_group_id], subnets=plan.subnet_ids
            ),
        ),
        stopping_condition=aws.sagemaker.DataQualityJobDefinitionStoppingConditionArgs(
            max_runtime_in_seconds=LONGEST_RUN_SECONDS
        ),
        tags=plan.component.tags(),
        opts=plan.component.child(),
    )
    return plan.schedule("data", "DataQuality", definition.name)


def _resources(plan: MonitorPlan) -> aws.sagemaker.DataQualityJobDefinitionJobResourcesArgs:
    return aws.sagemaker.DataQualityJobDefinitionJobResourcesArgs(
        cluster_config=aws.sagemaker.DataQualityJobDefinitionJobResourcesClusterConfigArgs(
            instance_count=1,
            instance_type=plan.monitor.instance_type,
            volume_size_in_gb=plan.monitor.volume_gib,
            volume_kms_key_id=plan.key_arn,
        )
    )
