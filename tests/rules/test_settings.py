"""One file configures the packs and the offline check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from trimtab.rules.audit.log_retention import RetentionConfig
from trimtab.rules.check import RuleSet
from trimtab.rules.examples import resource
from trimtab.rules.registry import RULES
from trimtab.rules.settings import read_settings, settings_from
from trimtab.rules.stack import Stack
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

STACK = Stack((resource("aws:cloudwatch/logGroup:LogGroup", "logs", retentionInDays=200),))


def broken(document: dict[str, Any]) -> set[str]:
    return {finding.rule for finding in RuleSet(RULES, settings_from(document, RULES, "config")).check(STACK)}


def test_a_rules_own_setting_changes_its_judgement() -> None:
    assert "log-retention" not in broken({})
    assert "log-retention" in broken({"log-retention": {"days": 365}})


def test_a_disabled_rule_does_not_run() -> None:
    assert "owner-tags" in broken({})
    assert "owner-tags" not in broken({"owner-tags": "disabled"})
    assert "owner-tags" not in broken({"owner-tags": {"enforcementLevel": "disabled"}})


def test_all_is_overruled_by_a_rules_own_level() -> None:
    assert broken({"all": "disabled", "log-group-encrypted": "mandatory"}) == {"log-group-encrypted"}
    # So the engine hands it on.
    assert broken({"all": {"enforcementLevel": "disabled"}}) == set()


def test_yaml_and_json_are_both_read(tmp_path: Path) -> None:
    for name, text in (("c.yaml", "log-retention:\n  days: 7\n"), ("c.json", '{"log-retention": {"days": 7}}')):
        (tmp_path / name).write_text(text, encoding="utf-8")
        settings = read_settings(tmp_path / name, RULES)
        assert settings["log-retention"].config == RetentionConfig(days=7)


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ("{", "is not valid YAML", "mend"),
        ("[]", "is not an object", "write an object"),
        ("log-retntion: advisory", "'log-retntion': no such rule", "did you mean log-retention?"),
        ("log-retention: strict", "log-retention = 'strict': no such level", "advisory, mandatory, disabled"),
        ("log-retention: {enforcementLevel: 3}", "log-retention.enforcementLevel = 3: no such level", "use one of"),
        ("log-retention: {days: many}", "log-retention.days = 'many': input should be a valid integer", "takes days"),
        (
            "log-retention: {days: 0}",
            "log-retention.days = 0: input should be greater than or equal to 1",
            "takes days",
        ),
        ("log-retention: {day: 3}", "log-retention.day = 3: extra inputs are not permitted", "takes days"),
        ("ecr-immutable-tags: {x: 1}", "ecr-immutable-tags.x = 1", "takes no settings"),
        ("all: [advisory]", "all = ['advisory']: no such level", "use one of"),
    ],
)
def test_a_wrong_value_is_a_message_with_path_and_remedy(tmp_path: Path, text: str, says: str, remedy: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_settings(path, RULES)
    assert says in caught.value.message
    assert str(path) in caught.value.message
    assert remedy in caught.value.remedy
