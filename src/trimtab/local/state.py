"""What is known of the running local cloud, in one file."""

from __future__ import annotations

from datetime import datetime  # pydantic reads the annotation
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from trimtab.local.atomic import write_text
from trimtab.local.engine.model import Origin
from trimtab.local.kubernetes.record import ClusterRecord
from trimtab.local.processes import ProcessRecord
from trimtab.spec.errors import WorldError


class EngineRecord(BaseModel):
    """The engine that the local cloud's environment leads to.

    Attributes:
        folder: goes first on PATH; holds `pulumi` and `pulumi-language-python`.
        official_language_host: False where ours serves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path
    version: str
    origin: Origin
    official_language_host: bool


class LocalState(BaseModel):
    """The state file.

    Attributes:
        schema_version: of this file.
        started: when the AWS process was started (UTC).
        region: AWS region of the environment.
        port: where AWS listens on 127.0.0.1.
        engine: which engine is used.
        cloud: the AWS process.
        cluster: Kubernetes; None where it was not asked for.
        processes: others that live and end with it, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    started: datetime
    region: str
    port: int
    engine: EngineRecord
    cloud: ProcessRecord
    cluster: ClusterRecord | None = None
    processes: dict[str, ProcessRecord] = {}

    @property
    def all_processes(self) -> tuple[ProcessRecord, ...]:
        """In the order in which they are ended: what plays against the cloud goes before the cloud."""
        cluster = self.cluster.processes if self.cluster else ()
        return (*self.processes.values(), *cluster, self.cloud)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def load(path: Path) -> LocalState | None:
    """The state that was saved, or None where nothing was.

    Raises:
        WorldError: the file is there and cannot be understood.
    """
    try:
        return LocalState.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValidationError, ValueError, OSError) as error:
        raise WorldError(
            f"{path} cannot be read: {str(error).splitlines()[0]}",
            remedy="end a `python -m trimtab.local.cloud` that may still run, then `trimtab local down --purge`, "
            "which removes the file, and `trimtab local up`.",
        ) from error


def save(path: Path, state: LocalState) -> None:
    """Replace the saved state in one step.

    Raises:
        WorldError: the disk is full.
    """
    write_text(path, state.model_dump_json(indent=2) + "\n")
