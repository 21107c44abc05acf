"""Type tokens of Kubernetes objects. Pulumi calls a custom resource `kubernetes:<group>/<version>:<Kind>`.

Where an operator serves a kind in several versions, all its tokens stand together, the newest first.
"""

from __future__ import annotations

from trimtab.rules.tokens import DEPLOYMENT, STATEFUL_SET

POD = "kubernetes:core/v1:Pod"
NAMESPACE = "kubernetes:core/v1:Namespace"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
SERVICE = "kubernetes:core/v1:Service"
SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount"
INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
GATEWAYS = ("kubernetes:gateway.networking.k8s.io/v1:Gateway", "kubernetes:gateway.networking.k8s.io/v1beta1:Gateway")
ROUTES = (
    "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
    "kubernetes:gateway.networking.k8s.io/v1beta1:HTTPRoute",
    "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute",
    "kubernetes:gateway.networking.k8s.io/v1alpha2:TLSRoute",
    "kubernetes:gateway.networking.k8s.io/v1alpha2:TCPRoute",
)
NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
DAEMON_SET = "kubernetes:apps/v1:DaemonSet"
JOB = "kubernetes:batch/v1:Job"
CRON_JOB = "kubernetes:batch/v1:CronJob"
VOLUME_CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"

INFERENCE_SERVICE = "kubernetes:serving.kserve.io/v1beta1:InferenceService"
LLM_INFERENCE_SERVICES = (
    "kubernetes:serving.kserve.io/v1alpha2:LLMInferenceService",
    "kubernetes:serving.kserve.io/v1alpha1:LLMInferenceService",
)
SERVING_RUNTIMES = (
    "kubernetes:serving.kserve.io/v1alpha1:ServingRuntime",
    "kubernetes:serving.kserve.io/v1alpha1:ClusterServingRuntime",
)
RAY_CLUSTER = "kubernetes:ray.io/v1:RayCluster"
RAY_SERVICE = "kubernetes:ray.io/v1:RayService"
RAY_JOB = "kubernetes:ray.io/v1:RayJob"
TRAIN_JOB = "kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob"
TRAINING_RUNTIMES = (
    "kubernetes:trainer.kubeflow.org/v1alpha1:TrainingRuntime",
    "kubernetes:trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime",
)
JOB_SET = "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet"
PYTORCH_JOB = "kubernetes:kubeflow.org/v1:PyTorchJob"
WORKFLOW = "kubernetes:argoproj.io/v1alpha1:Workflow"
WORKFLOW_TEMPLATES = (
    "kubernetes:argoproj.io/v1alpha1:WorkflowTemplate",
    "kubernetes:argoproj.io/v1alpha1:ClusterWorkflowTemplate",
)
CRON_WORKFLOW = "kubernetes:argoproj.io/v1alpha1:CronWorkflow"
LEADER_WORKER_SET = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"

NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool"
EC2_NODE_CLASS = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
CLUSTER_QUEUES = ("kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue", "kubernetes:kueue.x-k8s.io/v1beta1:ClusterQueue")
LOCAL_QUEUES = ("kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue", "kubernetes:kueue.x-k8s.io/v1beta1:LocalQueue")
PROMETHEUS_RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule"
POSTGRES_CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster"

# Everything that starts pods from a template of its own.
WORKLOADS = (
    DEPLOYMENT,
    STATEFUL_SET,
    DAEMON_SET,
    JOB,
    CRON_JOB,
    POD,
    INFERENCE_SERVICE,
    *LLM_INFERENCE_SERVICES,
    *SERVING_RUNTIMES,
    RAY_CLUSTER,
    RAY_SERVICE,
    RAY_JOB,
    *TRAINING_RUNTIMES,
    TRAIN_JOB,
    JOB_SET,
    PYTORCH_JOB,
    WORKFLOW,
    *WORKFLOW_TEMPLATES,
    CRON_WORKFLOW,
    LEADER_WORKER_SET,
)

# What answers requests, and so is watched and must not be taken away.
SERVING = (INFERENCE_SERVICE, *LLM_INFERENCE_SERVICES, RAY_SERVICE)
