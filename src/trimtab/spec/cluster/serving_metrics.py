"""Whose metrics a server in KServe's mode raw has, where nothing before it counts requests."""

from __future__ import annotations

from typing import Literal

RuntimeMetrics = Literal["triton", "mlserver"]
METRICS_PORTS: dict[RuntimeMetrics, int] = {"triton": 8002, "mlserver": 8082}
"""Ports of their own on which both answer Prometheus, under /metrics: `--metrics-port` of tritonserver, `metrics_port`
of MLServer's settings; KServe v0.17's runtimes (config/runtimes) change neither."""
