"""A language model on a GPU fleet.

The assistant team serves an open model by its commit, and fine-tunes it at night on spot GPUs. The fleet is sized
hour by hour by the analyser: `pulumi stack export` holds the sizing handles, without paths, as this program is
the declaration.
"""

from __future__ import annotations

import pulumi

from trimtab.components.artifact_store import ArtifactStore
from trimtab.components.model_registry import ModelRegistry
from trimtab.components.monitoring import AlarmTopic, Monitoring
from trimtab.components.network import Network
from trimtab.components.serving_endpoint import ServingEndpoint, saturation_metric
from trimtab.components.training_pool import TrainingPool
from trimtab.spec import artifact_store, model_registry, monitoring, network, serving, training_pool
from trimtab.spec.model_source import HuggingFaceModel
from trimtab.spec.owner import Context, Owner
from trimtab.spec.serving_capacity import RealTime

# AWS's own serving container for language models, by digest: a tag would be another image next month.
SERVING_IMAGE = (
    "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference"
    "@sha256:3f1d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f00f"
)
MODEL = "assistant"

context = Context(
    platform="assistant",
    environment="dev",
    owner=Owner(team="assistant", cost_center="CC-4750", contact="assistant@acme.example"),
)

# The container downloads its model when it starts, so the network has a way out.
net = Network("network", {"context": context, "spec": network.NewNetwork(nat="single")})
store = ArtifactStore("artifacts", {"context": context, "spec": artifact_store.ArtifactStore()})
registry = ModelRegistry(
    "registry",
    {
        "context": context,
        "spec": model_registry.ModelRegistry(
            groups=(model_registry.ModelGroup(name=MODEL, description="Answers questions about our own documents."),)
        ),
        "kms_key_arn": store.kms_key_arn,
    },
)
alarms = AlarmTopic("alarms", {"context": context, "email": context.owner.contact})

endpoint_spec = serving.ServingEndpoint(
    name=MODEL,
    model=HuggingFaceModel(
        type="hugging-face",
        group=MODEL,
        model_id="mistralai/Mistral-7B-Instruct-v0.3",
        revision="c170c708c41dac9275d15a8fff4eca08d52bab71",
        task="text-generation",
        image=SERVING_IMAGE,
        gpu_memory_gib=18,
    ),
    capacity=RealTime(
        form="real-time",
        instance_type="ml.g5.2xlarge",
        min_instances=2,
        max_instances=16,
        target_invocations_per_instance=60,  # a generation takes seconds: few requests fill a GPU
        scale_in_cooldown_seconds=1200,  # a new instance loads weights for minutes
    ),
    data_capture=serving.DataCapture(sampling_percent=5),
    latency_p99_ms=20_000,
)
endpoint = ServingEndpoint(
    "assistant",
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
    },
)

pool = TrainingPool(
    "tuning",
    {
        "context": context,
        "spec": training_pool.TrainingPool(
            name="tuning",
            instance_types=("g5.12xlarge", "g6.12xlarge"),
            min_nodes=0,
            max_nodes=4,
            spot_percent=100,
            interruptible=True,
            idle_minutes_before_scale_down=15,
            schedules=(
                training_pool.PoolSchedule(name="night", cron="0 22 * * *", min_nodes=0, max_nodes=4),
                training_pool.PoolSchedule(name="day", cron="0 7 * * *", min_nodes=0, max_nodes=1),
            ),
            data=training_pool.S3Data(),
            model=MODEL,
        ),
        "vpc_id": net.vpc_id,
        "subnet_ids": net.subnet_ids,
        "zones": net.zones,
        "data_bucket": store.data_bucket,
        "model_bucket": store.model_bucket,
        "kms_key_arn": store.kms_key_arn,
        "alarm_topic_arn": alarms.topic_arn,
    },
)

watch = Monitoring(
    "monitoring",
    {
        "context": context,
        "spec": monitoring.Monitoring(
            alarm_email=context.owner.contact,
            monitors=(monitoring.ModelMonitor(endpoint=MODEL, hours_between_runs=24),),
            retrain_on_drift=False,  # a person reads the conversations first
        ),
        "endpoints": [
            {
                "name": MODEL,
                "endpoint_name": endpoint.endpoint_name,
                "saturation": saturation_metric(endpoint_spec)[:2],
                "alarm_names": endpoint.alarm_names,
                "alarm_arns": endpoint.alarm_arns,
            }
        ],
        "pools": [{"name": "tuning", "group_name": pool.group_name}],
        "data_bucket": store.data_bucket,
        "vpc_id": net.vpc_id,
        "subnet_ids": net.subnet_ids,
        "kms_key_arn": store.kms_key_arn,
        "alarm_topic_arn": alarms.topic_arn,
        "alarm_key_arn": alarms.key_arn,
    },
)

pulumi.export("endpoint", endpoint.endpoint_name)
pulumi.export("trainingPool", pool.group_name)
pulumi.export("dashboard", watch.dashboard_name)
