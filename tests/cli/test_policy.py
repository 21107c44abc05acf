"""The command: options, exit codes, files in and out, through its own process or click's runner."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rules.states import export_of, preview_of, write_export
from trimtab.cli.main import trimtab
from trimtab.rules.examples import example, resource
from trimtab.rules.registry import RULES
from trimtab.rules.reports import FORMATS
from trimtab.rules.waivers import FILE_NAME, FILE_VARIABLE
from trimtab.spec.errors import UserError

ECR, TOPIC = "aws:ecr/repository:Repository", "aws:sns/topic:Topic"
BROKEN = example(resource(ECR, "models")).resources
MILD = example(resource(TOPIC, "alarms")).resources
GOOD = example(resource(TOPIC, "alarms", kmsMasterKeyId="alias/k")).resources
COMMAND = Path(sys.executable).with_name("trimtab")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return write_export(tmp_path / "state.json", BROKEN)


def policy(*args: str | Path) -> Result:
    """The command in this process; an error of ours comes out as it is, main() alone makes an exit code of it."""
    return CliRunner().invoke(trimtab, ["policy", *map(str, args)])


def findings(result: Result) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(result.stdout)["findings"]
    return found


def test_findings_leave_with_1_and_none_with_0(tmp_path: Path, state: Path) -> None:
    assert policy("check", "--state", state).exit_code == 1
    assert policy("check", "--state", write_export(tmp_path / "good.json", GOOD)).exit_code == 0


def test_severity_is_the_threshold_of_the_exit_code_only(tmp_path: Path) -> None:
    mild = write_export(tmp_path / "mild.json", MILD)
    assert policy("check", "--state", mild).exit_code == 1
    high = policy("check", "--state", mild, "--severity", "medium", "--format", "json")
    assert high.exit_code == 0
    assert [item["rule"] for item in findings(high)] == ["topic-encrypted"]


def test_a_pack_limits_the_rules(state: Path) -> None:
    result = policy("check", "--state", state, "--pack", "versioning", "--format", "json")
    assert {item["rule"] for item in findings(result)} == {"ecr-immutable-tags"}
    both = policy("check", "--state", state, "--pack", "versioning", "--pack", "cost", "--format", "json")
    assert {item["pack"] for item in findings(both)} == {"versioning", "cost"}


def test_config_waivers_and_baseline_change_what_counts(tmp_path: Path, state: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text('{"all": "disabled", "ecr-immutable-tags": "mandatory"}', encoding="utf-8")
    only = ("check", "--state", state, "--config", config)
    assert policy(*only).exit_code == 1

    baseline = tmp_path / "baseline.json"
    assert policy(*only, "--format", "json", "-o", baseline).exit_code == 1
    again = policy(*only, "--baseline", baseline)
    assert again.exit_code == 0
    assert "1 known from the baseline" in again.stdout

    waiver = "{rule: ecr-immutable-tags, resource: models, reason: r, owner: o, expires: 2999-01-01}"
    (tmp_path / FILE_NAME).write_text(f"waivers: [{waiver}]", encoding="utf-8")
    waived = policy(*only, "--format", "json")
    assert waived.exit_code == 0
    assert findings(waived)[0]["waived"] == {
        "rule": "ecr-immutable-tags",
        "resource": "models",
        "reason": "r",
        "owner": "o",
        "expires": "2999-01-01",
    }
    stale = tmp_path / "other.yaml"
    stale.write_text(f"waivers: [{waiver.replace('2999', '2020')}]", encoding="utf-8")
    expired = policy(*only, "--waivers", stale, "--format", "json")
    assert expired.exit_code == 1
    assert {item["rule"] for item in findings(expired)} == {"ecr-immutable-tags", "waiver-expired"}


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_written_to_a_file(tmp_path: Path, state: Path, name: str) -> None:
    path = tmp_path / "out"
    result = policy("check", "--state", state, "--format", name, "-o", path)
    assert result.exit_code == 1
    assert "ecr-immutable-tags" in path.read_text(encoding="utf-8")
    assert "findings" in result.stderr


def test_a_preview_without_its_unchanged_resources_is_warned_about(tmp_path: Path) -> None:
    preview = preview_of(BROKEN)
    preview["changeSummary"] = {"create": 2, "same": 5}
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(preview), encoding="utf-8")
    result = policy("check", "--state", path)
    assert result.exit_code == 1
    assert "leaves out 5 unchanged resources" in result.stderr
    assert "--show-sames" in result.stderr


def test_standard_input_and_exit_codes_of_the_real_process(tmp_path: Path) -> None:
    def run(text: str, *args: str) -> subprocess.CompletedProcess[str]:
        command = [str(COMMAND), "policy", "check", "--state", "-", *args]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert run(json.dumps(export_of(BROKEN))).returncode == 1
    assert run(json.dumps(export_of(GOOD))).returncode == 0
    cut = run(json.dumps(export_of(GOOD))[:-20])
    assert cut.returncode == 2
    assert "error: --state -: is not whole JSON" in cut.stderr
    assert "remedy: " in cut.stderr
    assert "Traceback" not in cut.stderr
    assert run("{}", "--severity", "terrible").returncode == 2


MISTAKES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "an older schema": ('{"version": 2, "deployment": {}}', {}, ("state.json: version = 2", "`pulumi stack export`")),
    "the oldest one": ('{"version": 1, "deployment": {}}', {}, ("state.json: version = 1", "`pulumi stack export`")),
    "a cut state": (json.dumps(export_of(GOOD))[:-20], {}, ("state.json: is not whole JSON", "it may be cut off")),
    "a broken waiver": (
        "",
        {"--waivers": "waivers:\n  - rule: topic-encrypted\n"},
        ("waivers[0].resource", "required"),
    ),
    "a waiver of no rule": (
        "",
        {"--waivers": "waivers: [{rule: topic-encryptd, resource: x, reason: y, owner: z, expires: 2099-01-01}]"},
        ("waivers[0].rule = 'topic-encryptd': no such rule", "did you mean topic-encrypted?"),
    ),
    "a setting of no rule": (
        "",
        {"--config": "log-retntion: advisory"},
        ("log-retntion", "did you mean log-retention?"),
    ),
    "a wrong value": ("", {"--config": "log-retention: {days: many}"}, ("log-retention.days = 'many'", "takes days")),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_leaves_with_2_its_path_and_a_remedy(tmp_path: Path, name: str) -> None:
    text, files, says = MISTAKES[name]
    (tmp_path / "state.json").write_text(text or json.dumps(export_of(GOOD)), encoding="utf-8")
    options = []
    for option, content in files.items():
        path = tmp_path / f"{option.strip('-')}.yaml"
        path.write_text(content, encoding="utf-8")
        options += [option, path.name]
    command = [str(COMMAND), "policy", "check", "--state", "state.json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert all(words in " ".join(done.stderr.split()) for words in says), done.stderr
    assert "remedy: " in done.stderr
    assert "Traceback" not in done.stderr


def test_list_has_every_rule_with_its_contract() -> None:
    document = json.loads(policy("list", "--format", "json").stdout)
    assert document["schema"] == "trimtab.policy.rules/1"
    assert [item["id"] for item in document["rules"]] == [rule.id for rule in RULES]
    for item in document["rules"]:
        assert item["scope"] in {"resource", "stack"}
        assert item["severity"] in {"low", "medium", "high", "critical"}
        assert all(numbers for numbers in item["frameworks"].values())
    table = policy("list").stdout
    assert all(rule.id in table for rule in RULES)
    assert table.strip().endswith(f"{len(RULES)} rules")


def test_a_framework_shows_coverage_and_what_nothing_covers() -> None:
    document = json.loads(policy("list", "--framework", "eu-ai-act", "--format", "json").stdout)
    assert document["framework"] == "EU AI Act"
    assert "log-retention" in document["coverage"]["26"]
    assert set(document["coverage"]) | set(document["uncovered"]) == {
        "9",
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
        "19",
        "26",
        "72",
        "73",
    }
    assert all("EU AI Act" in item["frameworks"] for item in document["rules"])
    table = policy("list", "--framework", "iso-42001").stdout
    assert "A.5.2 AI system impact assessment process" in table.split("by no rule:")[1]


def test_explain_shows_one_rule_and_helps_with_its_name() -> None:
    text = policy("explain", "log-retention").stdout
    assert text.startswith("# log-retention\n")
    assert "| `days` | `183` |" in text
    assert json.loads(policy("explain", "log-retention", "--format", "json").stdout)["rule"]["id"] == "log-retention"
    wrong = policy("explain", "log-retentoin")
    assert isinstance(wrong.exception, UserError)
    assert wrong.exception.exit_code == 2
    assert "did you mean log-retention?" in wrong.exception.remedy


def test_docs_are_written_and_checked(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    assert policy("docs", "-o", folder, "--check").exit_code == 1
    assert not folder.exists()
    assert policy("docs", "-o", folder).exit_code == 0
    assert policy("docs", "-o", folder, "--check").exit_code == 0
    (folder / "rules" / "gone.md").touch()
    assert policy("docs", "-o", folder, "--check").exit_code == 1
    assert policy("docs", "-o", folder).exit_code == 0
    assert not (folder / "rules" / "gone.md").exists()
