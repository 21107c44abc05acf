"""A language model behind vLLM's OpenAI-compatible server."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from trimtab.spec.cluster.pods import Replicas, SharedMemory
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving_base import Served
from trimtab.spec.cluster.serving_gpu import WholeGpus, device_count
from trimtab.spec.cluster.serving_model import Cache, ClaimCache, Engine, HubModel
from trimtab.spec.cluster.serving_scaling import CpuScaling, Scaling


class VllmServing(Served, Replicas):
    """A Deployment of vLLM servers behind a Service."""

    form: Literal["vllm"]
    model: HubModel
    engine: Engine
    cache: Cache
    scaling: Scaling | None = None
    """Absent: always `minReplicas`."""
    shared_memory_mib: SharedMemory = 2048
    """Through which the processes of one replica talk, in MiB."""

    @model_validator(mode="after")
    def _gpus_hold_the_model(self) -> Self:
        devices = device_count(self.gpu)
        if devices != self.engine.tensor_parallel_size and (devices or self.engine.tensor_parallel_size > 1):
            raise refuse(
                "engine.tensorParallelSize",
                f"tensorParallelSize {self.engine.tensor_parallel_size} is not the pod's number of GPUs, {devices}",
                allowed=str(devices or 1),
                remedy="set engine.tensorParallelSize and gpu.count to one number",
            )
        if self.engine.tensor_parallel_size > 1 and not isinstance(self.gpu, WholeGpus):
            raise refuse(
                "gpu",
                f"gpu.type {self.gpu.type if self.gpu else 'none'} cannot be spread over: its slices do not talk",
                allowed="whole GPUs with tensorParallelSize above 1",
                remedy="set gpu.type: whole, or tensorParallelSize: 1",
            )
        self.gpu_memory_fits(self.gpu_memory_gib)
        return self

    @model_validator(mode="after")
    def _replicas_can_start(self) -> Self:
        if self.max_replicas > self.min_replicas and self.scaling is None:
            raise refuse(
                "maxReplicas",
                f"maxReplicas {self.max_replicas} is never reached: there is no scaling",
                allowed=f"{max(1, self.min_replicas)} without scaling",
                remedy="add scaling, or set minReplicas and maxReplicas to one number",
            )
        if self.min_replicas == 0 and isinstance(self.scaling, CpuScaling | None):
            raise refuse(
                "minReplicas",
                "minReplicas 0 needs something that wakes it; nothing has a CPU use where no pod runs",
                allowed="1 or more, or 0 with scaling.type prometheus",
                remedy="set minReplicas: 1, or scale by a query over what callers ask for",
            )
        if self.max_replicas > 1 and isinstance(self.cache, ClaimCache) and self.cache.access_mode == "ReadWriteOnce":
            raise refuse(
                "cache.accessMode",
                f"accessMode ReadWriteOnce is for one node, but there may be {self.max_replicas} replicas",
                allowed="ReadWriteMany where maxReplicas is more than 1",
                remedy="use a shared storage class (EFS, FSx) with ReadWriteMany, or cache.type empty-dir",
            )
        return self

    @property
    def wakes_from_zero(self) -> bool:
        """Whether no replica may run while nobody asks."""
        return self.scaling is not None and not isinstance(self.scaling, CpuScaling)
