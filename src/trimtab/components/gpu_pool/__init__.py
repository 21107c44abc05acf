"""GPU nodes on a cluster, and the queues in front of them."""

from __future__ import annotations

from trimtab.components.gpu_pool.args import GpuPoolArgs
from trimtab.components.gpu_pool.component import GpuPool
from trimtab.components.gpu_pool.profiles import sharing_profiles

__all__ = ["GpuPool", "GpuPoolArgs", "sharing_profiles"]
