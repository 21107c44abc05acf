"""promtool fires each declared alert from series in which it should, and not from those near them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.services.prometheus.cases_models import MODELS
from tests.services.prometheus.cases_platform import PLATFORM
from tests.services.prometheus.declared import monitoring
from tests.support.prometheus import promtool
from trimtab.components.cluster_monitoring.alerts import Alert, Recording, rule_groups, rules

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.services.prometheus.series import Recorded

CASES = {**PLATFORM, **MODELS}
DECLARED = [rule for group in rules(monitoring()).values() for rule in group]
EVALUATED = {"ErrorBudgetBurnsInADay": "5m", "ErrorBudgetBurnsInDays": "5m", "ErrorBudgetBurnsOut": "5m"}
"""How often promtool evaluates rules that look at many hours: a third of their shortest `for`, or less."""
ALERTS = sorted({rule.name for rule in DECLARED if isinstance(rule, Alert)})


def test_every_declared_alert_has_its_cases() -> None:
    assert sorted(CASES) == ALERTS
    assert all(case.fires and case.quiet for cases in CASES.values() for case in cases)


def test_rule_files_are_valid(tmp_path: Path) -> None:
    checked = promtool("check", "rules", "--lint=all", "--lint-fatal", str(written(tmp_path)))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(DECLARED)} rules found" in checked.stdout


@pytest.mark.parametrize("name", ALERTS)
def test_alert(name: str, tmp_path: Path) -> None:
    tests = [
        asked(name, series, case.at, expected)
        for case in CASES[name]
        for series, expected in [(case.fires, case.alerts), *((quiet, 0) for quiet in case.quiet)]
    ]
    told = run_tests(tmp_path, name, tests)
    assert told.returncode == 0, told.stdout + told.stderr


def test_promtool_sees_an_alert_that_should_be_quiet(tmp_path: Path) -> None:
    (case,) = CASES["ModelQueues"]
    assert run_tests(tmp_path, "ModelQueues", [asked("ModelQueues", case.fires, case.at, 0)]).returncode != 0


def test_an_alert_says_whose_it_is_and_goes_where_it_is_routed(tmp_path: Path) -> None:
    (case,) = CASES["ModelDrifts"]
    expected = {
        "exp_labels": {
            "namespace": "monitoring",
            "workload_namespace": "mlops",
            "model": "fraud",
            "severity": "ticket",
            "retrain": "true",
        },
        "exp_annotations": {
            "summary": "50 % of the features of fraud drifted",
            "description": "It is asked other things than it was trained on: 30 % are allowed.",
        },
    }
    rule = {"eval_time": case.at, "alertname": "ModelDrifts", "exp_alerts": [expected]}
    test = {"interval": "1m", "input_series": inputs(case.fires), "alert_rule_test": [rule]}
    told = run_tests(tmp_path, "ModelDrifts", [test])
    assert told.returncode == 0, told.stdout + told.stderr


def test_rules_whose_exporter_is_not_scraped_are_not_declared() -> None:
    some = monitoring(exporters=["kueue"], objectives=[], drift=None)
    declared = [rule for group in rules(some).values() for rule in group]
    assert {name for rule in declared for name in rule.exporters} == {
        "kueue",
        "kubelet",
        "kube-state-metrics",
        "prometheus",
    }
    assert not any(isinstance(rule, Recording) for rule in declared)


def asked(name: str, series: Recorded, at: str, expected: int) -> dict[str, Any]:
    query = f'count(ALERTS{{alertname="{name}", alertstate="firing"}})'
    pending = f'count(ALERTS{{alertname="{name}", alertstate="pending"}})'
    samples = [{"labels": "{}", "value": expected}] if expected else []
    tests = [{"expr": query, "eval_time": at, "exp_samples": samples}]
    quiet = [] if expected else [{"expr": pending, "eval_time": at, "exp_samples": []}]
    return {"interval": "1m", "input_series": inputs(series), "promql_expr_test": [*tests, *quiet]}


def inputs(series: Recorded) -> list[dict[str, str]]:
    return [{"series": name, "values": values} for name, values in series.items()]


def written(folder: Path, alert: str | None = None) -> Path:
    """The rule file; with an alert: its rules and what they draw on only, which promtool evaluates the sooner."""
    groups = rule_groups(monitoring(), "monitoring")
    if alert:
        exprs = " ".join(rule["expr"] for group in groups for rule in group["rules"] if rule.get("alert") == alert)
        for group in groups:
            group["rules"] = [r for r in group["rules"] if r.get("alert") == alert or f"{r.get('record')}{{" in exprs]
    path = folder / "rules.yml"
    path.write_text(json.dumps({"groups": groups}), encoding="utf-8")
    return path


def run_tests(folder: Path, alert: str, tests: list[dict[str, Any]]) -> subprocess.CompletedProcess[str]:
    written(folder, alert)
    path = folder / "tests.yml"
    content = {"rule_files": ["rules.yml"], "evaluation_interval": EVALUATED.get(alert, "1m"), "tests": tests}
    path.write_text(json.dumps(content), encoding="utf-8")
    return promtool("test", "rules", str(path), cwd=folder)
