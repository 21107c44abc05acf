"""What holds data is deleted or replaced only where it is named; told from a preview, also one without its sames."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from tests.rules.states import state_of
from trimtab.cli.policy import policy
from trimtab.rules import tokens as t
from trimtab.rules.examples import example, resource

if TYPE_CHECKING:
    from pathlib import Path

DATA = resource(t.BUCKET, "data", bucket="data")
ROLE = resource(t.IAM_ROLE, "trainer", name="trainer")


def preview() -> dict[str, Any]:
    root = state_of(example().resources[0])
    steps = [{"op": "same", "urn": root["urn"], "oldState": root, "newState": root}]
    for one in (DATA, ROLE):
        state = state_of(one)
        made_anew = {"urn": one.urn, "oldState": state, "replaceReasons": ["bucket"]}
        steps += [{**made_anew, "op": "replace", "newState": state}, {**made_anew, "op": "delete-replaced"}]
    return {"steps": steps, "changeSummary": {"same": 300, "replace": 2}}


def messages(tmp_path: Path, named: list[str]) -> list[str]:
    (tmp_path / "preview.json").write_text(json.dumps(preview()), encoding="utf-8")
    (tmp_path / "config.json").write_text(
        json.dumps({"all": "disabled", "stateful-change-named": {"enforcementLevel": "mandatory", "named": named}}),
        encoding="utf-8",
    )
    files = ["--state", str(tmp_path / "preview.json"), "--config", str(tmp_path / "config.json")]
    out = tmp_path / "out.json"
    done = CliRunner().invoke(policy, ["check", *files, "--format", "json", "-o", str(out)])
    found = json.loads(out.read_text(encoding="utf-8"))["findings"]
    assert done.exit_code == (1 if found else 0), done.output
    return [finding["message"] for finding in found]


def test_a_replaced_bucket_is_refused_and_a_replaced_role_is_not(tmp_path: Path) -> None:
    said = "would replace data, Bucket (by a change of bucket), and nobody has named it"
    assert messages(tmp_path, []) == [said]


def test_a_named_one_is_let_through(tmp_path: Path) -> None:
    assert messages(tmp_path, ["data"]) == []
    assert messages(tmp_path, [DATA.urn]) == []
    assert messages(tmp_path, ["other"]) != []
