"""GPU capacity for training: launch template, auto scaling group, data path, reservation, schedules."""

from __future__ import annotations

from trimtab.components.training_pool.args import TrainingPoolArgs
from trimtab.components.training_pool.component import TrainingPool

__all__ = ["TrainingPool", "TrainingPoolArgs"]
