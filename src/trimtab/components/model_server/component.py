"""A served model on a cluster, with all that belongs to it."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.kube import ClusterComponent
from trimtab.components.model_server.access import bucket_role, fetched_token, service_account, token_of
from trimtab.components.model_server.args import ModelServerArgs
from trimtab.components.model_server.disruption import disruption_budgets
from trimtab.components.model_server.names import VLLM_PORT, account
from trimtab.components.model_server.objects import Objects
from trimtab.components.model_server.parts import declare_kserve, declare_ray, declare_vllm
from trimtab.components.model_server.sizing import sizables
from trimtab.components.model_server.traffic import network_policy
from trimtab.spec.cluster.secret import StoredSecret
from trimtab.spec.cluster.serving import KServeServing, RayServing
from trimtab.spec.cluster.serving_scaling import PrometheusScaling

if TYPE_CHECKING:
    from trimtab.components.model_server.names import Spec
    from trimtab.spec.cluster.operators import Operator

UNKNOWN_REGION = "kubernetes"
"""Stands for the region of what is priced by its node, wherever that is."""


class ModelServer(ClusterComponent):
    """A model that answers on a cluster: KServe, vLLM or Ray Serve.

    Its pods are nobody's root, write to their own volumes only, are reached by their namespace, the callers named and
    monitoring, and reach DNS and TLS servers. Models of the Hugging Face hub are loaded by commit.

    Attributes:
        url: where callers inside the cluster send requests.
        service_account: the pods' account.
        role_arn: the pods' AWS role; None without a cluster's name, or with neither a bucket nor reviewers.
    """

    url: pulumi.Output[str]
    service_account: pulumi.Output[str]
    role_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: ModelServerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, args, opts, owner=spec.owner, needs=needed_operators(spec))
        self.service_account = pulumi.Output.from_input(account(spec))
        role = bucket_role(self, args)
        self.role_arn = role.arn if role else None
        objects = Objects(self, args, self._access(args))
        _declare(objects)
        disruption_budgets(objects)
        self.url = _url(spec, self.namespace)
        self.finish(self._outputs(), self._handles(args))

    def _access(self, args: ModelServerArgs) -> list[pulumi.Resource]:
        spec = args["spec"]
        rules: Any = network_policy(args)
        traffic = kubernetes.networking.v1.NetworkPolicy(
            f"{self.name}-traffic",
            metadata=self.metadata(account(spec), model=spec.model_group),
            spec=rules,
            opts=self.child(),
        )
        token = fetched_token(self, spec)
        return [service_account(self, spec), traffic, *([token] if token else [])]

    def _outputs(self) -> dict[str, Any]:
        return {"url": self.url, "serviceAccount": self.service_account, "roleArn": self.role_arn}

    def _handles(self, args: ModelServerArgs) -> list[dict[str, Any]]:
        return [
            self.handle(
                item.template,
                cloud_id=pulumi.Output.format("{}/{}/{}", self.namespace, item.kind, item.name),
                region=UNKNOWN_REGION,
                dimensions={"namespace": self.namespace, **item.dimensions()},
                tags=self.tags(model=args["spec"].model_group, classification=args["spec"].data_classification),
            )
            for item in sizables(args["spec"], args.get("spec_path"), production=self.context.is_production)
        ]


def _declare(objects: Objects) -> None:
    spec = objects.spec
    if isinstance(spec, KServeServing):
        declare_kserve(objects, spec)
    elif isinstance(spec, RayServing):
        declare_ray(objects, spec)
    else:
        declare_vllm(objects, spec)


def needed_operators(spec: Spec) -> list[Operator]:
    """Return the operators without which the served model's objects do nothing."""
    needs: list[Operator] = []
    if isinstance(spec, KServeServing):
        needs += ["kserve", *(["knative"] if spec.wakes_from_zero else [])]  # type: ignore[list-item]  # two of them
    if isinstance(spec, RayServing):
        needs.append("kuberay")
    elif isinstance(spec.scaling, PrometheusScaling):
        needs.append("keda")
    if isinstance(token_of(spec), StoredSecret):
        needs.append("external-secrets")
    return needs


def _url(spec: Spec, namespace: pulumi.Input[str]) -> pulumi.Output[str]:
    """KServe's predictor answers on port 80, Ray's serve service and vLLM's own on theirs."""
    if isinstance(spec, KServeServing):
        return pulumi.Output.format("http://{}-predictor.{}.svc", spec.name, namespace)
    if isinstance(spec, RayServing):
        return pulumi.Output.format("http://{}-serve-svc.{}.svc:{}", spec.name, namespace, VLLM_PORT)
    return pulumi.Output.format("http://{}.{}.svc:{}", spec.name, namespace, VLLM_PORT)
