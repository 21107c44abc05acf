"""What watches a cluster: monitors, rules, dashboards, drift, and the way from an alert to its owner."""

# ruff: noqa: TC001  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from trimtab.components.cluster_monitoring.alerts import rule_groups
from trimtab.components.cluster_monitoring.args import ClusterMonitoringArgs
from trimtab.components.cluster_monitoring.dashboards import dashboard_files
from trimtab.components.cluster_monitoring.drift import drift_service
from trimtab.components.cluster_monitoring.exporters import counters_file
from trimtab.components.cluster_monitoring.monitors import MONITOR_VERSION, monitors
from trimtab.components.cluster_monitoring.routing import ROUTING_VERSION, routing_spec
from trimtab.components.kube import ClusterComponent

COUNTERS = "dcgm-counters"
"""The ConfigMap that DCGM's exporter reads its list of counters from (its chart's `customMetrics`)."""


class ClusterMonitoring(ClusterComponent):
    """Objects that the Prometheus operator, Grafana's sidecar and Alertmanager pick up.

    Attributes:
        rule_names: groups of rules that are declared.
        dashboard_names: ConfigMaps of dashboards.
        counters_name: the ConfigMap with DCGM's list of counters; None where GPUs are not watched.
    """

    rule_names: list[str]
    dashboard_names: list[str]
    counters_name: str | None

    def __init__(self, name: str, args: ClusterMonitoringArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args, opts, needs=["prometheus-operator"])
        spec = args["spec"]
        self._monitors(args)
        self.rule_names = self._rules(args)
        self.dashboard_names = self._dashboards(args)
        self.counters_name = self._counters() if "dcgm" in spec.exporters else None
        self.custom(
            f"{name}-routing",
            ROUTING_VERSION,
            "AlertmanagerConfig",
            self.metadata(name, labels=spec.rule_labels),
            {"spec": routing_spec(spec, self.owner.contact, args.get("retraining", {}))},
        )
        handles = self._drift(args)
        self.finish(
            {
                "ruleNames": self.rule_names,
                "dashboardNames": self.dashboard_names,
                "countersName": self.counters_name,
            },
            handles,
        )

    def _monitors(self, args: ClusterMonitoringArgs) -> None:
        for exporter, (kind, fields) in monitors(args["spec"]).items():
            self.custom(
                f"{self.name}-{exporter}",
                MONITOR_VERSION,
                kind,
                self.metadata(f"{self.name}-{exporter}", labels=args["spec"].rule_labels),
                {"spec": fields},
            )

    def _rules(self, args: ClusterMonitoringArgs) -> list[str]:
        groups = rule_groups(args["spec"], self.namespace)
        self.custom(
            f"{self.name}-rules",
            MONITOR_VERSION,
            "PrometheusRule",
            self.metadata(self.name, labels=args["spec"].rule_labels),
            {"spec": {"groups": groups}},
        )
        return [group["name"] for group in groups]

    def _dashboards(self, args: ClusterMonitoringArgs) -> list[str]:
        tags = ["trimtab", self.context.platform, self.context.environment]
        drawn = dashboard_files(args["spec"], prefix=self.context.prefix, tags=tags)
        names = []
        for file, text in drawn.items():
            names.append(f"{self.name}-{file.removesuffix('.json')}-dashboard")
            kubernetes.core.v1.ConfigMap(
                names[-1],
                metadata=self.metadata(names[-1], labels=args["spec"].dashboard_labels),
                data={f"{self.context.prefix}-{file}": text},
                opts=self.child(),
            )
        return names

    def _counters(self) -> str:
        kubernetes.core.v1.ConfigMap(
            f"{self.name}-{COUNTERS}",
            metadata=self.metadata(COUNTERS),
            data={"metrics": counters_file()},
            opts=self.child(),
        )
        return COUNTERS

    def _drift(self, args: ClusterMonitoringArgs) -> list[dict[str, Any]]:
        spec = args["spec"].drift
        if spec is None:
            return []
        deployment = drift_service(self, spec, args)
        path = args.get("spec_path")
        name = deployment.metadata.name
        return [
            self.handle(
                spec.sizing(f"{path}.drift" if path else None),
                cloud_id=pulumi.Output.concat(self.namespace, "/Deployment/", name),
                region="kubernetes",
                dimensions={
                    "namespace": self.namespace,
                    "workload_kind": "Deployment",
                    "workload": name,
                    "container": "drift",
                },
                tags=self.tags(),
            )
        ]
