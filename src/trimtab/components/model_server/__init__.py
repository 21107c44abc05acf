"""A served model on a cluster: KServe, vLLM or Ray Serve, with all that belongs to it."""

from __future__ import annotations

from trimtab.components.model_server.args import ModelServerArgs
from trimtab.components.model_server.component import ModelServer

__all__ = ["ModelServer", "ModelServerArgs"]
