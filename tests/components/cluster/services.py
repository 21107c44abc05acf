"""What the tests of servers on a cluster share: their wiring, and what every server must have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from tests.components.cluster.parts import one
from tests.components.single import OF_THE_WHOLE
from trimtab.cli.policy import policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import LocalCloud, Result, Workspace

EKS = "acme-services"


def network(cloud: LocalCloud) -> dict[str, Any]:
    """The wiring to the account's default network, with an EKS cluster in it: two subnets, and its default group."""
    ec2 = cloud.client("ec2")
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "isDefault", "Values": ["true"]}])["Vpcs"]
    here = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets(Filters=here)["Subnets"]]
    (group,) = ec2.describe_security_groups(Filters=[*here, {"Name": "group-name", "Values": ["default"]}])[
        "SecurityGroups"
    ]
    if EKS not in cloud.client("eks").list_clusters()["clusters"]:
        role = "arn:aws:iam::123456789012:role/eks"
        cloud.client("eks").create_cluster(name=EKS, roleArn=role, resourcesVpcConfig={"subnetIds": subnets[:2]})
    return {
        "vpc_id": vpc["VpcId"],
        "subnet_ids": sorted(subnets)[:2],
        "client_security_group_id": group["GroupId"],
    }


def wired(part: dict[str, Any], inputs: dict[str, Any]) -> dict[str, Any]:
    """A part with further inputs."""
    return {**part, "inputs": {**part["inputs"], **inputs}}


def image(name: str) -> str:
    """An image by digest."""
    return f"registry.example.com/{name}@sha256:{'a' * 64}"


def stored(name: str) -> dict[str, str]:
    """A secret of a vault."""
    return {"type": "external-secret", "store": "vault", "remoteKey": f"acme/{name}"}


def pod(result: Result, name: str) -> dict[str, Any]:
    """The pod of a deployment."""
    found: dict[str, Any] = one(result, "Deployment", name)["spec"]["template"]["spec"]
    return found


def variables(container: dict[str, Any]) -> dict[str, Any]:
    """A container's environment: variable → its value, or where it comes from."""
    return {entry["name"]: entry.get("value", entry.get("valueFrom")) for entry in container["env"]}


def looseness(workload: dict[str, Any], *, writable: tuple[str, ...] = ()) -> Iterator[str]:
    """What of a pod is looser than it should be; `writable` containers may write their root file system."""
    if workload["automountServiceAccountToken"] or workload["securityContext"]["runAsNonRoot"] is not True:
        yield "the pod"
    for container in [*workload.get("initContainers", []), *workload["containers"]]:
        security, name = container["securityContext"], container["name"]
        if security["allowPrivilegeEscalation"] or security["capabilities"] != {"drop": ["ALL"]}:
            yield f"{name}: privileges"
        if security["readOnlyRootFilesystem"] is not (name not in writable):
            yield f"{name}: its root file system"
        if set(container["resources"]) != {"requests", "limits"} or "@sha256:" not in container["image"]:
            yield f"{name}: resources, or image"


def findings(workspace: Workspace, result: Result) -> list[str]:
    """What the shipped rules find in a stack, as `rule: resource: message`."""
    file = workspace.folder / "state.json"
    file.write_text(json.dumps(result.state), encoding="utf-8")
    found = json.loads(CliRunner().invoke(policy, ["check", "--state", str(file), "--format", "json"]).output)
    # The namespace is the test's, and a trail is another part of a platform.
    ours = [
        item
        for item in found["findings"]
        if item["rule"] not in OF_THE_WHOLE and not item["urn"].endswith("::namespace")
    ]
    return [f"{item['rule']}: {item['urn'].rpartition('::')[2]}: {item['message']}" for item in ours]


def plain_secrets(result: Result) -> list[str]:
    """URNs of secrets on the cluster whose values are readable in the state."""
    return [
        resource.urn
        for resource in result.of_type("kubernetes:core/v1:Secret")
        for value in (resource.inputs.get("stringData") or {}).values()
        if not (isinstance(value, dict) and "ciphertext" in value)
    ]
