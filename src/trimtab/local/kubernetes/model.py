"""Which versions make the embedded cluster, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KUBERNETES_VERSION = "1.35.0"
ETCD_VERSION = "3.6.16"
PROVIDER_VERSION = "4.25.0"
"""The one that the Python SDK asks the engine for; the plugin must say the same."""

ETCD = "etcd"
API_SERVER = "kube-apiserver"
CONTROLLERS = "kube-controller-manager"
PROVIDER = "pulumi-resource-kubernetes"


class Origin(StrEnum):
    """Where a program came from."""

    PATH = "path"
    PUBLISHED = "published"
    SOURCE = "source"


@dataclass(frozen=True)
class Part:
    """A program of the cluster that can be run.

    Attributes:
        executable: its file.
        version: without a leading `v`.
        origin: where it came from.
    """

    executable: Path
    version: str
    origin: Origin


@dataclass(frozen=True)
class Parts:
    """All that the embedded cluster is made of.

    Attributes:
        etcd: where objects are kept.
        api_server: Kubernetes' own.
        controllers: the controller manager, of which a few controllers run.
        provider: the Pulumi provider plugin.
        seed: holds the disk of an etcd in which the custom resources are defined.
    """

    etcd: Part
    api_server: Part
    controllers: Part
    provider: Part
    seed: Path
