"""A model of the Hugging Face hub by commit, as the forms on a cluster load it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.secret import DnsName, Token
from trimtab.spec.units import GiB, Percent

DType = Literal["auto", "half", "float16", "bfloat16", "float", "float32"]
"""vLLM's names of the type that weights and activations are computed in."""


class HubModel(SpecModel):
    """A model of the Hugging Face hub by commit: `main` would be another model tomorrow."""

    model_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", description="OWNER/MODEL on the hub.")]
    revision: Annotated[
        str, Field(pattern=r"^[0-9a-f]{40}$", description="A commit id, 40 hexadecimal digits; not a branch.")
    ]
    token: Token | None = None
    """The hub's token, for models behind a licence; absent: the model is public."""


class Engine(SpecModel):
    """How vLLM runs a model."""

    served_model_name: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_./:-]{1,96}$", description="The name that clients ask for: letters, digits, . / : _ -"
        ),
    ]
    tensor_parallel_size: Annotated[int, Field(ge=1, le=16)] = 1
    """GPUs that one copy of the model is spread over."""
    max_model_len: Annotated[int, Field(ge=128, le=10_485_760)]
    """Tokens of prompt and answer together; the key-value cache is made for it."""
    gpu_memory_utilization_percent: Annotated[Percent, Field(ge=10, le=98)] = 90
    """Share of the GPU's memory that vLLM takes for weights, activations and cache."""
    dtype: DType = "auto"


class EmptyDirCache(SpecModel):
    """Each pod downloads the model; nothing stays when it goes."""

    type: Literal["empty-dir"]
    size_gib: GiB


class ClaimCache(SpecModel):
    """A volume claim that outlives pods: only the first one downloads."""

    type: Literal["claim"]
    size_gib: GiB
    storage_class: DnsName | None = None
    """Absent: the cluster's default class."""
    access_mode: Literal["ReadWriteOnce", "ReadWriteMany"] = "ReadWriteMany"
    """A volume on one node (ReadWriteOnce, EBS) serves one replica; a shared one (EFS, FSx) all of them."""


class HostPathCache(SpecModel):
    """A folder of the node, for fast local disks that every pod on the node shares.

    Pod Security's `baseline` and `restricted` levels refuse host paths: the namespace needs `privileged`.
    """

    type: Literal["host-path"]
    path: Annotated[
        str, Field(pattern=r"^(/[A-Za-z0-9_.-]+)+$", description="An absolute path on the node, /mnt/models.")
    ]

    @model_validator(mode="after")
    def _no_system_folder(self) -> Self:
        steps = self.path.split("/")
        if ".." in steps or steps[1] not in _DATA_ROOTS:
            raise refuse(
                "path",
                f"{self.path} is not a folder for data",
                allowed=f"paths below {', '.join(f'/{root}' for root in _DATA_ROOTS)}",
                remedy="choose /mnt/models, where the pool's nodes mount their local disks",
            )
        return self


_DATA_ROOTS = ("mnt", "opt", "srv", "data")
Cache = Annotated[EmptyDirCache | ClaimCache | HostPathCache, Field(discriminator="type")]
