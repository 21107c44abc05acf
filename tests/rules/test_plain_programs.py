"""Programs that use none of our components, in plain pulumi_aws and pulumi_kubernetes: found out, and mended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi_aws as aws
import pulumi_kubernetes as kubernetes

from tests.rules.recorded import resources_of
from tests.rules.states import export_of
from trimtab.render.program import Settings, run
from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.registry import RULES
from trimtab.rules.state import stack_from

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE = "ghcr.io/acme/claims@sha256:" + "a" * 64
TAGS = {"Team": "ml", "CostCenter": "1", "Environment": "dev", "EuAiActRisk": "high"}
LIMITS = {"cpu": "1", "memory": "1Gi"}
CLOSED = {
    "allow_privilege_escalation": False,
    "read_only_root_filesystem": True,
    "run_as_non_root": True,
    "capabilities": {"drop": ["ALL"]},
}
WATCHED = ("bucket-versioning", "ecr-immutable-tags", "endpoint-risk-class", "high-risk-human-review")
ON_CLUSTER = ("workload-image-by-digest", "containers-have-requests", "kubernetes-drift-monitor", "endpoint-risk-class")


def found(program: Callable[[], object]) -> set[tuple[str, str]]:
    """Rule and resource of what an offline check of a program's state says."""
    recorded, _ = run(program, Settings(config={"aws:region": "eu-west-1"}))
    document = json.loads(json.dumps(export_of(resources_of(recorded))))
    return {
        (finding.rule, finding.urn.rsplit("::", 1)[1])
        for finding in RuleSet(RULES, default_settings(RULES)).check(stack_from(document, "F"))
    }


def serve(tags: dict[str, str] | None, mutability: str | None = None) -> aws.s3.Bucket:
    aws.ecr.Repository("models", image_tag_mutability=mutability)
    aws.sagemaker.Endpoint("claims", name="claims", endpoint_config_name="claims", tags=tags)
    return aws.s3.Bucket("data")


def on_cluster(image: str, resources: object, **metadata: object) -> None:
    container = {"name": "kserve-container", "image": image, "resources": resources, "securityContext": CLOSED}
    kubernetes.apiextensions.CustomResource(
        "claims",
        api_version="serving.kserve.io/v1beta1",
        kind="InferenceService",
        metadata={"name": "claims", "namespace": "ml", **metadata},
        spec={"predictor": {"containers": [container]}},
    )


def test_plain_resources_of_aws() -> None:
    broken = found(lambda: serve(None))
    assert broken >= {
        ("bucket-versioning", "data"),
        ("ecr-immutable-tags", "models"),
        ("endpoint-risk-class", "claims"),
    }

    def mended() -> None:
        data = serve(TAGS, "IMMUTABLE")
        aws.s3.BucketVersioning("data", bucket=data.id, versioning_configuration={"status": "Enabled"})
        aws.sagemaker.FlowDefinition(
            "review",
            flow_definition_name="claims",
            role_arn="arn:aws:iam::123456789012:role/review",
            output_config={"s3_output_path": "s3://reviews/claims"},
            human_loop_config={
                "human_task_ui_arn": "arn:aws:sagemaker:eu-west-1:123456789012:human-task-ui/claims",
                "workteam_arn": "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/claims",
                "task_title": "Review",
                "task_description": "Review an answer",
                "task_count": 1,
            },
            tags={"Endpoint": "claims"},
        )

    assert not {one for one in found(mended) if one[0] in WATCHED}


def test_plain_objects_of_kubernetes() -> None:
    broken = found(lambda: on_cluster("ghcr.io/acme/claims:latest", {}))
    assert {rule for rule, name in broken if name == "claims"} >= set(ON_CLUSTER)

    def mended() -> None:
        on_cluster(IMAGE, {"requests": LIMITS, "limits": LIMITS}, labels={"trimtab.dev/eu-ai-act-risk": "limited"})
        watched = json.dumps([{"model": "claims"}])
        kubernetes.core.v1.ConfigMap(
            "drift", metadata={"name": "drift", "namespace": "ml"}, data={"models.json": watched}
        )
        check = {"name": "drift", "image": IMAGE, "resources": {"requests": LIMITS, "limits": LIMITS}}
        pod = {"containers": [check], "volumes": [{"name": "models", "configMap": {"name": "drift"}}]}
        kubernetes.batch.v1.CronJob(
            "drift",
            metadata={"name": "drift", "namespace": "ml"},
            spec={"schedule": "0 * * * *", "jobTemplate": {"spec": {"template": {"spec": pod}}}},
        )

    assert not {one for one in found(mended) if one[0] in ON_CLUSTER}
