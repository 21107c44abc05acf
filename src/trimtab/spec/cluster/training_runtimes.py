"""Runtimes of Kubeflow Trainer: what a training job of one kind runs on, whoever submits it."""

# ruff: noqa: TC001  pydantic reads these annotations at run time

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.cluster.pods import Pods, SharedMemory
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving_gpu import device_count
from trimtab.spec.efa import efa_interfaces
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.units import GiB, Name

NodeCount = Annotated[int, Field(ge=1, le=1000, description="Nodes (pods) of one job.")]


class _Runtime(Pods):
    """What both kinds share; `resources` and `gpu` are those of one node."""

    name: Name
    image: ImageDigest
    scope: Literal["namespace", "cluster"] = "namespace"
    """Whether only the team's namespace may use it (TrainingRuntime) or every one (ClusterTrainingRuntime)."""
    nodes: NodeCount = 1
    """Nodes of a job that does not say how many."""
    shared_memory_mib: SharedMemory = 8192
    """What data loaders pass batches through."""
    scratch_gib: GiB = 100
    """Room on the node's disk for what a job unpacks."""
    max_restarts: Annotated[int, Field(ge=0, le=100)] = 3
    """How often a job begins again from its checkpoint, after a spot interruption or so."""
    efa: bool = False
    """Whether each node asks for all EFA interfaces of `instanceType`."""

    @model_validator(mode="after")
    def _efa_is_there(self) -> Self:
        if self.efa and (self.instance_type is None or efa_interfaces(self.instance_type) == 0):
            raise refuse(
                "efa",
                f"efa needs an instanceType with EFA interfaces; it is {self.instance_type or 'not set'}",
                allowed="true with p4d.24xlarge, p5.48xlarge and their like",
                remedy="set instanceType, or efa: false",
            )
        return self

    @property
    def processes_per_node(self) -> int:
        """One process a GPU; one where there is none."""
        return device_count(self.gpu) or 1


class TorchRuntime(_Runtime):
    """PyTorch's `torchrun`: one process a GPU, found by the first node's address."""

    type: Literal["torch"]


class DeepSpeedRuntime(_Runtime):
    """DeepSpeed over OpenMPI: a launcher that reaches the other nodes by SSH, and trains itself too.

    The image brings `sshd` and its configuration `/home/mpiuser/.sshd_config` for the user with the id 1000, as the
    Trainer project's own DeepSpeed image does.
    """

    type: Literal["deepspeed"]


Runtime = Annotated[TorchRuntime | DeepSpeedRuntime, Field(discriminator="type")]
