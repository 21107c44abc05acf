"""A team's namespace with everything that bounds it."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.kube import ClusterComponent
from trimtab.components.tenancy.args import TenancyArgs
from trimtab.components.tenancy.limits import container_limits, hard
from trimtab.components.tenancy.network_policies import network_policies
from trimtab.components.tenancy.permissions import TenantRole, rules_of

if TYPE_CHECKING:
    from trimtab.spec.cluster.tenancy import Tenant

RBAC = "rbac.authorization.k8s.io"
POD_SECURITY = "pod-security.kubernetes.io"


class Tenancy(ClusterComponent):
    """A namespace, its quota and limits, its network policies, and the roles of its groups.

    Attributes:
        namespace_name: known once the namespace stands.
    """

    namespace_name: pulumi.Output[str]

    def __init__(self, name: str, args: TenancyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, {"context": args["context"], "namespace": spec.name}, opts, owner=spec.owner)
        declared = kubernetes.core.v1.Namespace(
            f"{name}-namespace", metadata=self._namespace(spec), opts=self.stateful()
        )
        self.namespace_name = declared.metadata.name
        # Everything below lies in the namespace, so it comes after it without being told.
        self.namespace = self.namespace_name
        self._limits(spec)
        for label, policy in network_policies(spec):
            kubernetes.networking.v1.NetworkPolicy(
                f"{name}-{label}", metadata=self.metadata(label), spec=policy, opts=self.child()
            )
        groups = spec.groups
        self._role("viewer", groups.viewers)
        self._role("developer", groups.developers)
        self._role("admin", groups.admins)
        self.finish({"namespaceName": self.namespace_name})

    def _namespace(self, spec: Tenant) -> dict[str, Any]:
        levels = {"enforce": spec.pod_security, "audit": "restricted", "warn": "restricted"}
        labels = {f"{POD_SECURITY}/{mode}": level for mode, level in levels.items()}
        own = spec.data_classification
        classified = {"trimtab.dev/data-classification": own} if own else {}
        return self.metadata(spec.name, labels={**labels, **classified}, cluster_wide=True)

    def _limits(self, spec: Tenant) -> None:
        kubernetes.core.v1.ResourceQuota(
            f"{self.name}-quota", metadata=self.metadata("quota"), spec={"hard": hard(spec.quota)}, opts=self.child()
        )
        kubernetes.core.v1.LimitRange(
            f"{self.name}-limits",
            metadata=self.metadata("containers"),
            spec=container_limits(spec.containers),
            opts=self.child(),
        )

    def _role(self, role: TenantRole, groups: tuple[str, ...]) -> None:
        """Declare a role, and its binding where it has members."""
        declared = kubernetes.rbac.v1.Role(
            f"{self.name}-{role}", metadata=self.metadata(f"team-{role}"), rules=rules_of(role), opts=self.child()
        )
        if not groups:
            return
        kubernetes.rbac.v1.RoleBinding(
            f"{self.name}-{role}s",
            metadata=self.metadata(f"team-{role}"),
            role_ref={"apiGroup": RBAC, "kind": "Role", "name": declared.metadata.name},
            subjects=[{"apiGroup": RBAC, "kind": "Group", "name": group} for group in groups],
            opts=self.child(),
        )
