"""Which model is in production, and what it was."""

from __future__ import annotations

from trimtab.components.model_registry.component import ModelRegistry, ModelRegistryArgs

__all__ = ["ModelRegistry", "ModelRegistryArgs"]
