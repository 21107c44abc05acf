"""Containers: what they run, in which environment, and how one knows that they are well."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.spec.cluster.pods import Resources

TMP = "/tmp"  # noqa: S108  an empty directory of the pod's own is mounted there
START_SECONDS, CHECK_SECONDS = 5, 10
STARTS = 60
"""Times that a server may not answer before it is started again: five minutes."""


@dataclass(frozen=True, kw_only=True)
class Container:
    """A container.

    Attributes:
        name: its name in the pod.
        image: by digest.
        command: what it runs; empty: what the image names.
        environment: variable → value, or what `from_secret` returned.
        resources: requests and limits.
        port: where it listens; None: nowhere.
        metrics: where it answers Prometheus, a port of its own; None: nowhere.
        health: path that answers 200 once it is ready, or the command that ends with 0; None: it is not a server.
        mounts: path → volume, or (volume, key) for one file of it, or a dict of the mount's own fields.
        read_only: whether its root file system is.
    """

    name: str
    image: str
    command: Sequence[pulumi.Input[str]] = ()
    environment: Mapping[str, Any] = field(default_factory=dict)
    resources: Resources
    port: int | None = None
    metrics: int | None = None
    health: str | Sequence[str] | None = None
    mounts: Mapping[str, str | tuple[str, str]] = field(default_factory=dict)
    read_only: bool = True

    def manifest(self) -> dict[str, Any]:
        """Return the container as Kubernetes has it."""
        return {
            "name": self.name,
            "image": self.image,
            "imagePullPolicy": "IfNotPresent",
            **({"command": list(self.command)} if self.command else {}),
            "env": [_variable(name, value) for name, value in self.environment.items()],
            **self._ports(),
            "resources": {"requests": self.resources.requests(), "limits": self.resources.limits()},
            "securityContext": {**container_security(), "readOnlyRootFilesystem": self.read_only},
            "volumeMounts": [_mount(path, volume) for path, volume in self.mounts.items()],
            **self._probes(),
        }

    def _ports(self) -> dict[str, Any]:
        named = {"http": self.port, "metrics": self.metrics}
        ports = [{"name": name, "containerPort": port} for name, port in named.items() if port]
        return {"ports": ports} if ports else {}

    def _probes(self) -> dict[str, Any]:
        if self.health is None:
            return {}
        check = (
            {"httpGet": {"path": self.health, "port": "http"}}
            if isinstance(self.health, str)
            else {"exec": {"command": list(self.health)}}
        )
        steady = {**check, "periodSeconds": CHECK_SECONDS, "timeoutSeconds": 5}
        return {
            "startupProbe": {**check, "periodSeconds": START_SECONDS, "timeoutSeconds": 5, "failureThreshold": STARTS},
            "readinessProbe": {**steady, "failureThreshold": 2},
            "livenessProbe": {**steady, "failureThreshold": 6},
        }


def from_secret(name: str, key: str) -> dict[str, Any]:
    """Return an environment variable's source: a key of a secret."""
    return {"secretKeyRef": {"name": name, "key": key}}


def scratch(name: str, *, mib: int, in_memory: bool = False) -> dict[str, Any]:
    """Return a volume that goes with the pod, `mib` MiB at most."""
    return {"name": name, "emptyDir": {"sizeLimit": f"{mib}Mi", **({"medium": "Memory"} if in_memory else {})}}


def _variable(name: str, value: Any) -> dict[str, Any]:
    return {"name": name, "valueFrom": value} if isinstance(value, dict) else {"name": name, "value": value}


def _mount(path: str, volume: str | tuple[str, str]) -> dict[str, Any]:
    if isinstance(volume, tuple):
        # One file by itself: a whole configuration map is mounted through links that programs walk twice.
        return {"name": volume[0], "mountPath": path, "subPath": volume[1], "readOnly": True}
    return {"name": volume, "mountPath": path}
