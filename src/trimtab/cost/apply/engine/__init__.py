"""Pulumi's engine: the user's own `pulumi`, in the user's own environment."""

from __future__ import annotations

from trimtab.cost.apply.engine.port import Drift, Engine, Operation, Preview
from trimtab.cost.apply.engine.pulumi import PulumiEngine

__all__ = ["Drift", "Engine", "Operation", "Preview", "PulumiEngine"]
