"""Ways from the internet to what may read the features, each with the one change that closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.examples import resource

from .edges import policy

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

Stack = tuple["Resource", ...]

FEATURES = (
    resource(t.SAGEMAKER_FEATURE_GROUP, "cards", featureGroupName="cards"),
    resource(t.IAM_ROLE, "web", name="web"),
    resource(
        "aws:iam/rolePolicy:RolePolicy",
        "web",
        role="web",
        policy=policy({"Effect": "Allow", "Action": "sagemaker:GetRecord", "Resource": "*"}),
    ),
)
FUNCTION = resource("aws:lambda/function:Function", "api", name="api", role="web")
PROFILE = resource("aws:iam/instanceProfile:InstanceProfile", "web", name="web-profile", role="web")
MACHINE = resource(t.INSTANCE, "web", iamInstanceProfile="web-profile")


def url(kind: str) -> Resource:
    return resource(
        "aws:lambda/functionUrl:FunctionUrl",
        "api",
        functionName="api",
        authorizationType=kind,
        functionUrl="https://abc.lambda-url.eu-west-1.on.aws/",
    )


def distribution(origin: dict[str, Any], **more: Any) -> Resource:
    return resource("aws:cloudfront/distribution:Distribution", "cdn", enabled=True, origins=[origin], **more)


def called_by(principal: str, source: str) -> Resource:
    return resource("aws:lambda/permission:Permission", "p", function="api", principal=principal, sourceArn=source)


def http_api(asked: str) -> Stack:
    return (
        resource("aws:apigatewayv2/api:Api", "http", executionArn="x", arn="http-arn", protocolType="HTTP"),
        resource("aws:apigatewayv2/route:Route", "r", apiId="http-id", authorizationType=asked),
    )


def rest_api(kind: str, asked: str = "NONE") -> Stack:
    return (
        resource("aws:apigateway/restApi:RestApi", "rest", endpointConfiguration={"types": kind}, arn="rest-arn"),
        resource("aws:apigateway/method:Method", "m", restApi="rest-id", httpMethod="POST", authorization=asked),
        resource("aws:apigateway/method:Method", "o", restApi="rest-id", httpMethod="OPTIONS", authorization="NONE"),
    )


def balancer(**declared: Any) -> Stack:
    return (
        resource("aws:lb/loadBalancer:LoadBalancer", "lb", arn="lb-arn", **declared),
        resource("aws:lb/targetGroup:TargetGroup", "tg", arn="tg-arn"),
        resource(
            "aws:lb/listener:Listener", "l", arn="l-arn", loadBalancerArn="lb-arn", defaultActions=[{"type": "x"}]
        ),
        resource(
            "aws:lb/listenerRule:ListenerRule",
            "r",
            listenerArn="l-arn",
            actions=[{"type": "forward", "forward": {"targetGroups": [{"arn": "tg-arn", "weight": 1}]}}],
        ),
    )


INTERNAL = balancer(internal=True)
REGISTERED = resource(
    "aws:lb/targetGroupAttachment:TargetGroupAttachment", "a", targetGroupArn="tg-arn", targetId="web-id"
)
AS_TARGET = resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "a", targetGroupArn="tg-arn", targetId="api")
BY_BALANCER = called_by("elasticloadbalancing.amazonaws.com", "tg-arn")
LINKED = resource(
    "aws:apigatewayv2/integration:Integration",
    "i",
    apiId="http-id",
    integrationUri="l-arn",
    connectionType="VPC_LINK",
)
LINKED_REST = (
    resource("aws:apigateway/vpcLink:VpcLink", "link", targetArn="lb-arn"),
    resource(
        "aws:apigateway/integration:Integration",
        "i",
        restApi="rest-id",
        connectionType="VPC_LINK",
        connectionId="link-id",
    ),
)
VPC_ORIGIN = resource("aws:cloudfront/vpcOrigin:VpcOrigin", "inside", vpcOriginEndpointConfig={"arn": "lb-arn"})
TO_VPC = {"domainName": "x", "vpcOriginConfig": {"vpcOriginId": "inside-id"}}
FLEET = (
    resource(t.LAUNCH_TEMPLATE, "web", iamInstanceProfile={"name": "web-profile"}),
    resource(t.SCALING_GROUP, "web", launchTemplate={"id": "web-id"}, targetGroupArns=["tg-arn"]),
)
TASK = (
    resource("aws:ecs/taskDefinition:TaskDefinition", "web", taskRoleArn="web"),
    resource("aws:ecs/service:Service", "web", taskDefinition="web-id", loadBalancers=[{"targetGroupArn": "tg-arn"}]),
)


def runner(*, public: bool) -> Resource:
    return resource(
        "aws:apprunner/service:Service",
        "web",
        instanceConfiguration={"instanceRoleArn": "web"},
        networkConfiguration={"ingressConfiguration": {"isPubliclyAccessible": public}},
    )


PODS = (
    resource(
        t.DEPLOYMENT,
        "web",
        metadata={"namespace": "ml"},
        spec={"template": {"metadata": {"labels": {"app": "web"}}, "spec": {"serviceAccountName": "web"}}},
    ),
    resource(
        kinds.SERVICE_ACCOUNT,
        "web",
        metadata={"name": "web", "namespace": "ml", "annotations": {"eks.amazonaws.com/role-arn": "web"}},
    ),
    resource(kinds.SERVICE, "web", metadata={"name": "web", "namespace": "ml"}, spec={"selector": {"app": "web"}}),
    resource(
        kinds.ROUTES[0],
        "web",
        metadata={"name": "web", "namespace": "ml"},
        spec={"parentRefs": [{"name": "edge", "namespace": "edge"}], "rules": [{"backendRefs": [{"name": "web"}]}]},
    ),
)


def gateway(**annotations: str) -> Resource:
    return resource(
        kinds.GATEWAYS[0],
        "edge",
        metadata={"name": "edge", "namespace": "edge"},
        spec={"gatewayClassName": "envoy", "infrastructure": {"annotations": annotations}},
    )


SIGNED = {"trustedKeyGroups": ["keys"]}
TO_URL = {"domainName": "abc.lambda-url.eu-west-1.on.aws", "originAccessControlId": "oac"}

# What it is, the stack that is open, the same stack closed.
WAYS: list[tuple[str, Stack, Stack]] = [
    ("function URL", (FUNCTION, url("NONE")), (FUNCTION, url("AWS_IAM"))),
    (
        "CloudFront before a function URL",
        (FUNCTION, url("AWS_IAM"), distribution(TO_URL)),
        (FUNCTION, url("AWS_IAM"), distribution(TO_URL, defaultCacheBehavior=SIGNED)),
    ),
    (
        "function of an HTTP API",
        (FUNCTION, called_by("apigateway.amazonaws.com", "http-arn/*"), *http_api("NONE")),
        (FUNCTION, called_by("apigateway.amazonaws.com", "http-arn/*"), *http_api("JWT")),
    ),
    (
        "function of a REST API",
        (FUNCTION, called_by("apigateway.amazonaws.com", "rest-arn/*"), *rest_api("REGIONAL")),
        (FUNCTION, called_by("apigateway.amazonaws.com", "rest-arn/*"), *rest_api("PRIVATE")),
    ),
    (
        "function of a REST API that asks",
        (FUNCTION, called_by("apigateway.amazonaws.com", "rest-arn/*"), *rest_api("EDGE")),
        (FUNCTION, called_by("apigateway.amazonaws.com", "rest-arn/*"), *rest_api("EDGE", "AWS_IAM")),
    ),
    (
        "function behind a balancer",
        (FUNCTION, BY_BALANCER, AS_TARGET, *balancer()),
        (FUNCTION, BY_BALANCER, AS_TARGET, *INTERNAL),
    ),
    ("machine behind a rule", (MACHINE, PROFILE, REGISTERED, *balancer()), (MACHINE, PROFILE, REGISTERED, *INTERNAL)),
    (
        "HTTP API to an internal balancer",
        (MACHINE, PROFILE, REGISTERED, *INTERNAL, LINKED, *http_api("NONE")),
        (MACHINE, PROFILE, REGISTERED, *INTERNAL, LINKED, *http_api("AWS_IAM")),
    ),
    (
        "REST API to an internal balancer",
        (MACHINE, PROFILE, REGISTERED, *INTERNAL, *LINKED_REST, *rest_api("REGIONAL")),
        (MACHINE, PROFILE, REGISTERED, *INTERNAL, *LINKED_REST, *rest_api("PRIVATE")),
    ),
    (
        "CloudFront to an internal balancer",
        (MACHINE, PROFILE, REGISTERED, *INTERNAL, VPC_ORIGIN, distribution(TO_VPC)),
        (MACHINE, PROFILE, REGISTERED, *INTERNAL, VPC_ORIGIN, distribution({"domainName": "x"})),
    ),
    (
        "machine with an elastic address",
        (MACHINE, PROFILE, resource("aws:ec2/eip:Eip", "ip", instance="web-id")),
        (MACHINE, PROFILE, resource("aws:ec2/eip:Eip", "ip", instance="other-id")),
    ),
    ("fleet behind a balancer", (*FLEET, PROFILE, *balancer()), (*FLEET, PROFILE, *INTERNAL)),
    ("ECS service behind a balancer", (*TASK, *balancer()), (*TASK, *INTERNAL)),
    ("App Runner", (runner(public=True),), (runner(public=False),)),
    (
        "pods behind a gateway",
        (*PODS, gateway()),
        (*PODS, gateway(**{"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"})),
    ),
]
