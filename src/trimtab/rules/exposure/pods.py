"""Pods behind a public Service whose account has a role of AWS: by Pod Identity, or by an annotation (IRSA)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.exposure.model import Exposed
from trimtab.rules.exposure.services import name, namespace, open_services
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
_ROLE_ANNOTATION = "eks.amazonaws.com/role-arn"


def open_pods(stack: Stack) -> Iterator[Exposed]:
    """Every workload whose pods a public Service selects, with each role of its account."""
    public = open_services(stack)
    for workload in stack.of(t.DEPLOYMENT, t.STATEFUL_SET, kinds.DAEMON_SET) if public else ():
        own = namespace(workload)
        for pod in pods_of(workload):
            fronts = [one for one in public if namespace(one) == own and _selects(one, pod.labels)]
            account = pod.spec.text("serviceAccountName", "default")
            for holder, role, view in _roles(own, account, stack) if fronts else ():
                yield Exposed(workload, f"the public service {fronts[0].name}", holder, role, view)


def _roles(own: str, account: str, stack: Stack) -> Iterator[tuple[Resource, str, Props | None]]:
    for identity in stack.of(POD_IDENTITY):
        if identity.props.text("namespace") == own and identity.props.text("serviceAccount") == account:
            yield identity, "roleArn", None
    for one in stack.of(kinds.SERVICE_ACCOUNT):
        if (namespace(one), name(one)) == (own, account):
            yield one, _ROLE_ANNOTATION, one.props.block("metadata").block("annotations")


def _selects(service: Resource, labels: object) -> bool:
    selector = service.props.block("spec").block("selector").raw
    return bool(selector) and isinstance(labels, dict) and all(labels.get(key) == it for key, it in selector.items())
