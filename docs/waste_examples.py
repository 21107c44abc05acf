"""One resource of each account kind that is not used, as its service would describe it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trimtab.cost.account.base import GIB, Found, Used

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.model.base import Scalar

REGION = "us-east-1"
_DAYS = 14.0


@dataclass(frozen=True)
class Example:
    """What is read of a resource, and what CloudWatch says of it; a metric that is not named has no point."""

    facts: Mapping[str, Scalar]
    use: Mapping[str, Used] = field(default_factory=dict)

    def found(self) -> Found:
        """Return it as the scan would read it."""
        return Found("example", REGION, self.facts)

    def used(self, metrics: tuple[str, ...]) -> dict[str, Used]:
        """Return its use, every metric named."""
        return {name: self.use.get(name, Used(days=_DAYS)) for name in metrics}


def _seen(*, total: float = 0.0, peak: float = 0.0, least: float = 0.0) -> Used:
    return Used(total=total, peak=peak, least=least, samples=int(_DAYS * 24), days=_DAYS)


EXAMPLES: dict[str, Example] = {
    "capacity-reservation": Example(
        {"id": "cr-1", "type": "g5.12xlarge", "total": 4, "available": 3, "kind": "default"},
        {"UsedInstanceCount": _seen(peak=1)},
    ),
    "rds-instance": Example(
        {
            "id": "features", "engine": "postgres", "class": "db.m5.2xlarge", "gib": 200, "storage": "gp3",
            "copies": 1, "replica": False, "cluster": "",
        },
        {
            "DatabaseConnections": _seen(peak=60),
            "CPUUtilization": _seen(peak=22),
            "FreeableMemory": _seen(least=24 * GIB),
        },
    ),
    "fsx-lustre": Example(
        {"id": "fs-1", "gib": 2_400, "deployment": "PERSISTENT_2", "throughput": 125},
        {"DataReadBytes": _seen(), "DataWriteBytes": _seen()},
    ),
    "ebs-volume": Example(
        {"type": "gp2", "gib": 500, "iops": 1_500, "mibps": 0, "attached": True, "state": "in-use"}
    ),
    "elasticache-cluster": Example(
        {"id": "features", "engine": "redis", "type": "cache.m5.large", "nodes": 1, "group": ""},
        {"GetTypeCmds": _seen(), "SetTypeCmds": _seen()},
    ),
    "sagemaker-notebook": Example({"type": "ml.g5.xlarge", "lifecycle": "", "since": "2026-03-02T08:00:00+00:00"}),
    "eks-cluster": Example({"status": "ACTIVE", "nodeGroups": 0, "fargateProfiles": 0, "instances": 0}),
    "nat-gateway": Example(
        {"id": "nat-1", "vpc": "vpc-1", "s3Endpoint": False},
        {"BytesOutToDestination": _seen(), "BytesOutToSource": _seen()},
    ),
    "dynamodb-table": Example(
        {"name": "online", "mode": "PROVISIONED", "readUnits": 400, "writeUnits": 100, "indexes": 0},
        {"ConsumedReadCapacityUnits": _seen(total=4e6), "ConsumedWriteCapacityUnits": _seen(total=1e6)},
    ),
    "load-balancer": Example({"type": "application", "name": "app/old/1", "targets": 0}),
    "feature-group": Example({"name": "clicks", "operation": "GetRecord", "online": True, "storage": "Standard"}),
    "log-group": Example(
        {"name": "/aws/sagemaker/Endpoints/old", "storedBytes": 900 * GIB, "retentionInDays": 0},
        {"IncomingBytes": _seen(total=4 * GIB)},
    ),
    "s3-bucket": Example({"abortsIncomplete": False, "oldUploads": 12, "oldBytes": 340 * GIB}),
    "ecr-repository": Example({"images": 410, "oldUntagged": 380, "oldBytes": 900 * GIB, "lifecyclePolicy": False}),
    "elastic-ip": Example({"ip": "203.0.113.7", "associated": False}),
}  # fmt: skip
"""By kind; a test judges each one."""
