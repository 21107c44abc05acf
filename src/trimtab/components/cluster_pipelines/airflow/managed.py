"""Amazon MWAA: the environment, the bucket with its DAGs, and the least that its role needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.buckets import own_store, unfinished_uploads
from trimtab.components.encryption import customer_key
from trimtab.components.lists import strings
from trimtab.components.place import place_of
from trimtab.components.roles import service_role
from trimtab.components.security_groups import among_peers, closed_group, out_by_tls
from trimtab.components.statements import allow, under
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.components.buckets import Store
    from trimtab.components.cluster_pipelines.args import ClusterPipelinesArgs
    from trimtab.components.kube import ClusterComponent
    from trimtab.components.place import Place
    from trimtab.spec.cluster.pipelines_airflow import ManagedAirflow

DAGS, REQUIREMENTS = "dags", "requirements.txt"
SERVICES = ("airflow.amazonaws.com", "airflow-env.amazonaws.com")
_ACCESS = {"private": "PRIVATE_ONLY", "public": "PUBLIC_ONLY"}


def managed_airflow(
    component: ClusterComponent,
    spec: ManagedAirflow,
    args: ClusterPipelinesArgs,
    dags: Mapping[str, pulumi.Input[str]],
) -> aws.mwaa.Environment:
    """Return the environment.

    Raises:
        UserError: it is not said which network and cluster it belongs to.
    """
    vpc_id, cluster_name = args.get("vpc_id"), args.get("cluster_name")
    if vpc_id is None or cluster_name is None or "subnet_ids" not in args:
        raise UserError(
            f"{component.name}: airflow.type is mwaa, which needs cluster_name, vpc_id and subnet_ids",
            remedy="wire them in, or set airflow.type: cluster",
        )
    place = place_of(component)
    key = customer_key(component, services=SERVICES, given=args.get("kms_key_arn"))
    store = own_store(component, "airflow", place, key_arn=key, lifecycle=[unfinished_uploads(7)])
    parts = _files(component, store, dags)
    name = f"{component.context.prefix}-airflow"
    role = service_role(
        component,
        "airflow",
        service=SERVICES[1],
        grants=grants(place, name, bucket_arn=store.arn, key_arn=key, cluster_name=cluster_name),
        place=place,
    )
    group = closed_group(component, vpc_id, "airflow", component.tags())
    among_peers(component, group, component.tags(), why="Scheduler, workers and database of the environment")
    out_by_tls(component, group, component.tags(), logical=f"{component.name}-out", why="AWS and the cluster's API")
    return aws.mwaa.Environment(
        f"{component.name}-airflow",
        name=name,
        airflow_version=spec.airflow_version,
        environment_class=spec.environment_class,
        min_workers=spec.min_workers,
        max_workers=spec.max_workers,
        source_bucket_arn=store.arn,
        dag_s3_path=DAGS,
        requirements_s3_path=REQUIREMENTS,
        execution_role_arn=role.arn,
        kms_key=key,
        webserver_access_mode=_ACCESS[spec.access],
        network_configuration=aws.mwaa.EnvironmentNetworkConfigurationArgs(
            security_group_ids=[group.id], subnet_ids=strings(args["subnet_ids"]).apply(lambda ids: ids[:2])
        ),
        logging_configuration=_logs(),
        tags=component.tags(),
        opts=component.child(depends_on=[*store.parts, *parts]),
    )


def _logs() -> aws.mwaa.EnvironmentLoggingConfigurationArgs:
    known = aws.mwaa
    level = "INFO"
    return known.EnvironmentLoggingConfigurationArgs(
        dag_processing_logs=known.EnvironmentLoggingConfigurationDagProcessingLogsArgs(enabled=True, log_level=level),
        scheduler_logs=known.EnvironmentLoggingConfigurationSchedulerLogsArgs(enabled=True, log_level=level),
        task_logs=known.EnvironmentLoggingConfigurationTaskLogsArgs(enabled=True, log_level=level),
        webserver_logs=known.EnvironmentLoggingConfigurationWebserverLogsArgs(enabled=True, log_level=level),
        worker_logs=known.EnvironmentLoggingConfigurationWorkerLogsArgs(enabled=True, log_level=level),
    )


def grants(
    place: Place,
    name: str,
    *,
    bucket_arn: pulumi.Input[str],
    key_arn: pulumi.Input[str],
    cluster_name: str,
) -> list[dict[str, Any]]:
    """Return what the environment's role may do (MWAA user guide, "Amazon MWAA execution role")."""
    queue = pulumi.Output.format("arn:{}:sqs:{}:*:airflow-celery-*", place.partition, place.region)
    logs = place.arn("logs", f"log-group:airflow-{name}-*")
    queue_actions = ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl"]
    return [
        allow("Heartbeat", ["airflow:PublishMetrics"], [place.arn("airflow", f"environment/{name}")]),
        allow("ReadBucket", ["s3:GetBucket*", "s3:ListBucket"], [bucket_arn]),
        allow("ReadFiles", ["s3:GetObject*"], [under(bucket_arn)]),
        allow(
            "WriteLogs",
            ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:PutLogEvents", "logs:GetLogEvents",
             "logs:GetLogRecord", "logs:GetLogGroupFields", "logs:GetQueryResults"],
            [logs],
        ),
        allow("FindLogs", ["logs:DescribeLogGroups", "cloudwatch:PutMetricData", "s3:GetAccountPublicAccessBlock"],
              ["*"]),
        allow("Queue", [f"sqs:{action}" for action in (*queue_actions, "ReceiveMessage", "SendMessage")], [queue]),
        allow("Key", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:Encrypt"], [key_arn]),
        allow("FindCluster", ["eks:DescribeCluster"], [place.arn("eks", f"cluster/{cluster_name}")]),
    ]  # fmt: skip


def requirements() -> str:
    """Return the packages that the DAGs import; MWAA itself pins them to what suits its Airflow."""
    return "apache-airflow-providers-amazon\napache-airflow-providers-cncf-kubernetes\n"


def _files(
    component: ClusterComponent, store: Store, dags: Mapping[str, pulumi.Input[str]]
) -> list[aws.s3.BucketObjectv2]:
    contents: dict[str, pulumi.Input[str]] = {
        REQUIREMENTS: requirements(),
        **{f"{DAGS}/{name}": text for name, text in dags.items()},
    }
    return [
        aws.s3.BucketObjectv2(
            f"{component.name}-{key.replace('/', '-')}",
            bucket=store.name,
            key=key,
            content=content,
            tags=component.tags(),
            opts=component.child(depends_on=list(store.parts)),
        )
        for key, content in contents.items()
    ]
