"""Every example of every rule, by the pack's process and offline over its state and preview: the same findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from tests.rules.runtime.packs import PackProcess, Seen, start, stop
from tests.rules.states import export_of, preview_of, unknown_of
from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.port import Pack
from trimtab.rules.registry import RULES
from trimtab.rules.runtime.serve import ALL
from trimtab.rules.state import stack_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from trimtab.rules.resource import Resource


@pytest.fixture(scope="module", params=(*get_args(Pack), ALL))
def pack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, PackProcess]]:
    name: str = request.param
    running = start(name, tmp_path_factory.mktemp("project"))
    yield name, running
    assert stop(running) == 0


def offline(pack: str, document: dict[str, Any]) -> set[Seen]:
    rules = [rule for rule in RULES if pack in (rule.pack, ALL)]
    found = RuleSet(rules, default_settings(rules)).check(stack_from(document, "F"))
    return {(finding.rule, finding.urn, finding.message) for finding in found}


def stacks(pack: str) -> list[tuple[str, Sequence[Resource]]]:
    rules = [rule for rule in RULES if pack in (rule.pack, ALL)]
    named = [(f"{rule.id} fails", rule.fails) for rule in rules] + [
        (f"{rule.id} passes", rule.passes) for rule in rules
    ]
    return [(name, example.resources) for name, example in named]


def test_pack_lists_its_rules(pack: tuple[str, PackProcess]) -> None:
    from google.protobuf.empty_pb2 import Empty  # noqa: PLC0415  # its module is generated at import

    name, running = pack
    info = running.stub.GetAnalyzerInfo(Empty())
    assert info.name == f"trimtab-{name}"
    assert {policy.name for policy in info.policies} == {rule.id for rule in RULES if name in (rule.pack, ALL)}
    assert all(policy.remediation_steps and policy.message and policy.severity for policy in info.policies)


def test_after_an_update(pack: tuple[str, PackProcess]) -> None:
    name, running = pack
    for label, resources in stacks(name):
        assert running.findings(resources) == offline(name, export_of(tuple(resources))), label


def test_at_a_preview_where_nothing_is_known_yet(pack: tuple[str, PackProcess]) -> None:
    name, running = pack
    undecided = 0
    for label, resources in stacks(name):
        unknown = tuple(unknown_of(resource) for resource in resources)
        said = running.findings(unknown)
        assert said == offline(name, preview_of(unknown)), label
        undecided += sum(text.startswith("unknown until update: ") for _, _, text in said)
    assert undecided
