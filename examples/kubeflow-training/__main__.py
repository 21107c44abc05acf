"""A team that trains with Kubeflow Trainer and Ray, in a queue before its own spot GPUs.

The research team has a namespace on a cluster that the platform team runs, a pool of spot GPUs that is empty while
nobody trains, and a queue in front of it. It fine-tunes with PyTorch or DeepSpeed, looks for hyperparameters with Ray,
and everything that it runs begins again from its checkpoint.
"""

from __future__ import annotations

import pulumi

from trimtab.components.artifact_store import ArtifactStore
from trimtab.components.gpu_pool import GpuPool
from trimtab.components.kube import skip_await
from trimtab.components.tenancy import Tenancy
from trimtab.components.training_runtimes import TrainingRuntimes
from trimtab.spec import artifact_store
from trimtab.spec.cluster import disruption, gpu_pool, gpu_queue, tenancy, training, training_jobs, training_runtimes
from trimtab.spec.cluster.pods import Resources
from trimtab.spec.cluster.serving_gpu import WholeGpus
from trimtab.spec.cluster.serving_ray_pods import RayWorkers
from trimtab.spec.owner import Context, Owner

TEAM, POOL = "research", "research-a10g"
TYPE = "g5.12xlarge"
DIGEST = "sha256:4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c"
REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/research"

config = pulumi.Config()
embedded = pulumi.Config("trimtab").get_bool("embedded") or False
context = Context(
    platform="research",
    environment="dev",
    owner=Owner(team="research", cost_center="CC-4810", contact="research@acme.example"),
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
            groups=tenancy.TenantGroups(developers=("research-scientists",)),
            quota=tenancy.TenantQuota(vcpus=512, memory_gib=2048, gpus=32),
        ),
    },
    here,
)
on_team = pulumi.ResourceOptions.merge(here, pulumi.ResourceOptions(depends_on=[team]))
pool = GpuPool(
    "pool",
    {
        "context": context,
        "spec": gpu_pool.GpuPool(
            name=POOL,
            instance_types=(TYPE,),
            capacity_types=("spot", "on-demand"),
            interruptible=True,  # every job of the team begins again from its checkpoint
            max_gpus=32,
            consolidation=disruption.Consolidation(policy="WhenEmpty", after_minutes=10),
            queue=gpu_queue.GpuQueue(teams=(gpu_queue.TeamQuota(tenant=TEAM, gpus=32),)),
        ),
        # What the cluster's own team says of its nodes.
        "instance_profile": config.get("nodeProfile") or "acme-nodes",
        "subnet_ids": config.get_object("subnetIds") or ["subnet-0a1b2c3d4e5f60718", "subnet-18070f6e5d4c3b2a1"],
        "security_group_ids": [config.get("nodeSecurityGroup") or "sg-0a1b2c3d4e5f60718"],
        "namespaces": {TEAM: team.namespace_name},
    },
    on_team,
)

NODE = Resources(cpu_millicores=40_000, memory_mib=163_840, cpu_limit_percent=110)
FOUR = WholeGpus(type="whole", count=4)
spec = training.Training(
    namespace=TEAM,
    queue=POOL,
    runtimes=(
        training_runtimes.TorchRuntime(
            type="torch",
            name="torch",
            image=f"{REGISTRY}/torch@{DIGEST}",
            nodes=2,
            resources=NODE,
            gpu=FOUR,
            pool=POOL,
            instance_type=TYPE,
            efa=True,
        ),
        training_runtimes.DeepSpeedRuntime(
            type="deepspeed",
            name="deepspeed",
            image=f"{REGISTRY}/deepspeed@{DIGEST}",
            nodes=4,
            resources=NODE,
            gpu=FOUR,
            pool=POOL,
            instance_type=TYPE,
        ),
    ),
    jobs=(
        training_jobs.TrainJob(
            name="baseline",
            runtime="torch",
            command=("torchrun", "-m", "research.finetune"),
            args=("--epochs=3",),
            model="summariser",
        ),
    ),
    ray_jobs=(
        training_jobs.RayTrainingJob(
            name="tune",
            image=f"{REGISTRY}/ray@{DIGEST}",
            ray_version="2.52.0",
            entrypoint="python -m research.tune",
            environment={"TRIALS": "40"},
            deadline_seconds=43_200,
            workers=(
                RayWorkers(
                    name="gpu",
                    resources=NODE,
                    gpu=FOUR,
                    pool=POOL,
                    instance_type=TYPE,
                    min_replicas=4,
                    max_replicas=4,
                ),
            ),
            model="summariser",
        ),
    ),
    checkpoints=training.Checkpoints(kept_days=14),
)
trained = TrainingRuntimes(
    "training",
    {
        "context": context,
        "spec": spec,
        "namespace": team.namespace_name,
        "data_bucket": store.data_bucket,
        "kms_key_arn": store.kms_key_arn,
    },
    pulumi.ResourceOptions.merge(on_team, pulumi.ResourceOptions(depends_on=[pool])),
)

pulumi.export("namespace", team.namespace_name)
pulumi.export("queue", pool.node_pool_name)
pulumi.export("checkpoints", trained.checkpoint_uri)
pulumi.export("runtimes", trained.runtime_names)
