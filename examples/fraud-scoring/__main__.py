"""One team, one model, every decision on record.

The payments team owns its account and composes components itself: no `trimtab:platform` object, the same spec
models in Python. Whoever audits this model finds the approval, the data version, the image digest, each captured
decision, and a trail of who touched any of it.
"""

from __future__ import annotations

import pulumi

from trimtab.components.artifact_store import ArtifactStore
from trimtab.components.audit_trail import AuditTrail
from trimtab.components.human_review import HumanReview
from trimtab.components.model_registry import ModelRegistry
from trimtab.components.monitoring import AlarmTopic, Monitoring
from trimtab.components.network import Network
from trimtab.components.pipelines import RetrainingPipeline
from trimtab.components.serving_endpoint import ServingEndpoint, saturation_metric
from trimtab.spec import artifact_store, audit, model_registry, monitoring, network, serving
from trimtab.spec.human_review import ExistingTeam, ReviewedAnswers
from trimtab.spec.human_review import HumanReview as ReviewSpec
from trimtab.spec.model_source import RegisteredModel
from trimtab.spec.owner import Context, Owner
from trimtab.spec.pipelines import Gate, TrainingStep
from trimtab.spec.pipelines import RetrainingPipeline as PipelineSpec
from trimtab.spec.reviews import Reviews
from trimtab.spec.serving_capacity import RealTime

REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
IMAGE = f"{REGISTRY}/fraud-scoring@sha256:8f1a4c6d2b7e9035d1c2a3b4f5e6978812c3d4e5f60718293a4b5c6d7e8f9012"
ANALYSTS = "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/fraud-analysts"
YEAR, MODEL = 365, "fraud-scoring"

context = Context(
    platform="payments",
    environment="prod",
    owner=Owner(team="payments-ml", cost_center="CC-4730", contact="payments-ml@acme.example"),
    data_classification="restricted",
)

net = Network("network", {"context": context, "spec": network.NewNetwork(zones=3, flow_log_retention_days=YEAR)})
store = ArtifactStore(
    "artifacts",
    {"context": context, "spec": artifact_store.ArtifactStore(evidence_lock_days=YEAR)},
)
registry = ModelRegistry(
    "registry",
    {
        "context": context,
        "spec": model_registry.ModelRegistry(
            groups=(model_registry.ModelGroup(name=MODEL, description="Is this payment fraudulent?"),),
            repositories=(model_registry.ImageRepository(name=MODEL, images_kept=200),),
        ),
        "kms_key_arn": store.kms_key_arn,
    },
)
alarms = AlarmTopic("alarms", {"context": context, "email": context.owner.contact})

endpoint_spec = serving.ServingEndpoint(
    name=MODEL,
    model=RegisteredModel(
        type="registered", group=MODEL, version=3, image=IMAGE, data_key=f"{MODEL}/3/model.tar.gz", gpu_memory_gib=6
    ),
    capacity=RealTime(
        form="real-time",
        instance_type="ml.g5.2xlarge",
        min_instances=3,
        max_instances=12,
        target_invocations_per_instance=3000,
    ),
    # Every decision about a person is kept, not a sample of them.
    data_capture=serving.DataCapture(sampling_percent=100),
    deployment=serving.BlueGreenDeployment(canary_percent=5, bake_minutes=30),
    latency_p99_ms=40,
    service_class="critical",
    # Annex III, 5(b) of the EU AI Act spares the detection of fraud; a refused payment spares nobody.
    eu_ai_act_risk="high",
    human_review=ReviewSpec(
        team=ExistingTeam(type="existing", workteam_arn=ANALYSTS),
        instructions="Was this payment fraudulent? Judge by the request, not by the score.",
        outcomes=("fraud", "legitimate", "cannot tell"),
        answers=ReviewedAnswers(below_confidence_percent=60, sampled_percent=0.1, score="probability"),
        reviewers=2,
        kept_days=5 * YEAR,
    ),
)
reviews = HumanReview(
    "reviews",
    {
        "context": context,
        "spec": Reviews(endpoints=(endpoint_spec,)),
        "capture_bucket": store.data_bucket,
        "capture_key_arn": store.kms_key_arn,
        "alarm_topic_arn": alarms.topic_arn,
    },
)
endpoint = ServingEndpoint(
    "fraud",
    {
        "context": context,
        "spec": endpoint_spec,
        "vpc_id": net.vpc_id,
        "subnet_ids": net.subnet_ids,
        "model_bucket": store.model_bucket,
        "capture_bucket": store.data_bucket,
        "model_group_names": registry.model_group_names,
        "kms_key_arn": store.kms_key_arn,
        "alarm_topic_arn": alarms.topic_arn,
        "error_rate_percent": 0.5,
    },
)

retraining = RetrainingPipeline(
    "retraining",
    {
        "context": context,
        "spec": PipelineSpec(
            name="fraud-retraining",
            model_group=MODEL,
            endpoint=MODEL,
            data_prefix="training/fraud",
            training=TrainingStep(image=IMAGE, instance_type="ml.g5.12xlarge", max_runtime_seconds=43_200),
            gates=(
                Gate(metric="auc", comparison="at-least", value=0.95),
                Gate(metric="demographic_parity_difference", comparison="at-most", value=0.05),
            ),
        ),
        "target": {
            "spec": endpoint_spec,
            "endpoint_name": endpoint.endpoint_name,
            "endpoint_arn": endpoint.endpoint_arn,
            "role_arn": endpoint.role_arn,
            "security_group_id": endpoint.security_group_id,
            "rollback_alarm_names": endpoint.rollback_alarm_names,
            "monitored": True,
        },
        "model_group_names": registry.model_group_names,
        "data_bucket": store.data_bucket,
        "model_bucket": store.model_bucket,
        "vpc_id": net.vpc_id,
        "subnet_ids": net.subnet_ids,
        "kms_key_arn": store.kms_key_arn,
        "notice_topic_arn": alarms.topic_arn,
        "notice_key_arn": alarms.key_arn,
    },
)

watch = Monitoring(
    "monitoring",
    {
        "context": context,
        "spec": monitoring.Monitoring(
            alarm_email=context.owner.contact,
            monitors=(monitoring.ModelMonitor(endpoint=MODEL, ground_truth_prefix="labels/fraud"),),
        ),
        "endpoints": [
            {
                "name": MODEL,
                "endpoint_name": endpoint.endpoint_name,
                "saturation": saturation_metric(endpoint_spec)[:2],
                "alarm_names": endpoint.alarm_names,
                "alarm_arns": endpoint.alarm_arns,
                "retraining_arn": retraining.machine_arn,
            }
        ],
        "pools": [],
        "data_bucket": store.data_bucket,
        "vpc_id": net.vpc_id,
        "subnet_ids": net.subnet_ids,
        "kms_key_arn": store.kms_key_arn,
        "alarm_topic_arn": alarms.topic_arn,
        "alarm_key_arn": alarms.key_arn,
    },
)

trail = AuditTrail(
    "audit",
    {
        "context": context,
        "spec": audit.AuditTrail(eu_ai_act_risk="high", log_retention_days=1827, evidence_lock_days=1825),
        "bucket_arns": [*store.bucket_arns, reviews.answers_bucket_arn],
    },
)

pulumi.export("endpoint", endpoint.endpoint_name)
pulumi.export("stateMachine", retraining.machine_arn)
pulumi.export("dashboard", watch.dashboard_name)
pulumi.export("reviewAnswers", reviews.answers_bucket)
pulumi.export("evidenceBucket", trail.evidence_bucket)
