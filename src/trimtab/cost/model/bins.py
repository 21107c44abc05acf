"""Logarithmic bins of load as a share of capacity; every rung of a machine's ladder is a bin's upper edge.

A sample of share s lies in bin ceil(32 · log2 s), so "over 1/4" is exactly "bin > -64" and counts of a rung
are exact, while a quantile is at most 2.2 % too high (2^(1/32)), never too low. The Kubernetes VPA uses
exponential buckets too (5 % apart), without edges on its steps.
"""

from __future__ import annotations

import numpy as np

PER_OCTAVE = 32
LOWEST = -8 * PER_OCTAVE  # 1/256 of capacity: sixteen times below the smallest rung, no decision needs less


def upper_edge(bins: np.ndarray) -> np.ndarray:
    """Return the share of capacity at the upper edge of each bin."""
    edges: np.ndarray = np.exp2(np.asarray(bins, dtype=float) / PER_OCTAVE)
    return edges


def bin_of(shares: np.ndarray) -> np.ndarray:
    """Return the bin of each share; 0 and all below 1/256 fall into the lowest one."""
    safe = np.maximum(np.asarray(shares, dtype=float), np.exp2(LOWEST / PER_OCTAVE))
    bins: np.ndarray = np.ceil(PER_OCTAVE * np.log2(safe)).astype(int)
    return bins
