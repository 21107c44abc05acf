"""A pack's own behaviour: configuration, waivers, levels, and a broken waiver file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import grpc
import pytest
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2 as proto

from tests.rules.runtime.packs import PackProcess, start, stop
from trimtab.rules.examples import resource
from trimtab.rules.waivers import FILE_NAME, FILE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Start = Callable[..., PackProcess]

ECR, LOGS = "aws:ecr/repository:Repository", "aws:cloudwatch/logGroup:LogGroup"
WAIVERS = """
waivers:
  - {rule: ecr-immutable-tags, resource: scratch, reason: tags move by design, owner: ml, expires: 2999-01-01}
  - {rule: ecr-immutable-tags, resource: old, reason: until it is gone, owner: ml, expires: 2020-01-01}
  - {rule: bucket-versioning, resource: nothing, reason: none, owner: ml, expires: 2999-01-01}
  - {rule: budget-exists, resource: nothing, reason: of another pack, owner: ml, expires: 2999-01-01}
"""


@pytest.fixture
def run_pack(tmp_path: Path) -> Iterator[Start]:
    started: list[PackProcess] = []

    def run(pack: str, **variables: str) -> PackProcess:
        started.append(start(pack, tmp_path, {**os.environ, **variables}))
        return started[-1]

    yield run
    for pack in started:
        stop(pack)


def request(token: str, name: str, **declared: object) -> proto.AnalyzeRequest:
    one = resource(token, name)
    return proto.AnalyzeRequest(type=token, urn=one.urn, name=name, properties=ParseDict(declared, Struct()))


def configure(pack: PackProcess, rule: str, level: int, **properties: object) -> None:
    config = proto.PolicyConfig(enforcementLevel=level, properties=ParseDict(properties, Struct()))  # type: ignore[arg-type]  # the stub's enum
    pack.stub.Configure(proto.ConfigureAnalyzerRequest(policyConfig={rule: config}))


def test_mandatory_rules_stop_and_advisory_ones_do_not(run_pack: Start) -> None:
    pack = run_pack("versioning")
    (said,) = pack.stub.Analyze(request(ECR, "models")).diagnostics
    assert said.enforcementLevel == proto.MANDATORY
    assert said.severity == proto.POLICY_SEVERITY_HIGH
    assert 'image_tag_mutability="IMMUTABLE"' in said.message
    configure(pack, "ecr-immutable-tags", proto.ADVISORY)
    (said,) = pack.stub.Analyze(request(ECR, "models")).diagnostics
    assert said.enforcementLevel == proto.ADVISORY
    configure(pack, "ecr-immutable-tags", proto.DISABLED)
    assert not pack.stub.Analyze(request(ECR, "models")).diagnostics


def test_settings_reach_their_rule(run_pack: Start) -> None:
    pack = run_pack("audit")
    configure(pack, "log-retention", proto.MANDATORY, days=400)
    said = {item.policyName: item for item in pack.stub.Analyze(request(LOGS, "logs", retentionInDays=365)).diagnostics}
    assert said["log-retention"].enforcementLevel == proto.MANDATORY
    assert "keeps events 365 days, not 400" in said["log-retention"].message


def test_a_wrong_setting_is_refused_with_a_remedy(run_pack: Start) -> None:
    pack = run_pack("audit")
    with pytest.raises(grpc.RpcError) as caught:
        configure(pack, "log-retention", proto.MANDATORY, days="many")
    assert "log-retention.days = 'many'" in str(caught.value)
    assert "takes days" in str(caught.value)


def test_waivers_are_shown_and_stale_ones_stop(run_pack: Start, tmp_path: Path) -> None:
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / FILE_NAME).write_text(WAIVERS, encoding="utf-8")
    pack = run_pack("versioning")
    (waived,) = pack.stub.Analyze(request(ECR, "scratch")).diagnostics
    assert waived.enforcementLevel == proto.ADVISORY
    assert waived.message.startswith("waived until 2999-01-01 by ml (tags move by design): ")
    (expired,) = pack.stub.Analyze(request(ECR, "old")).diagnostics
    assert expired.enforcementLevel == proto.MANDATORY
    stale = pack.stub.AnalyzeStack(proto.AnalyzeStackRequest()).diagnostics
    assert {(item.policyName, item.enforcementLevel) for item in stale} == {
        ("waiver-expired", proto.MANDATORY),
        ("waiver-unmatched", proto.MANDATORY),
    }


def test_a_broken_waiver_file_ends_the_pack_with_a_message(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text("waivers: 3", encoding="utf-8")
    pack = start("versioning", tmp_path, {**os.environ, FILE_VARIABLE: str(path)})
    assert pack.process.wait(timeout=60) == 2
    assert pack.process.stdout is not None
    pack.process.stdout.close()
