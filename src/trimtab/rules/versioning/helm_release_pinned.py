"""Helm releases name their chart's version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import HELM_RELEASES

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_EXACT = re.compile(r"^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$")


def check(release: Resource, _: RuleConfig) -> Messages:
    chart = release.props.text("chart")
    # A chart in a folder or an archive is versioned with the program itself.
    if chart.startswith((".", "/")) or chart.endswith(".tgz"):
        return
    version = release.props.text("version")
    if not _EXACT.match(version):
        yield f"chart {chart} has version {version or 'none'}, not an exact one"


RULE = ResourceRule(
    id="helm-release-pinned",
    title="Helm releases name a chart version",
    pack="versioning",
    severity=Severity.MEDIUM,
    types=HELM_RELEASES,
    why="Without a version the next preview may install another chart than the one that was reviewed.",
    remedy="Name the chart's version:",
    code=(
        'kubernetes.helm.v3.Release("kuberay", chart="kuberay-operator", version="1.6.0", repository_opts=repository)'
    ),
    frameworks={Framework.ISO_42001: ("A.6.2.5", "A.10.3"), Framework.SOC_2: ("CC8.1",)},
    check=check,
    fails=example(resource(HELM_RELEASES[0], "kuberay", chart="kuberay-operator")),
    passes=example(resource(HELM_RELEASES[0], "kuberay", chart="kuberay-operator", version="1.6.0")),
)
