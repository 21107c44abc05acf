"""What answers the internet: functions, machines, containers and pods behind a public address, with the role they have.

Followed, edge by edge, over the declared graph: function URLs and API gateways to functions; public addresses and
internet-facing load balancers to machines and ECS services; Kubernetes' load balancers and ingresses to pods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

FUNCTION = "aws:lambda/function:Function"
FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl"
PERMISSION = "aws:lambda/permission:Permission"
REST_API = "aws:apigateway/restApi:RestApi"
PROFILE = "aws:iam/instanceProfile:InstanceProfile"
BALANCERS = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
LISTENERS = ("aws:lb/listener:Listener", "aws:alb/listener:Listener")
TARGET_GROUPS = ("aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup")
ATTACHMENTS = (
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:alb/targetGroupAttachment:TargetGroupAttachment",
)
ECS_SERVICE = "aws:ecs/service:Service"
ECS_TASK = "aws:ecs/taskDefinition:TaskDefinition"
POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation"

_GATEWAYS = frozenset({"apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com", "*"})
# How a cloud's controllers are told that a load balancer is internal.
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true",),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "networking.gke.io/load-balancer-type": ("internal",),
}
_INGRESS_SCHEME = "alb.ingress.kubernetes.io/scheme"


@dataclass(frozen=True)
class Exposed:
    """Something that answers the internet.

    Attributes:
        resource: what answers.
        how: what makes it reachable.
        holder, role, view: the resource, and its property, that name its role.
        groups: the property that names its security groups, and the map that it lies in.
    """

    resource: Resource
    how: str
    holder: Resource
    role: str
    view: Props | None = None
    groups: tuple[str, Props] | None = None


def exposed(stack: Stack) -> Iterator[Exposed]:
    """Everything of a stack that answers the internet.

    Raises:
        Undecidable: an edge is not known yet; what was found before it was given already.
    """
    for function in stack.of(FUNCTION):
        how = _function_is_open(function, stack)
        if how:
            network = function.props.block("vpcConfig")
            yield Exposed(function, how, function, "role", groups=("securityGroupIds", network))
    open_groups = list(_open_target_groups(stack))
    for instance in stack.of(t.INSTANCE):
        how = _instance_is_open(instance, open_groups, stack)
        if how:
            holders = stack.referred(instance, "iamInstanceProfile", (PROFILE,))
            for profile in holders or [instance]:
                yield Exposed(instance, how, profile, "role", groups=("vpcSecurityGroupIds", instance.props))
    for service in stack.of(ECS_SERVICE):
        behind = [
            view for view in service.props.blocks("loadBalancers") if _names_one(service, view, open_groups, stack)
        ]
        for task in stack.referred(service, "taskDefinition", (ECS_TASK,)) if behind else ():
            network = service.props.block("networkConfiguration")
            yield Exposed(service, "a public load balancer", task, "taskRoleArn", groups=("securityGroups", network))
    yield from _pods(stack)


def _function_is_open(function: Resource, stack: Stack) -> str:
    for url in stack.referring((FUNCTION_URL,), "functionName", function):
        if url.props.text("authorizationType") == "NONE":
            return "a function URL that asks nobody who they are"
    for permission in stack.referring((PERMISSION,), "function", function):
        apis = stack.referred(permission, "sourceArn", (REST_API,)) if permission.props.has("sourceArn") else []
        private = apis and all("PRIVATE" in api.props.block("endpointConfiguration").texts("types") for api in apis)
        if permission.props.text("principal") in _GATEWAYS and not private:
            return f"{permission.props.text('principal')} may call it for anybody"
    return ""


def _instance_is_open(instance: Resource, open_groups: list[Resource], stack: Stack) -> str:
    props = instance.props
    subnets = stack.referred(instance, "subnetId", (t.SUBNET,))
    public = props.flag(
        "associatePublicIpAddress", default=any(subnet.props.flag("mapPublicIpOnLaunch") for subnet in subnets)
    )
    if public:
        return "a public address"
    for attachment in stack.of(*ATTACHMENTS):
        if stack.refers(attachment, "targetId", instance) and _names_one(
            attachment, attachment.props, open_groups, stack
        ):
            return "a public load balancer"
    return ""


def _open_target_groups(stack: Stack) -> Iterator[Resource]:
    """Target groups that a listener of an internet-facing load balancer forwards to."""
    for balancer in stack.of(*BALANCERS):
        if balancer.props.flag("internal"):
            continue
        for listener in stack.referring(LISTENERS, "loadBalancerArn", balancer):
            for action in listener.props.blocks("defaultActions"):
                yield from stack.referred(listener, "targetGroupArn", TARGET_GROUPS, view=action)


def _names_one(holder: Resource, view: Props, targets: list[Resource], stack: Stack) -> bool:
    inside = view if view.path else None
    return any(stack.refers(holder, "targetGroupArn", target, view=inside) for target in targets)


def _pods(stack: Stack) -> Iterator[Exposed]:
    """Workloads behind a public Service or Ingress whose account has a role of AWS."""
    public = [service for service in stack.of(kinds.SERVICE) if _service_is_open(service, stack)]
    identities = stack.of(POD_IDENTITY)
    for workload in stack.of(t.DEPLOYMENT, t.STATEFUL_SET) if public and identities else ():
        namespace = _namespace(workload)
        for pod in pods_of(workload):
            fronts = [one for one in public if _namespace(one) == namespace and _selects(one, pod.labels)]
            account = pod.spec.text("serviceAccountName", "default")
            for identity in identities if fronts else ():
                props = identity.props
                if props.text("namespace") == namespace and props.text("serviceAccount") == account:
                    yield Exposed(workload, f"the public service {fronts[0].name}", identity, "roleArn")


def _service_is_open(service: Resource, stack: Stack) -> bool:
    if service.props.block("spec").text("type") == "LoadBalancer":
        given = service.props.block("metadata").block("annotations")
        return not any(given.text(key).lower() in values for key, values in _INTERNAL.items())
    return any(_leads_to(ingress, service) for ingress in stack.of(kinds.INGRESS))


def _leads_to(ingress: Resource, service: Resource) -> bool:
    props = ingress.props
    scheme = props.block("metadata").block("annotations").text(_INGRESS_SCHEME)
    if scheme != "internet-facing" or _namespace(ingress) != _namespace(service):
        return False
    spec = props.block("spec")
    paths = [path for rule in spec.blocks("rules") for path in rule.block("http").blocks("paths")]
    backends = [*spec.blocks("defaultBackend"), *(path.block("backend") for path in paths)]
    name = service.props.block("metadata").text("name", service.name)
    return any(backend.block("service").text("name") == name for backend in backends)


def _selects(service: Resource, labels: object) -> bool:
    selector = service.props.block("spec").block("selector").raw
    return bool(selector) and isinstance(labels, dict) and all(labels.get(key) == it for key, it in selector.items())


def _namespace(thing: Resource) -> str:
    return thing.props.block("metadata").text("namespace", "default")
