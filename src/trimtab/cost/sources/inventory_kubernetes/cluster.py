"""A cluster as an inventory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kubernetes.client import ApiClient, AppsV1Api, Configuration, CoreV1Api, CustomObjectsApi
from kubernetes.client.exceptions import ApiException
from kubernetes.config import ConfigException, load_incluster_config, new_client_from_config
from urllib3.exceptions import HTTPError

from trimtab.cost.sources.inventory_kubernetes.nodes import places
from trimtab.cost.sources.inventory_kubernetes.pools import pools
from trimtab.cost.sources.inventory_kubernetes.workloads import workloads
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from trimtab.cost.model import Resource


@dataclass(frozen=True)
class KubernetesCluster:
    """The workloads and GPU pools of one cluster.

    It lists nodes, pods, deployments, statefulsets, daemonsets and nodepools, and reads nothing else.
    """

    client: ApiClient

    @classmethod
    def from_environment(cls, context: str | None) -> KubernetesCluster:
        """Use KUBECONFIG (or ~/.kube/config) and its current context, or the account of the pod this runs in.

        Raises:
            UserError: there is neither, or no such context.
        """
        try:
            # The package reads KUBECONFIG once, when it is imported; what counts is what it says now.
            file = os.environ.get("KUBECONFIG")
            return cls(new_client_from_config(config_file=file, context=context))  # type: ignore[no-untyped-call]  # theirs
        except ConfigException as error:
            if context is None:
                inside = _inside()
                if inside is not None:
                    return inside
            raise UserError(
                f"--inventory kubernetes: {str(error).splitlines()[0]}",
                remedy="set KUBECONFIG, or name one of `kubectl config get-contexts` with --context.",
            ) from error

    def resources(self) -> tuple[Resource, ...]:
        """Return every container of a workload that runs, and every GPU pool.

        Raises:
            UserError: there is none.
            WorldError: the API server cannot be reached or refuses.
        """
        try:
            where = places(CoreV1Api(self.client))
            found = (*workloads(AppsV1Api(self.client), where), *pools(CustomObjectsApi(self.client)))
        except ApiException as error:
            raise WorldError(
                f"--inventory kubernetes: the API server says {error.status} {error.reason}",
                remedy="allow `list` of nodes, pods, deployments, statefulsets, daemonsets and nodepools.",
            ) from error
        except HTTPError as error:
            raise WorldError(
                f"--inventory kubernetes: the API server cannot be reached: {error}",
                remedy="check the context and the network.",
            ) from error
        if not found:
            raise UserError(
                "--inventory kubernetes: no Deployment, StatefulSet or DaemonSet runs a pod, and no NodePool has a "
                "limit on GPUs",
                remedy="name another cluster with --context.",
            )
        return found


def _inside() -> KubernetesCluster | None:
    """Return the cluster that this runs in, if it does."""
    configuration = Configuration()
    try:
        load_incluster_config(client_configuration=configuration)  # type: ignore[no-untyped-call]  # theirs
    except ConfigException:
        return None
    return KubernetesCluster(ApiClient(configuration))
