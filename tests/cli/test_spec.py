"""`trimtab spec` as a user runs it: the schema an editor takes, and a check that says what to mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from tests.spec.broken import BASE
from tests.spec.places import put
from tests.support.cloud import Finished, trimtab
from trimtab.cli.spec import spec
from trimtab.spec import CONFIG_KEY
from trimtab.spec.errors import UserError

STACKS = sorted((Path(__file__).parents[2] / "stacks").glob("Pulumi.*.yaml"))


def check(file: Path, *flags: str) -> Finished:
    return trimtab("spec", "check", str(file), *flags)


def refusal(file: Path) -> str:
    """What the command says of a file in this process; a new one for each of many files would only take time."""
    result = CliRunner().invoke(spec, ["check", str(file)])
    assert isinstance(result.exception, UserError), result.exception
    assert result.output == ""
    return str(result.exception)


def stack_file(folder: Path, declared: Any) -> Path:
    file = folder / "Pulumi.dev.yaml"
    file.write_text(json.dumps({"config": {"aws:region": "eu-central-1", CONFIG_KEY: declared}}), encoding="utf-8")
    return file


def test_schema_of_a_platform() -> None:
    printed = trimtab("spec", "schema")
    assert printed.code == 0, printed.stderr
    jsonschema.Draft202012Validator(json.loads(printed.stdout)).validate(BASE)


def test_schema_of_a_stack_file(tmp_path: Path) -> None:
    written = tmp_path / "stack.schema.json"
    assert trimtab("spec", "schema", "--stack-file", "-o", str(written)).code == 0
    validator = jsonschema.Draft202012Validator(json.loads(written.read_text(encoding="utf-8")))
    validator.validate({"config": {CONFIG_KEY: BASE}})
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"config": {CONFIG_KEY: put(BASE, "owner.surprise", 1)}})


def test_a_schema_that_cannot_be_written(tmp_path: Path) -> None:
    refused = trimtab("spec", "schema", "-o", str(tmp_path / "missing" / "schema.json"))
    assert refused.code == 2
    assert "--output" in refused.stderr
    assert "remedy:" in refused.stderr


def test_a_sound_stack_file(tmp_path: Path) -> None:
    sound = check(stack_file(tmp_path, BASE))
    assert sound.code == 0, sound.stderr
    assert "platform acme, environment dev: no problem" in sound.stdout
    assert "serving endpoints: fraud" in sound.stdout


def test_a_platform_alone_as_json_has_its_defaults(tmp_path: Path) -> None:
    file = tmp_path / "platform.yaml"
    file.write_text(json.dumps(BASE), encoding="utf-8")
    sound = check(file, "--format", "json")
    assert sound.code == 0, sound.stderr
    document = json.loads(sound.stdout)
    assert document["schema"] == "trimtab.spec.check/1"
    assert document["platform"]["network"]["zones"] == 2
    assert document["platform"]["servingEndpoints"][0]["dataCapture"] == {"samplingPercent": 20}


def test_every_problem_of_a_broken_one(tmp_path: Path) -> None:
    broken = put(put(BASE, "environment", "test"), "trainingPools[0].maxNode", 3)
    refused = check(stack_file(tmp_path, broken))
    assert refused.code == 2
    assert refused.stdout == ""
    assert f"Pulumi.dev.yaml: {CONFIG_KEY}: 2 problems" in refused.stderr
    assert "environment = 'test': is none of the allowed values; allowed: local, dev, staging or prod" in refused.stderr
    assert "did you mean maxNodes?" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("config: {a: [1", "is not YAML: line 1"),
        ("name: a\nname: b\n", "is not YAML"),
        ("- 1\n", "holds no mapping"),
        ("", "holds no mapping"),
        ("config:\n  aws:region: eu-central-1\n", f"its config has no {CONFIG_KEY}"),
        ("config: 3\n", f"its config has no {CONFIG_KEY}"),
        ("[" * 5000, "nested too deeply"),
        ("a: &a [*a]\n", "problem"),
        ("a: !!python/object:os.system x\n", ""),
        ("name: 2026-11-24\n", "name = '2026-11-24'"),
    ],
)
def test_what_is_no_declaration(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "platform.yaml"
    file.write_text(text, encoding="utf-8")
    said = refusal(file)
    assert says in said
    assert "remedy:" in said


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8" in refusal(binary)
    assert "cannot be read" in refusal(tmp_path / "none.yaml")
    assert "is not a file" in refusal(Path("/dev/null"))


@pytest.mark.parametrize("file", STACKS, ids=lambda file: file.name)
def test_the_shipped_stacks_are_sound(file: Path) -> None:
    result = CliRunner().invoke(spec, ["check", str(file)])
    assert result.exception is None, str(result.exception)
    assert "no problem" in result.output
