"""The objects of a served model, one form after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.kube.ray_pods import RayPlan, ray_cluster
from trimtab.components.model_server import kserve, vllm
from trimtab.components.model_server.names import VLLM_PORT, account, review_variables, selector, token_secret
from trimtab.components.model_server.scaling import pod_autoscaler, scaled_object
from trimtab.components.model_server.serve_config import serve_config
from trimtab.spec.cluster.serving_model import ClaimCache
from trimtab.spec.cluster.serving_scaling import CpuScaling, PrometheusScaling

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.model_server.objects import Objects
    from trimtab.spec.cluster.serving import KServeServing, RayServing, VllmServing

KSERVE, KEDA, RAY = "serving.kserve.io/v1beta1", "keda.sh/v1alpha1", "ray.io/v1"
PATIENCE = {"pulumi.com/timeoutSeconds": str(vllm.START_MINUTES * 60)}
"""How long Pulumi waits for a Deployment: a node may have to be bought, and a model downloaded."""


VERSION_SERVED = "spec.predictor.model.storageUri"
"""What a retraining pipeline sets when it deploys a version."""


def declare_kserve(objects: Objects, spec: KServeServing) -> pulumi.Resource:
    """Declare an InferenceService."""
    predictor = kserve.predictor(spec, objects.pod_labels(), objects.pod_annotations(), objects.prometheus)
    metadata = objects.metadata(spec.name, annotations=kserve.mode_annotations(spec))
    return objects.component.custom(
        f"{objects.component.name}-service",
        KSERVE,
        "InferenceService",
        metadata,
        {"spec": {"predictor": predictor}},
        opts=objects.after_access(deployed=[VERSION_SERVED]),
    )


def declare_ray(objects: Objects, spec: RayServing) -> pulumi.Resource:
    """Declare a RayService."""
    token = [vllm.hub_token(spec.token, token_secret(spec))] if spec.token else []
    plan = RayPlan(
        image=spec.image,
        account=account(spec),
        labels=objects.pod_labels(),
        annotations=objects.pod_annotations(),
        environment=[*token, *review_variables(spec)],
        spread=spec.spread_over_zones,
        idle_seconds=spec.idle_timeout_seconds,
    )
    fields = {
        "serveConfigV2": serve_config(spec),
        # A new cluster takes over once its applications are healthy; the old one goes a minute later.
        "upgradeStrategy": {"type": "NewCluster"},
        "rayClusterDeletionDelaySeconds": 60,
        "excludeHeadPodFromServeSvc": True,
        "rayClusterConfig": ray_cluster(spec, plan),
    }
    return objects.component.custom(
        f"{objects.component.name}-service",
        RAY,
        "RayService",
        objects.metadata(spec.name),
        {"spec": fields},
        opts=objects.after_access(),
    )


def declare_vllm(objects: Objects, spec: VllmServing) -> pulumi.Resource:
    """Declare a Deployment of vLLM, its cache, its Service and its autoscaler."""
    component = objects.component
    if isinstance(spec.cache, ClaimCache):
        _claim(objects, spec, spec.cache)
    deployment = kubernetes.apps.v1.Deployment(
        f"{component.name}-server",
        metadata=objects.metadata(spec.name, annotations=PATIENCE),
        spec=_typed(vllm.deployment(spec, objects.pod_labels(), objects.pod_annotations())),
        opts=objects.after_access(),
    )
    kubernetes.core.v1.Service(
        f"{component.name}-service",
        metadata=objects.metadata(spec.name, labels=objects.pod_labels()),
        spec=_typed(
            {
                "type": "ClusterIP",
                "selector": selector(spec),
                "ports": [{"name": "http", "port": VLLM_PORT, "targetPort": "http", "protocol": "TCP"}],
            }
        ),
        opts=component.child(depends_on=[deployment]),
    )
    _autoscaler(objects, spec, deployment)
    return deployment


def _claim(objects: Objects, spec: VllmServing, cache: ClaimCache) -> None:
    # A class that binds at the first pod would leave Pulumi waiting for a pod that waits for the claim.
    bound_later = {"pulumi.com/skipAwait": "true"}
    kubernetes.core.v1.PersistentVolumeClaim(
        f"{objects.component.name}-models",
        metadata=objects.metadata(vllm.claim_name(spec), annotations=bound_later),
        spec=_typed(vllm.claim(cache)),
        opts=objects.component.child(),
    )


def _autoscaler(objects: Objects, spec: VllmServing, deployment: pulumi.Resource) -> None:
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": spec.name}
    options = objects.component.child(depends_on=[deployment])
    label = f"{objects.component.name}-scaling"
    if isinstance(spec.scaling, CpuScaling):
        kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
            label,
            metadata=objects.metadata(spec.name),
            spec=_typed(pod_autoscaler(spec, spec.scaling, target)),
            opts=options,
        )
    if isinstance(spec.scaling, PrometheusScaling):
        fields = {"spec": scaled_object(spec, spec.scaling, target, objects.prometheus)}
        objects.component.custom(label, KEDA, "ScaledObject", objects.metadata(spec.name), fields, opts=options)


def _typed(fields: dict[str, Any]) -> Any:
    """The SDK's own types spell the same fields in snake_case; both are taken."""
    return fields
