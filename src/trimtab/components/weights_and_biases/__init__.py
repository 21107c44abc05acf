"""A Weights & Biases server on the cluster."""

from __future__ import annotations

from trimtab.components.weights_and_biases.args import WeightsAndBiasesArgs
from trimtab.components.weights_and_biases.component import WeightsAndBiases

__all__ = ["WeightsAndBiases", "WeightsAndBiasesArgs"]
