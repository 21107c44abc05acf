"""A language model behind vLLM, and an assistant of the team's own code behind Ray Serve.

The assistant team has a namespace on a cluster that the platform team runs, a pool of GPUs that come when pods ask
for them, and two servers: an open model by its commit, and a Ray Serve application that looks documents up and asks
that model. Both scale by what waits, both are watched.
"""

from __future__ import annotations

import pulumi

from trimtab.components.artifact_store import ArtifactStore
from trimtab.components.cluster_monitoring import ClusterMonitoring
from trimtab.components.gpu_pool import GpuPool
from trimtab.components.kube import skip_await
from trimtab.components.model_server import ModelServer
from trimtab.components.tenancy import Tenancy
from trimtab.spec import artifact_store
from trimtab.spec.cluster import gpu_pool, gpu_queue, monitoring, monitoring_drift, monitoring_objectives, tenancy
from trimtab.spec.cluster.monitoring_routing import KeyOfSecret, Mail, Routing
from trimtab.spec.cluster.pods import Resources
from trimtab.spec.cluster.serving import RayServing, VllmServing
from trimtab.spec.cluster.serving_gpu import WholeGpus
from trimtab.spec.cluster.serving_model import EmptyDirCache, Engine, HubModel
from trimtab.spec.cluster.serving_ray_apps import CodeApplication, DeploymentScaling, ServeDeployment
from trimtab.spec.cluster.serving_ray_pods import RayWorkers
from trimtab.spec.cluster.serving_scaling import PrometheusScaling
from trimtab.spec.owner import Context, Owner

TEAM, POOL = "assistant", "assistant-l4"
DIGEST = "sha256:3f1d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f00f"
VLLM_IMAGE = f"docker.io/vllm/vllm-openai@{DIGEST}"
RAY_IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/assistant@{DIGEST}"
DRIFT_IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/drift@{DIGEST}"

config = pulumi.Config()
embedded = pulumi.Config("trimtab").get_bool("embedded") or False
context = Context(
    platform="assistant",
    environment="dev",
    owner=Owner(team="assistant", cost_center="CC-4750", contact="assistant@acme.example"),
)
# The embedded cluster has no controllers: nobody would ever say that an object is ready.
here = pulumi.ResourceOptions(transformations=[skip_await] if embedded else None)

store = ArtifactStore("artifacts", {"context": context, "spec": artifact_store.ArtifactStore()})
team = Tenancy(
    "team",
    {
        "context": context,
        "spec": tenancy.Tenant(
            name=TEAM,
            groups=tenancy.TenantGroups(developers=("assistant-developers",), viewers=("everybody",)),
            quota=tenancy.TenantQuota(vcpus=128, memory_gib=768, gpus=12),
        ),
    },
    here,
)
on_team = pulumi.ResourceOptions.merge(here, pulumi.ResourceOptions(depends_on=[team]))
GpuPool(
    "pool",
    {
        "context": context,
        "spec": gpu_pool.GpuPool(
            name=POOL,
            instance_types=("g6.2xlarge", "g6.4xlarge"),
            max_gpus=12,
            queue=gpu_queue.GpuQueue(teams=(gpu_queue.TeamQuota(tenant=TEAM, gpus=12),)),
            service_class="standard",
        ),
        # What the cluster's own team says of its nodes.
        "instance_profile": config.get("nodeProfile") or "acme-nodes",
        "subnet_ids": config.get_object("subnetIds") or ["subnet-0a1b2c3d4e5f60718", "subnet-18070f6e5d4c3b2a1"],
        "security_group_ids": [config.get("nodeSecurityGroup") or "sg-0a1b2c3d4e5f60718"],
        "namespaces": {TEAM: team.namespace_name},
    },
    on_team,
)

model = VllmServing(
    form="vllm",
    name="mistral",
    namespace=TEAM,
    model_group="mistral",
    image=VLLM_IMAGE,
    gpu_memory_gib=18,
    latency_p99_ms=20_000,
    model=HubModel(
        model_id="mistralai/Mistral-7B-Instruct-v0.3",
        revision="c170c708c41dac9275d15a8fff4eca08d52bab71",
    ),
    engine=Engine(served_model_name="mistral", max_model_len=16_384, dtype="bfloat16"),
    cache=EmptyDirCache(type="empty-dir", size_gib=40),
    resources=Resources(cpu_millicores=6000, memory_mib=24_576),
    gpu=WholeGpus(type="whole"),
    pool=POOL,
    instance_type="g6.2xlarge",
    min_replicas=2,
    max_replicas=8,
    scaling=PrometheusScaling(
        type="prometheus",
        query=f'sum(vllm:num_requests_running{{namespace="{TEAM}"}} + vllm:num_requests_waiting{{namespace="{TEAM}"}})',
        threshold=12,  # more requests at once, and a token takes longer than a reader waits for
    ),
)
server = ModelServer("mistral", {"context": context, "spec": model, "namespace": team.namespace_name}, on_team)

assistant = RayServing(
    form="ray",
    name="assistant",
    namespace=TEAM,
    model_group="assistant",
    image=RAY_IMAGE,
    ray_version="2.52.0",
    latency_p99_ms=25_000,
    callers=("web",),
    applications=(
        CodeApplication(
            type="code",
            name="assistant",
            import_path="assistant.serve:application",
            args={"model": "mistral"},
            environment={"MODEL_URL": f"http://mistral.{TEAM}.svc:8000/v1"},
            deployments=(
                ServeDeployment(name="Embedder", gpus=0.5, scaling=DeploymentScaling(min_replicas=1, max_replicas=4)),
                ServeDeployment(
                    name="Assistant",
                    scaling=DeploymentScaling(min_replicas=2, max_replicas=12, target_ongoing_requests=20),
                ),
            ),
        ),
    ),
    workers=(
        RayWorkers(
            name="gpu",
            resources=Resources(cpu_millicores=6000, memory_mib=24_576),
            gpu=WholeGpus(type="whole"),
            pool=POOL,
            instance_type="g6.2xlarge",
            min_replicas=1,
            max_replicas=2,
        ),
        RayWorkers(
            name="cpu", resources=Resources(cpu_millicores=4000, memory_mib=8192), min_replicas=1, max_replicas=3
        ),
    ),
)
application = ModelServer(
    "assistant", {"context": context, "spec": assistant, "namespace": team.namespace_name}, on_team
)

ClusterMonitoring(
    "watch",
    {
        "context": context,
        "namespace": team.namespace_name,
        "spec": monitoring.ClusterMonitoring(
            exporters=("dcgm", "vllm", "ray"),
            objectives=(
                monitoring_objectives.Objective(model="mistral", server="vllm", latency_ms=20_000),
                monitoring_objectives.Objective(model="assistant", server="ray", latency_ms=25_000),
            ),
            drift=monitoring_drift.DriftService(
                image=DRIFT_IMAGE,
                models=tuple(
                    monitoring_drift.DriftedModel(
                        model=name,
                        reference=f"s3://assistant-questions/{name}/reference/",
                        current=f"s3://assistant-questions/{name}/asked/",
                        retrain=False,  # a person reads the conversations first
                    )
                    for name in ("mistral", "assistant")
                ),
            ),
            routing=Routing(
                mail=Mail(
                    smarthost="email-smtp.eu-west-1.amazonaws.com:587",
                    sender="alerts@acme.example",
                    username="alerts",
                    password=KeyOfSecret(secret="mail", key="password"),  # noqa: S106  a secret's name, not its text
                )
            ),
        ),
    },
    on_team,
)

pulumi.export("model", server.url)
pulumi.export("assistant", application.url)
pulumi.export("namespace", team.namespace_name)
pulumi.export("models", store.model_bucket)
