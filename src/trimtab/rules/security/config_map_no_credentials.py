"""Credentials lie in secrets, not in settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_SENSITIVE = re.compile(
    r"(^|[^a-z])(token|password|passwd|secret|api[_-]?key|access[_-]?key|private[_-]?key)$", re.IGNORECASE
)
_VALUE = re.compile(
    r"(AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bhf_[A-Za-z0-9]{30,}|://[^/\s:@]+:[^/\s:@$]+@)"
)


def check(settings: Resource, _: RuleConfig) -> Messages:
    data = settings.props.block("data")
    for name in data.raw:
        value = data.text(name)
        if value and _SENSITIVE.search(name):
            yield f"data.{name} is a credential in plain text"
        elif _VALUE.search(value):
            yield f"data.{name} holds a credential in plain text"


RULE = ResourceRule(
    id="config-map-no-credentials",
    title="Config maps hold no credentials",
    pack="security",
    severity=Severity.HIGH,
    types=(kinds.CONFIG_MAP,),
    why="Whoever may list a namespace reads its config maps, and they are not encrypted as secrets are.",
    remedy="Fetch it from the vault as a secret:",
    code='{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "database", "key": "password"}}}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.NIST_AI_RMF: ("MEASURE 2.7",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(kinds.CONFIG_MAP, "mlflow", data={"uri": "postgresql://mlflow:hunter2@db:5432/mlflow"})),
    passes=example(resource(kinds.CONFIG_MAP, "mlflow", data={"uri": "postgresql://db:5432/mlflow"})),
)
