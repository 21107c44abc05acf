"""A retraining pipeline alone, wired to an endpoint that somebody else declares."""

from __future__ import annotations

import pulumi
from parts import ENDPOINT, PIPELINE  # type: ignore[import-not-found]  # Pulumi runs this folder, not the package

from trimtab.components.pipelines import RetrainingPipeline
from trimtab.spec import Context, Owner
from trimtab.spec.pipelines import RetrainingPipeline as PipelineSpec
from trimtab.spec.serving import ServingEndpoint

owner = Owner(team="Risk", cost_center="cc-100", contact="ml@acme.example")
pipeline = RetrainingPipeline(
    "retraining",
    {
        "context": Context(platform="acme", environment="dev", owner=owner),
        "spec": PipelineSpec.model_validate(PIPELINE),
        "target": {
            "spec": ServingEndpoint.model_validate(ENDPOINT),
            "endpoint_name": "acme-dev-fraud",
            "endpoint_arn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/acme-dev-fraud",
            "role_arn": "arn:aws:iam::123456789012:role/endpoint",
            "security_group_id": "sg-0123456789abcdef0",
            "rollback_alarm_names": ["acme-dev-fraud-latency", "acme-dev-fraud-errors"],
            "monitored": True,
        },
        "model_group_names": {"fraud": "acme-dev-fraud"},
        "data_bucket": "data",
        "model_bucket": "models",
        "vpc_id": "vpc-0123456789abcdef0",
        "subnet_ids": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        "notice_topic_arn": "arn:aws:sns:us-east-1:123456789012:alarms",
    },
)
pulumi.export("machine", pipeline.machine_arn)
