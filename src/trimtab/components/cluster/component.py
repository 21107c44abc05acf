"""A cluster with everything that must be there before a team can use it."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.cluster.args import ClusterComponentArgs
from trimtab.components.cluster.charts import KNATIVE_SERVING
from trimtab.components.cluster.eks import Eks, eks_cluster
from trimtab.components.cluster.knative import knative_serving
from trimtab.components.cluster.operators import charts_of, namespaces_of, operator_namespaces, releases
from trimtab.components.gpu_pool.profiles import sharing_profiles
from trimtab.components.kube import ClusterComponent
from trimtab.spec.cluster.cluster import EksCluster
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.spec.cluster.cluster import ExistingCluster

KUBE_SYSTEM = "kube-system"


class Cluster(ClusterComponent):
    """An EKS cluster of the platform's own with its operators, or what is known of an existing cluster.

    Attributes:
        cluster_name: in EKS; None where the cluster is none of EKS's.
        kubeconfig: of an EKS cluster of the platform's own, JSON without a secret; else None.
        provider: what Kubernetes objects are declared with; None: the default one, which reads KUBECONFIG.
        eks: what an EKS cluster of the platform's own consists of; else None.
        instance_profile: of nodes that Karpenter starts.
        security_group_id: of the nodes, and of the pods on them.
    """

    cluster_name: pulumi.Output[str] | None
    kubeconfig: pulumi.Output[str] | None
    provider: kubernetes.Provider | None
    eks: Eks | None
    instance_profile: pulumi.Output[str] | None
    security_group_id: pulumi.Output[str] | None

    def __init__(self, name: str, args: ClusterComponentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, {"context": args["context"], "namespace": KUBE_SYSTEM}, opts)
        self.cluster_name = self.kubeconfig = self.provider = self.eks = self.instance_profile = None
        self.security_group_id = None
        spec = args["spec"]
        outputs = self._own(args, spec) if isinstance(spec, EksCluster) else self._existing(spec)
        self.finish({**outputs, "operators": list(spec.operators)})

    def _own(self, args: ClusterComponentArgs, spec: EksCluster) -> dict[str, Any]:
        if "vpc_id" not in args or "subnet_ids" not in args:
            raise UserError(
                f"{self.name} is an EKS cluster and is wired to no network; it needs vpc_id and subnet_ids",
                remedy="wire the network component's vpc_id and private_subnet_ids.",
            )
        eks = self.eks = eks_cluster(self, args, spec)
        self.cluster_name, self.kubeconfig = eks.cluster.name, eks.kubeconfig
        self.instance_profile, self.security_group_id = eks.karpenter.instance_profile, eks.security_group_id
        charts = charts_of(spec.operators)
        if args.get("embedded"):
            made = operator_namespaces(self, charts, self.child())
            if KNATIVE_SERVING in made:
                knative_serving(self, self.child(depends_on=[made[KNATIVE_SERVING]]))
        else:
            self.provider = kubernetes.Provider(
                f"{self.name}-kubernetes",
                kubeconfig=eks.kubeconfig,
                enable_server_side_apply=True,
                opts=self.child(depends_on=list(eks.ready)),
            )
            namespaces = operator_namespaces(self, charts, self.child(provider=self.provider))
            after = [*eks.ready, *namespaces.values()]
            releases(self, charts, eks.wiring(spec.operators), provider=self.provider, after=after)
        return {
            "clusterName": self.cluster_name,
            "clusterArn": eks.cluster.arn,
            "endpoint": eks.cluster.endpoint,
            "kubeconfig": self.kubeconfig,
            "vpcId": args["vpc_id"],
            "subnetIds": args["subnet_ids"],
            "securityGroupId": eks.security_group_id,
            "kmsKeyArn": eks.key_arn,
            "nodeRoleName": eks.karpenter.node_role_name,
            "instanceProfile": self.instance_profile,
            "interruptionQueue": eks.karpenter.queue_name,
            "oidcProviderArn": eks.oidc_provider_arn,
            "operatorNamespaces": list(namespaces_of(charts)),
        }

    def _existing(self, spec: ExistingCluster) -> dict[str, Any]:
        if spec.cluster_name is not None:
            self.cluster_name = pulumi.Output.from_input(spec.cluster_name)
        if spec.node_instance_profile is not None:
            self.instance_profile = pulumi.Output.from_input(spec.node_instance_profile)
        if spec.node_security_group_id is not None:
            self.security_group_id = pulumi.Output.from_input(spec.node_security_group_id)
        if spec.nvidia_namespace is not None:
            sharing_profiles(self, spec.nvidia_namespace, self.child())
        return {"clusterName": self.cluster_name, "instanceProfile": self.instance_profile}
