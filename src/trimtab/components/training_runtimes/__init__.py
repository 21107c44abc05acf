"""Training on a cluster: runtimes, Ray clusters, jobs in queues, and the bucket of their checkpoints."""

from __future__ import annotations

from trimtab.components.training_runtimes.args import TrainingRuntimesArgs
from trimtab.components.training_runtimes.component import TrainingRuntimes

__all__ = ["TrainingRuntimes", "TrainingRuntimesArgs"]
