"""Features, the same ones in training and in serving, by Feast on the cluster."""

from __future__ import annotations

from trimtab.components.feast.args import FeastArgs
from trimtab.components.feast.component import Feast
from trimtab.components.feast.repository import feature_repository

__all__ = ["Feast", "FeastArgs", "feature_repository"]
