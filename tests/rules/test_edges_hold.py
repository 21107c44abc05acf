"""Where a rule must look twice before it objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trimtab.rules import tokens as t
from trimtab.rules.examples import resource, urn_of
from trimtab.rules.values import Opaque

from .edges import (
    BY_ID,
    DATA,
    ENDPOINT,
    HUB,
    LOGGING,
    LOGS,
    S3,
    TRUST,
    UNKNOWN,
    container,
    pod,
    policy,
    run,
    schedule,
    selector,
    trail,
    variant,
)

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

HOLDS: list[tuple[str, tuple[Resource, ...]]] = [
    ("bucket-versioning", (resource(t.BUCKET, "data", versioning={"enabled": True}),)),
    ("trail-covers-buckets", (DATA, trail(advancedEventSelectors=selector(S3)))),
    (
        "trail-covers-buckets",
        (
            DATA,
            trail(
                advancedEventSelectors=selector(S3, {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::data/"]})
            ),
        ),
    ),
    (
        "trail-covers-buckets",
        (DATA, trail(eventSelectors=[{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}])),
    ),
    ("trail-covers-buckets", (resource(t.BUCKET, "evidence", bucket="evidence"), trail())),
    ("trail-covers-buckets", (LOGS, LOGGING)),
    ("bucket-access-logging", (LOGS, LOGGING)),
    ("bucket-encrypted-with-cmk", (LOGS, LOGGING)),
    ("log-retention", (resource(t.LOG_GROUP, "l", retentionInDays=0),)),
    ("log-retention", (resource(t.LOG_GROUP, "l"),)),
    (
        "evidence-bucket-locked",
        (
            trail(),
            resource(t.BUCKET, "evidence", bucket="evidence"),
            resource(t.BUCKET_LOCKS[0], "l", bucket="evidence", rule={"defaultRetention": {"years": 1}}),
        ),
    ),
    ("huggingface-revision-pinned", (container(environment={"HF_MODEL_ID": "/opt/ml/model"}),)),
    ("huggingface-revision-pinned", (container(image="x"),)),
    ("model-image-by-digest", (container(modelPackageName="arn:aws:sagemaker:r:1:model-package/g/1"),)),
    (
        "endpoint-drift-monitor",
        (ENDPOINT, schedule(monitoringJobDefinition={"monitoringInputs": {"endpointInput": {"endpointName": "e"}}})),
    ),
    (
        "endpoint-alarm",
        (ENDPOINT, resource(t.ALARM, "a", metricQueries=[{"metric": {"dimensions": {"EndpointName": "e"}}}])),
    ),
    (
        "endpoint-alarm",
        (ENDPOINT, resource(t.ALARM, "a", {"dimensions": ENDPOINT.urn}, dimensions={"EndpointName": UNKNOWN})),
    ),
    ("endpoint-scales", (ENDPOINT, variant(serverlessConfig={"maxConcurrency": 5}))),
    ("endpoint-scales", (ENDPOINT, variant(managedInstanceScaling={"status": "ENABLED"}))),
    ("endpoint-two-instances", (variant(serverlessConfig={"maxConcurrency": 5}),)),
    ("endpoint-volume-encrypted", (variant(instanceType="ml.g5.xlarge"),)),
    ("endpoint-volume-encrypted", (variant(instanceType="ml.m5d.xlarge"),)),
    ("scaling-floor-two", (resource(t.SCALING_TARGET, "t", serviceNamespace="ecs", minCapacity=1),)),
    ("scaling-floor-two", (resource(t.SCALING_TARGET, "t", serviceNamespace="sagemaker", minCapacity=0),)),
    ("kms-key-rotation", (resource(t.KMS_KEY, "k", customerMasterKeySpec="RSA_2048", keyUsage="SIGN_VERIFY"),)),
    (
        "iam-no-administrator",
        (resource(t.IAM_POLICIES[0], "p", policy=policy({"Effect": "Deny", "Action": "*", "Resource": "*"})),),
    ),
    (
        "iam-no-administrator",
        (resource(t.IAM_POLICIES[0], "p", policy=policy({"Effect": "Allow", "NotAction": "iam:*", "Resource": "x"})),),
    ),
    (
        "iam-trust-is-closed",
        (
            resource(
                TRUST,
                "r",
                assumeRolePolicy=policy(
                    {"Effect": "Allow", "Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o"}}}
                ),
            ),
        ),
    ),
    (
        "security-group-closed",
        (resource(t.SECURITY_GROUP_RULE, "r", type="egress", protocol="-1", cidrBlocks=["0.0.0.0/0"]),),
    ),
    ("security-group-closed", (resource(t.INGRESS_RULE, "r", ipProtocol="-1", cidrIpv4="10.0.0.0/8"),)),
    (
        "no-plain-credentials",
        (pod(env=[{"name": "HF_TOKEN_FILE", "value": "/run/token"}, {"name": "TOKEN", "value": ""}]),),
    ),
    ("no-plain-credentials", (container(environment={"HF_TOKEN": Opaque.SECRET}),)),
    ("imds-v2", (resource(t.LAUNCH_TEMPLATE, "l", metadataOptions={"httpEndpoint": "disabled"}),)),
    ("pod-runs-as-non-root", (pod(securityContext={"runAsNonRoot": True}),)),
    ("containers-have-requests", (pod(resources={"limits": {"cpu": "1", "memory": "1Gi", "nvidia.com/gpu": "1"}}),)),
    ("model-network-isolation", (container(environment=HUB),)),
    ("helm-release-pinned", (resource(t.HELM_RELEASES[0], "r", chart="./charts/own"),)),
    ("budget-exists", (DATA,)),
    (
        "gpu-pool-scales-to-zero",
        (
            resource(t.SCALING_GROUP, "g", minSize=2, launchTemplate={"id": "l-id"}),
            resource(t.LAUNCH_TEMPLATE, "l", instanceType="m7i.large"),
        ),
    ),
    (
        "gpu-pool-scales-to-zero",
        (
            resource(
                t.SCALING_GROUP,
                "g",
                minSize=2,
                mixedInstancesPolicy={"launchTemplate": {"overrides": [{"instanceType": "p5.48xlarge"}]}},
            ),
            resource(t.SCALING_SCHEDULE, "night", autoscalingGroupName="g-id", minSize=0),
        ),
    ),
    ("scaling-group-two-zones", (resource(t.SCALING_GROUP, "g", placementGroup="p", vpcZoneIdentifiers=["s"]),)),
    (
        "deployment-two-replicas",
        (resource(t.DEPLOYMENT, "d", metadata={"labels": {"Environment": "dev"}}, spec={"replicas": 1}),),
    ),
    ("owner-tags", (resource(t.BUCKET, "b", tags={"Team": UNKNOWN, "CostCenter": "1"}),)),
    ("owner-tags", (resource(t.BUCKET, "b", tagsAll={"Team": "a", "CostCenter": "1"}),)),
    (
        "launch-template-version-pinned",
        (resource(t.SCALING_GROUP, "g", launchTemplate={"id": "l", "version": UNKNOWN}),),
    ),
    (
        "served-model-registered",
        (
            resource(t.SAGEMAKER_PACKAGE_GROUP, "g", modelPackageGroupName="fraud"),
            resource(
                t.SAGEMAKER_MODEL,
                "m",
                {"tags": urn_of(t.SAGEMAKER_PACKAGE_GROUP, "g")},
                name="m",
                tags={"ModelPackageGroup": UNKNOWN},
            ),
            variant(modelName="m"),
            ENDPOINT,
        ),
    ),
    (
        "lustre-backed-up",
        (
            resource(t.LUSTRE, "l", deploymentType="PERSISTENT_2"),
            resource(t.LUSTRE_LINK, "a", fileSystemId="l-id", dataRepositoryPath="s3://data/"),
        ),
    ),
    ("lustre-encrypted", (resource(t.LUSTRE, "l", deploymentType="SCRATCH_2"),)),
    ("eks-endpoint-not-public", (resource(t.EKS_CLUSTER, "c", vpcConfig={"endpointPublicAccess": False}),)),
    ("alarm-topic-subscribed", (resource(t.SNS_TOPIC, "events"),)),
    ("high-risk-human-review", (resource(t.SAGEMAKER_ENDPOINT, "e", tags={"EuAiActRisk": "limited"}),)),
    (
        "model-has-card",
        (
            resource(t.SAGEMAKER_PACKAGE_GROUP, "g"),
            resource(t.MODEL_CARD, "c", {"content": urn_of(t.SAGEMAKER_PACKAGE_GROUP, "g")}, content=UNKNOWN),
        ),
    ),
    (
        "bucket-policy-closed",
        (
            resource(
                t.BUCKET_POLICY,
                "p",
                policy=policy(
                    {"Effect": "Allow", "Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o"}}}
                ),
            ),
        ),
    ),
    (
        "iam-pass-role-scoped",
        (
            resource(
                t.IAM_POLICIES[0], "p", policy=policy({"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"})
            ),
        ),
    ),
    ("async-endpoint-notifies", (variant(instanceType="ml.m5.large"),)),
    ("async-endpoint-scales-to-zero", (ENDPOINT, variant(instanceType="ml.m5.large"))),
]


@pytest.mark.parametrize(("rule", "resources"), HOLDS)
def test_it_holds(rule: str, resources: tuple[Resource, ...]) -> None:
    subjects = {resource.type for resource in resources} & set(BY_ID[rule].types)
    assert subjects or rule == "budget-exists"
    # Only the first resource of the rule's types is the case; what stands beside it is there to be found.
    urn = next((resource.urn for resource in resources if resource.type in BY_ID[rule].types), "")
    assert [finding.message for finding in run(rule, *resources) if finding.urn == urn] == []
