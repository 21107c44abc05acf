"""What the components on a cluster share."""

from trimtab.components.kube.component import ClusterArgs, ClusterComponent
from trimtab.components.kube.embedded import skip_await

__all__ = ["ClusterArgs", "ClusterComponent", "skip_await"]
