"""Through the real engine: preview, update and `policy analyze` say what the offline check says of their files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.rules.runtime.packs import PACKS, Seen
from tests.support import LocalCloud, Workspace
from tests.support.cloud import Finished, run
from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.registry import RULES
from trimtab.rules.state import stack_from
from trimtab.rules.waivers import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("policies")]

PROGRAM = """
import json
import pulumi, pulumi_aws as aws

bare = aws.s3.Bucket("bare", force_destroy=True)
data = aws.s3.Bucket("data", tags={"Team": "ml", "CostCenter": "1", "Environment": "dev"}, force_destroy=True)
aws.s3.BucketVersioning("data", bucket=data.id, versioning_configuration={"status": "Enabled"})
aws.ecr.Repository("models", image_tag_mutability="IMMUTABLE", force_delete=True)
aws.cloudwatch.LogGroup("logs", retention_in_days=30)
trusted = {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
role = aws.iam.Role("role", assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": [trusted]}))
grant = data.arn.apply(lambda arn: json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": [arn]}]}))
aws.iam.RolePolicy("grant", role=role.id, policy=grant)
"""
# Two packs are enough here, and start faster; every rule of all of them is compared in test_same_findings.
RUN = ("versioning", "security")
ALL = [item for pack in RUN for item in ("--policy-pack", str(PACKS / pack))]


@pytest.fixture(scope="module")
def workspace(local_cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = Workspace(local_cloud, tmp_path_factory.mktemp("policies"), program=PROGRAM, name="policies")
    yield made
    made.destroy(check=False)
    made.pulumi("stack", "rm", "--yes", "--force")


@pytest.fixture(scope="module")
def advisory(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All packs, none of which stops the run."""
    path = tmp_path_factory.mktemp("config") / "config.json"
    path.write_text('{"all": "advisory"}', encoding="utf-8")
    return [
        item for pack in zip(ALL[::2], ALL[1::2], strict=True) for item in (*pack, "--policy-pack-config", str(path))
    ]


def engine(workspace: Workspace, *args: str, **variables: str) -> Finished:
    executable = str(workspace.cloud.state.engine.folder / "pulumi")
    env = {**workspace.cloud.environment, **variables}
    return run([executable, *args, "--non-interactive", "--color=never"], env=env, cwd=workspace.folder)


def events(text: str) -> set[Seen]:
    said = [json.loads(line)["policyEvent"] for line in text.splitlines() if '"policyEvent"' in line]
    return {(it["policyName"], it["resourceUrn"], it["message"].split("\nremedy: ")[0].strip()) for it in said}


def offline(document: dict[str, Any]) -> set[Seen]:
    rules = [rule for rule in RULES if rule.pack in RUN]
    found = RuleSet(rules, default_settings(rules)).check(stack_from(document, "F"))
    return {(finding.rule, finding.urn, finding.message) for finding in found}


def test_first_preview(workspace: Workspace, advisory: list[str]) -> None:
    streamed = engine(workspace, "preview", "--json", *advisory, PULUMI_ENABLE_STREAMING_JSON_PREVIEW="1")
    plain = workspace.preview(json=True)
    said = events(streamed.stdout)
    assert said == offline(plain.events)
    assert ("bucket-versioning", "is not versioned") in {(rule, text) for rule, _, text in said}
    assert any(text == "unknown until update: `policy` is not known yet" for _, _, text in said)


def test_update_then_every_later_look(workspace: Workspace, advisory: list[str], tmp_path: Path) -> None:
    log = tmp_path / "events.json"
    flags = ("--yes", "--skip-preview", "--event-log", str(log), *advisory)
    updated = engine(workspace, "up", *flags, PULUMI_DEBUG_COMMANDS="1")
    assert updated.code == 0, updated.stdout + updated.stderr
    state = tmp_path / "state.json"
    state.write_text(json.dumps(workspace.export()), encoding="utf-8")

    expected = offline(workspace.export())
    assert ("iam-no-wildcard-actions", "allows s3:*") in {(rule, text) for rule, _, text in expected}
    assert events(log.read_text(encoding="utf-8")) == expected
    assert events(engine(workspace, "policy", "analyze", "--json", "--file", str(state), *advisory).stdout) == expected
    assert offline(workspace.preview(json=True, flags=["--show-sames"]).events) == expected


def test_a_mandatory_rule_stops_an_update_and_a_waiver_lets_it_pass(workspace: Workspace) -> None:
    flags = ["--policy-pack", str(PACKS / "versioning")]
    refused = workspace.preview(check=False, flags=flags)
    assert refused.code != 0
    assert "[mandatory] [severity: high]  bucket-versioning" in refused.output
    waiver = "{rule: bucket-versioning, resource: bare, reason: scratch, owner: ml, expires: 2999-01-01}"
    path = workspace.folder / FILE_NAME
    path.write_text(f"waivers:\n  - {waiver}\n", encoding="utf-8")
    allowed = workspace.preview(check=False, flags=flags)
    path.unlink()
    assert allowed.code == 0, allowed.output
    assert "waived until 2999-01-01 by ml (scratch): is not versioned" in allowed.output
