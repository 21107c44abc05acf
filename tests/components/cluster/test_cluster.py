"""An EKS cluster through the real engine: private, encrypted, logged, with Karpenter's AWS half."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, get_args

import pytest
from kubernetes import client

from tests.components.cluster.parts import objects, parts_workspace
from tests.components.single import Single, untagged
from trimtab.components.cluster.chart_values import VALUES
from trimtab.components.cluster.charts import BESIDE, CHARTS
from trimtab.components.cluster.operators import NEEDS, charts_of
from trimtab.spec.cluster.eks import EVERY_ADD_ON
from trimtab.spec.cluster.operators import Operator

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

ENTRY = "aws:eks/accessEntry:AccessEntry"
RULE, TARGET = "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"
READING = ("Describe", "Get", "List")
LEADS = "arn:aws:iam::123456789012:role/ml-leads"
SPEC: dict[str, Any] = {
    "type": "eks",
    "operators": ["karpenter", "kueue", "nvidia-gpu-operator", "prometheus-operator"],
    "publicCidrs": ["203.0.113.0/24"],
    "logRetentionDays": 731,
    "accessEntries": [
        {"roleArn": LEADS, "policy": "AmazonEKSAdminViewPolicy"},
        {"roleArn": "arn:aws:iam::123456789012:role/fraud", "groups": ["fraud"]},
    ],
    "systemNodes": {"instanceTypes": ["m7i.large"], "minNodes": 2, "maxNodes": 3},
    "addOns": [{"name": "vpc-cni", "version": "v1.20.4-eksbuild.1"}],
    "irsa": True,
}


def network(cloud: LocalCloud) -> dict[str, Any]:
    """The account's default VPC and two of its subnets: EKS looks them up."""
    subnets = cloud.client("ec2").describe_subnets()["Subnets"][:2]
    return {"vpc_id": subnets[0]["VpcId"], "subnet_ids": [subnet["SubnetId"] for subnet in subnets]}


def cluster(
    make: Callable[..., Workspace], namespace: str, spec: dict[str, Any], *, environment: str = "dev", **inputs: Any
) -> Workspace:
    part = {
        "component": "cluster:Cluster",
        "model": "cluster.cluster:Cluster",
        "name": "cluster",
        "spec": spec,
        "inputs": inputs,
    }
    return parts_workspace(make, namespace, [part], environment=environment)


def trust(made: Single, name: str) -> dict[str, Any]:
    (statement,) = made.document("aws:iam/role:Role", name, "assumeRolePolicy")["Statement"]
    found: dict[str, Any] = statement
    return found


@pytest.fixture
def eks(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> Single:
    assert local_cluster.state.cluster is not None
    workspace = cluster(make_workspace, "eks-around", SPEC, embedded=True, **network(local_cluster))
    return Single(workspace, workspace.up(), "Cluster")


@pytest.mark.engine
def test_an_eks_cluster(eks: Single, local_cluster: LocalCloud) -> None:
    eks.is_stable()
    assert untagged(eks.result) == []
    # The namespace around the component is the program's own, and bare.
    assert [found for found in eks.findings() if ": namespace: " not in found] == []
    _control_plane(eks, local_cluster)
    _nodes(eks)
    _identities(eks)
    _karpenter(eks)
    _namespaces(eks, local_cluster)
    eks.leaves_nothing()


def _control_plane(eks: Single, cloud: LocalCloud) -> None:
    made = cloud.client("eks").describe_cluster(name="acme-dev-cluster")["cluster"]
    assert made["resourcesVpcConfig"]["endpointPrivateAccess"] is True
    assert made["resourcesVpcConfig"]["publicAccessCidrs"] == ["203.0.113.0/24"]
    assert made["encryptionConfig"] == [
        {"resources": ["secrets"], "provider": {"keyArn": eks.outputs["kmsKeyArn"]}},
    ]
    declared = eks.only("aws:eks/cluster:Cluster").inputs
    assert declared["accessConfig"]["authenticationMode"] == "API"
    assert declared["bootstrapSelfManagedAddons"] is False
    logs = eks.named("aws:cloudwatch/logGroup:LogGroup", "cluster-control-plane").inputs
    assert (logs["name"], logs["retentionInDays"]) == ("/aws/eks/acme-dev-cluster/cluster", 731)
    reach = json.loads(eks.outputs["kubeconfig"])
    assert reach["clusters"][0]["cluster"]["server"] == made["endpoint"]
    assert reach["users"][0]["user"]["exec"]["args"][:4] == ["eks", "get-token", "--cluster-name", "acme-dev-cluster"]
    assert trust(eks, "cluster-control-plane")["Condition"]["ArnLike"]["aws:SourceArn"].endswith(
        ":cluster/acme-dev-cluster"
    )
    granted = {item.inputs["principalArn"]: item.inputs for item in eks.result.of_type(ENTRY)}
    assert granted[LEADS]["type"] == "STANDARD"
    assert granted["arn:aws:iam::123456789012:role/fraud"]["kubernetesGroups"] == ["fraud"]
    (policy,) = eks.result.of_type("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")
    assert policy.inputs["policyArn"] == "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy"
    assert policy.inputs["accessScope"]["type"] == "cluster"


def _nodes(eks: Single) -> None:
    group = eks.only("aws:eks/nodeGroup:NodeGroup").inputs
    assert group["scalingConfig"] == {"minSize": 2, "maxSize": 3, "desiredSize": 2} | group["scalingConfig"]
    template = eks.only("aws:ec2/launchTemplate:LaunchTemplate").inputs
    assert template["metadataOptions"]["httpTokens"] == "required"
    assert template["metadataOptions"]["httpPutResponseHopLimit"] == 1
    assert template["blockDeviceMappings"][0]["ebs"]["encrypted"] == "true"


def _identities(eks: Single) -> None:
    add_ons = {item.inputs["addonName"]: item.inputs for item in eks.result.of_type("aws:eks/addon:Addon")}
    assert set(add_ons) == set(EVERY_ADD_ON)
    assert add_ons["vpc-cni"]["addonVersion"] == "v1.20.4-eksbuild.1"
    assert json.loads(add_ons["vpc-cni"]["configurationValues"]) == {"enableNetworkPolicy": "true"}
    assert add_ons["aws-ebs-csi-driver"]["podIdentityAssociations"][0]["serviceAccount"] == "ebs-csi-controller-sa"
    controller = trust(eks, "cluster-karpenter")
    assert controller["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert controller["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    assert controller["Condition"]["StringEquals"] == {
        "aws:RequestTag/eks-cluster-name": "acme-dev-cluster",
        "aws:RequestTag/kubernetes-namespace": "kube-system",
        "aws:RequestTag/kubernetes-service-account": "karpenter",
    }
    provider = eks.only("aws:iam/openIdConnectProvider:OpenIdConnectProvider").inputs
    assert provider["clientIdLists"] == ["sts.amazonaws.com"]


def _karpenter(eks: Single) -> None:
    statements = {
        item["Sid"]: item for item in eks.document("aws:iam/rolePolicy:RolePolicy", "cluster-karpenter")["Statement"]
    }
    ending = statements["EndWhatIsTheClusters"]["Condition"]
    assert ending["StringEquals"] == {"aws:ResourceTag/kubernetes.io/cluster/acme-dev-cluster": "owned"}
    everywhere = [item["Action"] for item in statements.values() if item["Resource"] == "*"]
    actions = {action for one in everywhere for action in ([one] if isinstance(one, str) else one)}
    assert [action for action in actions if not action.partition(":")[2].startswith(READING)] == []
    rules = {rule.name: json.loads(rule.inputs["eventPattern"]) for rule in eks.result.of_type(RULE)}
    assert {pattern["detail-type"][0] for pattern in rules.values()} == {
        "AWS Health Event",
        "EC2 Spot Instance Interruption Warning",
        "EC2 Instance Rebalance Recommendation",
        "EC2 Instance State-change Notification",
    }
    queue = eks.only("aws:sqs/queue:Queue").outputs
    assert {target.inputs["arn"] for target in eks.result.of_type(TARGET)} == {queue["arn"]}
    assert eks.outputs["interruptionQueue"] == queue["name"]


def _namespaces(eks: Single, cloud: LocalCloud) -> None:
    assert eks.outputs["operatorNamespaces"] == ["kueue-system", "monitoring", "nvidia"]
    core: Any = client.CoreV1Api(cloud.kubernetes())
    nvidia = core.read_namespace("nvidia").metadata.labels
    assert nvidia["pod-security.kubernetes.io/enforce"] == "privileged"
    profiles = core.read_namespaced_config_map("gpu-sharing-profiles", "nvidia").data
    assert {"whole", "time-slicing-4"} <= set(profiles)


@pytest.mark.engine
def test_a_private_cluster_in_production(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    """With operators by Helm: previewed only, as no node would ever run them here."""
    assert local_cluster.state.cluster is not None
    spec = {"type": "eks", "operators": ["karpenter", "kserve"]}
    workspace = cluster(make_workspace, "eks-private", spec, environment="prod", **network(local_cluster))
    steps = workspace.preview(json=True).events["steps"]
    (control,) = (step["newState"]["inputs"] for step in steps if step["urn"].endswith("eks/cluster:Cluster::cluster"))
    assert control["vpcConfig"]["endpointPublicAccess"] is False
    assert "publicAccessCidrs" not in control["vpcConfig"]
    assert control["deletionProtection"] is True
    releases = [step["newState"]["inputs"] for step in steps if ":Release::" in step["urn"]]
    assert {(release["name"], release["version"]) for release in releases} == {
        ("cert-manager", "v1.17.0"),
        ("karpenter", "1.15.1"),
        ("kserve-crd", "v0.17.0"),
        ("kserve-resources", "v0.17.0"),
        ("kserve-runtime-configs", "v0.17.0"),
    }


@pytest.mark.engine
def test_an_existing_cluster(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    assert local_cluster.state.cluster is not None
    spec = {"type": "existing", "clusterName": "theirs", "nodeInstanceProfile": "nodes", "operators": ["kueue"]}
    workspace = cluster(make_workspace, "existing-around", spec)
    made = Single(workspace, workspace.up(), "Cluster")
    assert made.outputs == {"clusterName": "theirs", "instanceProfile": "nodes", "operators": ["kueue"]}
    assert [item for item in objects(made.result) if item.name != "namespace"] == []


@pytest.mark.engine
def test_an_eks_cluster_without_a_network(local_cluster: LocalCloud, make_workspace: Callable[..., Workspace]) -> None:
    assert local_cluster.state.cluster is not None
    result = cluster(make_workspace, "eks-nowhere", {"type": "eks"}).preview(check=False)
    assert result.code != 0
    assert "wired to no network" in result.output


@pytest.mark.parametrize("operator", get_args(Operator))
def test_every_operator_has_a_chart_at_one_version(operator: Operator) -> None:
    charts = CHARTS[operator]
    assert charts
    for chart in charts:
        assert re.fullmatch(r"v?\d+\.\d+\.\d+", chart.version), chart
        assert chart.chart.startswith("oci://") != bool(chart.repository), chart


def test_what_needs_another_release_comes_after_it() -> None:
    releases = [chart.name for chart in charts_of(get_args(Operator))]
    # What the Knative operator makes of an object comes right after the operator.
    order = [name for release in releases for name in (release, *BESIDE.get(release, ()))]
    assert len(order) == len(set(order))
    for name, before in NEEDS.items():
        assert all(order.index(other) < order.index(name) for other in before), name


def test_every_chart_with_values_is_installed_by_an_operator() -> None:
    names = {chart.name for charts in CHARTS.values() for chart in charts}
    assert set(VALUES) <= names
