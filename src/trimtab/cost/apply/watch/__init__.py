"""Watching what was changed: metrics, alarms and errors after it, against a stated test."""

from __future__ import annotations

from trimtab.cost.apply.watch.both import eyes
from trimtab.cost.apply.watch.cloud import CloudEyes
from trimtab.cost.apply.watch.cluster import ClusterEyes
from trimtab.cost.apply.watch.durations import default_seconds, parse_duration
from trimtab.cost.apply.watch.port import Eyes, Watcher
from trimtab.cost.apply.watch.watcher import MetricWatcher

__all__ = ["CloudEyes", "ClusterEyes", "Eyes", "MetricWatcher", "Watcher", "default_seconds", "eyes", "parse_duration"]
