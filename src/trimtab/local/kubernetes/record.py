"""What the state file knows of the embedded cluster."""

from __future__ import annotations

from datetime import datetime  # pydantic reads the annotation

from pydantic import BaseModel, ConfigDict

from trimtab.local.processes import ProcessRecord  # pydantic reads the annotation


class ClusterRecord(BaseModel):
    """A cluster that was started.

    Attributes:
        started: when its API server was started (UTC).
        version: of Kubernetes.
        port: where the API server listens on 127.0.0.1.
        etcd_port: where etcd does.
        etcd: its process.
        api_server: its process.
        controllers: the process of the few controllers that deletion needs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    started: datetime
    version: str
    port: int
    etcd_port: int
    etcd: ProcessRecord
    api_server: ProcessRecord
    controllers: ProcessRecord

    @property
    def endpoint(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def processes(self) -> tuple[ProcessRecord, ...]:
        """In the order in which they are ended."""
        return (self.controllers, self.api_server, self.etcd)
