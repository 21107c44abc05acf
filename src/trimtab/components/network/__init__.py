"""The network that every other part lives in."""

from __future__ import annotations

from trimtab.components.network.component import Network, NetworkArgs

__all__ = ["Network", "NetworkArgs"]
