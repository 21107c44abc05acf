"""The ways from the internet to the feature store: each that there is, and where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trimtab.rules import kinds
from trimtab.rules import tokens as t
from trimtab.rules.examples import resource

from .edges import policy, run
from .exposure_ways import FEATURES, WAYS

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

GROUP = resource(t.SAGEMAKER_FEATURE_GROUP, "cards", featureGroupName="cards")
CACHE = resource(t.CACHE_GROUP, "online", securityGroupIds=["store-id"])
TABLE = resource(t.DYNAMODB_TABLE, "features", name="features")
ROLE = resource(t.IAM_ROLE, "web", name="web")


def grant(action: str, where: str) -> Resource:
    allowed = {"Effect": "Allow", "Action": [action], "Resource": [where]}
    return resource("aws:iam/rolePolicy:RolePolicy", "web", role="web", policy=policy(allowed))


PROFILE = resource("aws:iam/instanceProfile:InstanceProfile", "web", name="web-profile", role="web")
MACHINE = resource(t.INSTANCE, "web", iamInstanceProfile="web-profile", vpcSecurityGroupIds=["web-id"])
PUBLIC = resource(
    t.INSTANCE, "web", iamInstanceProfile="web-profile", associatePublicIpAddress=True, vpcSecurityGroupIds=["web-id"]
)
WEB = resource(t.SECURITY_GROUP, "web")
STORE = resource(t.SECURITY_GROUP, "store")
PEER = resource(t.INGRESS_RULE, "r", securityGroupId="store-id", referencedSecurityGroupId="web-id")
BALANCED = (
    resource("aws:lb/loadBalancer:LoadBalancer", "lb", arn="lb-arn"),
    resource("aws:lb/targetGroup:TargetGroup", "tg", arn="tg-arn"),
    resource("aws:lb/listener:Listener", "l", loadBalancerArn="lb-arn", defaultActions=[{"targetGroupArn": "tg-arn"}]),
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "a", targetGroupArn="tg-arn", targetId="web-id"),
)
IDENTITY = resource(
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    "web",
    namespace="ml",
    serviceAccount="web",
    roleArn="web-id",
)
FRONT = resource(
    kinds.SERVICE,
    "web",
    metadata={"name": "web", "namespace": "ml"},
    spec={"type": "LoadBalancer", "selector": {"app": "web"}},
)
INSIDE = resource(kinds.SERVICE, "web", metadata={"name": "web", "namespace": "ml"}, spec={"selector": {"app": "web"}})
INGRESS = resource(
    kinds.INGRESS,
    "web",
    metadata={"namespace": "ml", "annotations": {"alb.ingress.kubernetes.io/scheme": "internet-facing"}},
    spec={"rules": [{"http": {"paths": [{"backend": {"service": {"name": "web"}}}]}}]},
)
PODS = resource(
    t.DEPLOYMENT,
    "web",
    metadata={"namespace": "ml"},
    spec={"template": {"metadata": {"labels": {"app": "web"}}, "spec": {"serviceAccountName": "web"}}},
)
GET, ITEM = grant("sagemaker:Get*", "arn:aws:sagemaker:*:*:feature-group/cards"), grant("dynamodb:GetItem", "*")

REACHED: list[tuple[str, tuple[Resource, ...]]] = [
    ("machine with a public address", (GROUP, PUBLIC, PROFILE, ROLE, GET)),
    ("machine behind a public balancer", (GROUP, MACHINE, PROFILE, ROLE, GET, *BALANCED)),
    ("table by its action", (TABLE, PUBLIC, PROFILE, ROLE, ITEM)),
    ("cache by its security group", (CACHE, PUBLIC, PROFILE, ROLE, WEB, STORE, PEER)),
    (
        "cache that is open itself",
        (CACHE, STORE, resource(t.INGRESS_RULE, "r", securityGroupId="store-id", cidrIpv4="0.0.0.0/0")),
    ),
    ("pods behind a load balancer", (GROUP, PODS, FRONT, IDENTITY, ROLE, GET)),
    ("pods behind an ingress", (GROUP, PODS, INSIDE, INGRESS, IDENTITY, ROLE, GET)),
]
UNREACHED: list[tuple[str, tuple[Resource, ...]]] = [
    ("machine without a public address", (GROUP, MACHINE, PROFILE, ROLE, GET)),
    ("no right to it", (GROUP, PUBLIC, PROFILE, ROLE, ITEM)),
    (
        "a right to another",
        (GROUP, PUBLIC, PROFILE, ROLE, grant("sagemaker:*", "arn:aws:sagemaker:*:*:feature-group/x")),
    ),
    ("a table of no features", (resource(t.DYNAMODB_TABLE, "locks", name="locks"), PUBLIC, PROFILE, ROLE, ITEM)),
    ("cache of another group", (CACHE, PUBLIC, PROFILE, ROLE, WEB, STORE)),
    ("pods inside", (GROUP, PODS, INSIDE, IDENTITY, ROLE, GET)),
]


@pytest.mark.parametrize("resources", [it[1] for it in REACHED], ids=[it[0] for it in REACHED])
def test_a_way_from_the_internet_to_the_features_is_found(resources: tuple[Resource, ...]) -> None:
    (found,) = run("feature-store-not-exposed", *resources)
    assert found.status == "finding", found.message


@pytest.mark.parametrize("resources", [it[1] for it in UNREACHED], ids=[it[0] for it in UNREACHED])
def test_where_there_is_no_way_nothing_is_said(resources: tuple[Resource, ...]) -> None:
    assert [it.message for it in run("feature-store-not-exposed", *resources)] == []


@pytest.mark.parametrize(("way", "closed"), [it[1:] for it in WAYS], ids=[it[0] for it in WAYS])
def test_a_way_is_found_and_the_change_that_closes_it_is_seen(
    way: tuple[Resource, ...], closed: tuple[Resource, ...]
) -> None:
    (found,) = run("feature-store-not-exposed", *FEATURES, *way)
    assert found.status == "finding", found.message
    assert [it.message for it in run("feature-store-not-exposed", *FEATURES, *closed)] == []
