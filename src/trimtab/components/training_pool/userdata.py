"""What a node does when it boots: reports its GPUs, mounts its data."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AGENT_CONFIG = "/opt/aws/amazon-cloudwatch-agent/etc/trimtab.json"
MOUNTPOINT_VERSION = "1.20.0"
DATA = "/data"


def agent_configuration() -> str:
    """Return the CloudWatch agent's configuration: GPU and memory use, summed up by auto scaling group."""
    return json.dumps(
        {
            "agent": {"metrics_collection_interval": 60},
            "metrics": {
                "namespace": "CWAgent",
                "append_dimensions": {"AutoScalingGroupName": "${aws:AutoScalingGroupName}"},
                "aggregation_dimensions": [["AutoScalingGroupName"]],
                "metrics_collected": {
                    "nvidia_gpu": {"measurement": ["utilization_gpu", "memory_used", "memory_total"]},
                    "mem": {"measurement": ["used_percent"]},
                },
            },
        },
        indent=2,
    )


def s3_mount(bucket: str, region: str) -> tuple[str, ...]:
    """Return the lines that mount the data bucket read-only; the package comes from S3, so no NAT is needed."""
    package = f"mount-s3-{MOUNTPOINT_VERSION}-x86_64.deb"
    source = f"https://s3.amazonaws.com/mountpoint-s3-release/{MOUNTPOINT_VERSION}/x86_64/{package}"
    return (
        f"command -v mount-s3 || (curl -fsSLo /tmp/{package} {source} && apt-get install -y /tmp/{package})",
        f"mkdir -p {DATA}",
        f"mount-s3 --read-only --allow-other --region {region} {bucket} {DATA}",
    )


def lustre_mount(dns_name: str, mount_name: str) -> tuple[str, ...]:
    """Return the lines that mount the Lustre file system; the image brings the client."""
    return (
        f"mkdir -p {DATA}",
        f"mount -t lustre -o relatime,flock {dns_name}@tcp:/{mount_name} {DATA}",
    )


def user_data(mount: Sequence[str]) -> str:
    """Return the boot script, base64-encoded as launch templates want it."""
    script = "\n".join(
        (
            "#!/bin/bash",
            "set -euo pipefail",
            f"cat > {AGENT_CONFIG} <<'AGENT'",
            agent_configuration(),
            "AGENT",
            f"amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:{AGENT_CONFIG}",
            *mount,
            "",
        )
    )
    return base64.b64encode(script.encode()).decode()
