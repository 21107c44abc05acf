"""Where a rule must look twice before it agrees, or say that it cannot tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from trimtab.rules import tokens as t
from trimtab.rules.examples import resource

from .edges import (
    DATA,
    ENDPOINT,
    HUB,
    S3,
    TRUST,
    UNKNOWN,
    container,
    pod,
    policy,
    run,
    selector,
    trail,
    variant,
)

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

BREAKS: list[tuple[str, tuple[Resource, ...], str]] = [
    (
        "bucket-versioning",
        (DATA, resource(t.BUCKET_VERSIONINGS[0], "v", bucket="data", versioningConfiguration={"status": "Suspended"})),
        "is not versioned",
    ),
    (
        "bucket-versioning",
        (DATA, resource(t.BUCKET_VERSIONINGS[0], "v", bucket="other", versioningConfiguration={"status": "Enabled"})),
        "is not versioned",
    ),
    (
        "trail-covers-buckets",
        (
            DATA,
            trail(
                advancedEventSelectors=selector(S3, {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::data2/"]})
            ),
        ),
        "no trail",
    ),
    (
        "trail-covers-buckets",
        (DATA, trail(advancedEventSelectors=selector({"field": "eventCategory", "equals": ["Management"]}))),
        "no trail",
    ),
    (
        "model-data-versioned",
        (container(modelDataUrl="s3://elsewhere/m.tgz"),),
        "s3://elsewhere/m.tgz lies outside this stack",
    ),
    ("huggingface-revision-pinned", (container(environment={**HUB, "HF_MODEL_REVISION": "v1.0"}),), "at revision v1.0"),
    (
        "huggingface-revision-pinned",
        (resource(t.SAGEMAKER_MODEL, "m", containers=[{"image": "x"}, {"environment": HUB}]),),
        "at revision main",
    ),
    (
        "security-group-closed",
        (resource(t.INGRESS_RULE, "r", ipProtocol="-1", cidrIpv6="::/0"),),
        "opens every port to ::/0",
    ),
    (
        "security-group-closed",
        (
            resource(
                t.SECURITY_GROUP_RULE,
                "r",
                type="ingress",
                protocol="tcp",
                fromPort=80,
                toPort=443,
                cidrBlocks=["0.0.0.0/0"],
            ),
        ),
        "opens 80 to 443",
    ),
    (
        "iam-no-administrator",
        (
            resource(
                t.IAM_POLICIES[1],
                "p",
                policy=policy({"Effect": "Allow", "Action": ["s3:Get*", "*"], "Resource": ["*"]}),
            ),
        ),
        "every action",
    ),
    (
        "iam-trust-is-closed",
        (resource(TRUST, "r", assumeRolePolicy=policy({"Effect": "Allow", "Principal": {"AWS": "*"}})),),
        "anybody",
    ),
    (
        "served-model-registered",
        (
            resource(t.SAGEMAKER_PACKAGE_GROUP, "g", modelPackageGroupName="fraud"),
            container(modelPackageName="arn:aws:sagemaker:r:1:model-package/fraud-2/1"),
            variant(modelName="m-id"),
            ENDPOINT,
        ),
        "belongs to no",
    ),
    (
        "endpoint-data-capture",
        (
            resource(
                t.SAGEMAKER_ENDPOINT_CONFIG,
                "c",
                dataCaptureConfig={
                    "enableCapture": True,
                    "initialSamplingPercentage": 100,
                    "captureOptions": [{"captureMode": "Input"}],
                },
            ),
        ),
        "captures Input, not input and output",
    ),
    (
        "endpoint-data-capture",
        (
            resource(
                t.SAGEMAKER_ENDPOINT_CONFIG,
                "c",
                dataCaptureConfig={
                    "enableCapture": True,
                    "initialSamplingPercentage": 0,
                    "captureOptions": [{"captureMode": "InputAndOutput"}],
                },
            ),
        ),
        "captures 0 percent",
    ),
    ("alarm-has-action", (resource(t.ALARM, "a", alarmActions=["x"], actionsEnabled=False),), "tells nobody"),
    ("owner-tags", (resource(t.BUCKET, "b", tags={"Team": "", "CostCenter": "1"}),), "lacks Team"),
    ("pod-not-privileged", (pod(securityContext={"privileged": True}),), "container c is privileged"),
    (
        "noncurrent-versions-kept",
        (
            resource(t.BUCKET, "d", {}, bucket="d", versioning={"enabled": True}),
            resource(
                t.BUCKET_LIFECYCLES[0],
                "l",
                bucket="d",
                rules=[{"id": "r", "status": "Enabled", "noncurrentVersionExpiration": {"noncurrentDays": "1"}}],
            ),
        ),
        "after 1 days",
    ),
    (
        "spot-where-interruptible",
        (resource(t.SCALING_GROUP, "g", tags=[{"key": "Interruptible", "value": "True"}]),),
        "on demand only",
    ),
    (
        "key-deletion-window",
        (resource(t.KMS_KEY, "k", deletionWindowInDays=7, tags={"Environment": "production"}),),
        "after 7 days",
    ),
    (
        "model-approval-manual",
        (
            resource(
                t.SAGEMAKER_PIPELINE,
                "p",
                pipelineDefinition=json.dumps({"Steps": [{"a": [{"ModelApprovalStatus": "Approved"}]}]}),
            ),
        ),
        "as Approved",
    ),
    (
        "lustre-backed-up",
        (resource(t.LUSTRE, "l", deploymentType="PERSISTENT_2"), resource(t.LUSTRE_LINK, "a", fileSystemId="other")),
        "no backups",
    ),
    (
        "deployment-has-disruption-budget",
        (pod(), resource(t.DISRUPTION_BUDGET, "b", spec={"selector": {"matchLabels": {"app": "other"}}})),
        "no disruption budget",
    ),
    (
        "eks-endpoint-not-public",
        (resource(t.EKS_CLUSTER, "c", vpcConfig={"publicAccessCidrs": ["10.0.0.0/8", "0.0.0.0/0"]}),),
        "whole internet",
    ),
    (
        "kms-policy-closed",
        (resource(t.KMS_KEY_POLICY, "p", policy=policy({"Effect": "Allow", "Principal": {"AWS": ["*"]}})),),
        "anybody",
    ),
    (
        "model-has-card",
        (
            resource(t.SAGEMAKER_PACKAGE_GROUP, "g", modelPackageGroupName="fraud"),
            resource(t.MODEL_CARD, "c", content='{"a": ["fraud-2"]}'),
        ),
        "no model card",
    ),
    (
        "training-job-has-limit",
        (resource(t.SAGEMAKER_TRAINING_JOB, "j", stoppingCondition={"maxRuntimeInSeconds": 432000}),),
        "may run 120 hours",
    ),
]

UNDECIDED: list[tuple[str, tuple[Resource, ...], str]] = [
    ("bucket-versioning", (DATA, resource(t.BUCKET_VERSIONINGS[0], "v", bucket=UNKNOWN)), "`bucket` of v"),
    ("iam-no-administrator", (resource(t.IAM_POLICIES[0], "p", policy=UNKNOWN),), "`policy`"),
    ("model-data-versioned", (container(modelDataUrl=UNKNOWN),), "`primaryContainer.modelDataUrl`"),
    (
        "endpoint-alarm",
        (ENDPOINT, resource(t.ALARM, "a", dimensions={"EndpointName": UNKNOWN})),
        "`dimensions.EndpointName` of a",
    ),
    ("endpoint-rolls-back", (resource(t.SAGEMAKER_ENDPOINT, "e", tags={"Environment": UNKNOWN}),), "tag Environment"),
    ("no-plain-credentials", (container(environment={"HF_TOKEN": UNKNOWN}),), "HF_TOKEN"),
    ("scaling-group-two-zones", (resource(t.SCALING_GROUP, "g", vpcZoneIdentifiers=UNKNOWN),), "`vpcZoneIdentifiers`"),
]


@pytest.mark.parametrize(("rule", "resources", "says"), BREAKS)
def test_it_breaks(rule: str, resources: tuple[Resource, ...], says: str) -> None:
    found = run(rule, *resources)
    assert [finding.status for finding in found] == ["finding"]
    assert says in found[0].message


@pytest.mark.parametrize(("rule", "resources", "what"), UNDECIDED)
def test_it_cannot_be_told_yet(rule: str, resources: tuple[Resource, ...], what: str) -> None:
    found = run(rule, *resources)
    assert [(finding.status, finding.message) for finding in found] == [
        ("unknown", f"unknown until update: {what} is not known yet")
    ]
