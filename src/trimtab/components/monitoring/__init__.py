"""Alarms, dashboard, data and model quality, and retraining on drift."""

from __future__ import annotations

from trimtab.components.monitoring.args import AlarmTopicArgs, MonitoringArgs, WatchedEndpoint, WatchedPool
from trimtab.components.monitoring.component import Monitoring
from trimtab.components.monitoring.topic import AlarmTopic

__all__ = ["AlarmTopic", "AlarmTopicArgs", "Monitoring", "MonitoringArgs", "WatchedEndpoint", "WatchedPool"]
