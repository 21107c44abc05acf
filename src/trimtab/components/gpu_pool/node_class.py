"""The EC2NodeClass: image, disks, network and metadata service of a pool's nodes.

Fields: https://karpenter.sh/docs/concepts/nodeclasses/ (karpenter.k8s.aws/v1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.components.lists import strings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.spec.cluster.gpu_pool import GpuPool
    from trimtab.spec.cluster.workers import Workers

SYSTEM_DISK_GIB = 4
"""Bottlerocket keeps itself on a disk of its own; images and pods live on the second one."""
GP3_IOPS, GP3_MBPS = 6000, 500
"""Twice gp3's base: images of several GiB are unpacked while a GPU waits."""


@dataclass(frozen=True)
class Wiring:
    """What nodes are wired to.

    Attributes:
        instance_profile: its role may join the cluster.
        subnet_ids: private ones.
        security_group_ids: the nodes' own.
        disk_key_arn: the key of their disks; None: AWS's own for EBS.
    """

    instance_profile: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    security_group_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    disk_key_arn: pulumi.Input[str] | None = None


def node_class(spec: GpuPool | Workers, name: str, wiring: Wiring, tags: Mapping[str, str]) -> dict[str, Any]:
    """Return the spec of the EC2NodeClass of the pool called `name`."""
    return {
        "instanceProfile": wiring.instance_profile,
        "amiSelectorTerms": [{"alias": spec.image_alias}],
        "subnetSelectorTerms": _by_id(wiring.subnet_ids),
        "securityGroupSelectorTerms": _by_id(wiring.security_group_ids),
        "associatePublicIPAddress": False,
        "metadataOptions": {
            "httpEndpoint": "enabled",
            "httpProtocolIPv6": "disabled",
            # One hop: a pod cannot become its node. Workloads have roles of their own by Pod Identity.
            "httpPutResponseHopLimit": 1,
            "httpTokens": "required",
        },
        "blockDeviceMappings": disks(spec, wiring.disk_key_arn),
        # Local NVMe, where a type has it, holds what pods write; else it would be paid for and not used.
        "instanceStorePolicy": "RAID0",
        "detailedMonitoring": True,
        "tags": {**tags, "Pool": name},
    }


def disks(spec: GpuPool | Workers, key_arn: pulumi.Input[str] | None) -> list[dict[str, Any]]:
    """Return the disks, all encrypted; the one that holds images and pods is `diskGib` large."""
    if spec.image_alias.startswith("bottlerocket"):
        return [
            _disk("/dev/xvda", SYSTEM_DISK_GIB, key_arn, root=True),
            _disk("/dev/xvdb", spec.disk_gib, key_arn, root=False),
        ]
    return [_disk("/dev/xvda", spec.disk_gib, key_arn, root=True)]


def _disk(device: str, gib: int, key_arn: pulumi.Input[str] | None, *, root: bool) -> dict[str, Any]:
    return {
        "deviceName": device,
        "rootVolume": root,
        "ebs": {
            "volumeType": "gp3",
            "volumeSize": f"{gib}Gi",
            "iops": GP3_IOPS,
            "throughput": GP3_MBPS,
            "encrypted": True,
            "deleteOnTermination": True,
            **({} if key_arn is None else {"kmsKeyID": key_arn}),
        },
    }


def _by_id(ids: pulumi.Input[Sequence[pulumi.Input[str]]]) -> pulumi.Output[list[dict[str, str]]]:
    return strings(ids).apply(lambda known: [{"id": one} for one in known])


def reservations(spec: GpuPool) -> dict[str, Any]:
    """Return the field of an EC2NodeClass that names the reservations of `reserved` nodes; empty: it has none."""
    if not spec.reservation_ids:
        return {}
    return {"capacityReservationSelectorTerms": [{"id": one} for one in spec.reservation_ids]}
