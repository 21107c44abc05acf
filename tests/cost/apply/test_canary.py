"""Of like resources one first: who goes, and what the file holds after each stage. The engine is a recorded one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.cost.apply.driver import GivenVerdict
from tests.cost.reports.sample import NOW, recommendation, resource
from tests.stacks.stack_files import STACKS
from trimtab.cost.apply.canary import canaries, rest_of
from trimtab.cost.apply.config import StackFile
from trimtab.cost.apply.engine import Preview
from trimtab.cost.apply.journal import JournalFile
from trimtab.cost.apply.plan import Plan
from trimtab.cost.apply.resume import How, resume
from trimtab.cost.apply.transaction import forward
from trimtab.cost.apply.wiring import Wiring
from trimtab.cost.model import Change, Verdict
from trimtab.cost.model.journal import Outcome, Step

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from trimtab.cost.apply.engine import Drift
    from trimtab.cost.model.journal import Event, Planned, Run
    from trimtab.spec.owner import ServiceClass

MAXIMA = {"fraud-scoring": (0, 24, 20), "product-ranking": (1, 30, 25)}
"""Endpoints of the `prod` stack: place, maxInstances as declared and as advised."""


def change(name: str, service_class: ServiceClass = "standard") -> Change:
    place, before, after = MAXIMA[name]
    lead = resource(name, count=before).model_copy(update={"service_class": service_class})
    path = f"servingEndpoints[{place}].capacity.maxInstances"
    own = lead.model_copy(update={"fields": (lead.fields[0].model_copy(update={"spec_path": path}),)})
    advice = recommendation(own, after, trace=False)
    return Change(advice=advice, edits=advice.edits)


@dataclass
class RecordedEngine:
    """Notes what the file says at each update."""

    file: StackFile
    seen: list[str] = field(default_factory=list)

    def drift(self, components: Collection[str]) -> tuple[Drift, ...]:
        del components
        return ()

    def preview(self, config: Path) -> Preview:
        return Preview(passed=config.exists())

    def up(self) -> None:
        self.seen.append(self.file.read())

    def reread(self) -> None:
        self.seen.append("reread")

    def recover(self) -> None:
        self.seen.append("recovered")


def test_of_like_changes_the_calmest_goes_first() -> None:
    vital, calm = change("fraud-scoring", "critical"), change("product-ranking")
    assert canaries([vital, calm]) == (calm,)
    assert rest_of([vital, calm], [calm]) == (vital,)


def test_of_one_class_the_cheapest_goes_first() -> None:
    cheap, dear = change("fraud-scoring"), change("product-ranking")
    assert canaries([dear, cheap]) == (cheap,)


def test_a_change_that_is_alone_has_no_canary() -> None:
    assert canaries([change("fraud-scoring")]) == ()


class DeadError(BaseException):
    """The process died."""


@dataclass
class DyingJournal:
    """A journal at whose n-th line the process dies, before or after it was written."""

    journal: JournalFile
    line: int
    after: bool

    @property
    def run(self) -> Run:
        return self.journal.run

    def write(self, event: Event) -> None:
        dies = len(self.journal.run.events) + 1 == self.line
        if dies and not self.after:
            raise DeadError
        self.journal.write(event)
        if dies:
            raise DeadError


@cache
def planned() -> tuple[Planned, str]:
    """A run of two changes, and the file as it will be; working it out reads the whole platform."""
    path = STACKS / "Pulumi.prod.yaml"
    changes = [change("fraud-scoring", "critical"), change("product-ranking")]
    plan = Plan.of(StackFile(path, path.name), changes, [], canaries(changes))
    return plan.planned("prod", "ada", NOW, watch_seconds=60, packs=()), plan.after


def begun(tmp_path: Path) -> tuple[StackFile, JournalFile, str]:
    path = tmp_path / "Pulumi.prod.yaml"
    path.write_bytes((STACKS / path.name).read_bytes())
    first, new = planned()
    return StackFile(path, path.name), JournalFile.create(tmp_path / "run.jsonl", first), new


LINES = 14
"""Two of the gate, six of the canary, five of the rest (each watch is begun and judged), and the end."""


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("line", range(1, LINES + 1))
@pytest.mark.parametrize("how", ["finish", "undo"])
def test_a_run_with_a_canary_that_dies_at_any_line_is_finished_or_undone(
    tmp_path: Path, line: int, after: bool, how: How
) -> None:
    file, journal, new = begun(tmp_path)
    old = file.read()
    engine = RecordedEngine(file)
    dying = Wiring(
        DyingJournal(journal, line, after), engine, file, GivenVerdict(Verdict.KEPT), tmp_path, lambda _: None
    )
    with pytest.raises(DeadError):
        forward(dying)
    again = JournalFile.reopen(journal.path)
    if again.run.closed:
        assert (line, after, file.read()) == (LINES, True, new)
        return
    closed = resume(replace(dying, journal=again), how, "ada")
    assert closed.outcome is (Outcome.KEPT if how == "finish" else Outcome.ROLLED_BACK)
    assert file.read() == (new if how == "finish" else old)
    # The cloud was told last what the file says, if it was told anything.
    assert [one for one in engine.seen if one != "recovered"][-1:] in ([], [file.read()])


def run(tmp_path: Path, verdict: Verdict) -> tuple[Outcome, RecordedEngine, JournalFile, str]:
    file, journal, _ = begun(tmp_path)
    old = file.read()
    engine = RecordedEngine(file)
    wiring = Wiring(journal, engine, file, GivenVerdict(verdict), tmp_path, lambda _: None)
    return forward(wiring).outcome, engine, journal, old


def maxima(text: str) -> list[int]:
    return [int(line.split()[1]) for line in text.splitlines() if line.strip().startswith("maxInstances:")][:2]


def test_the_rest_follows_a_canary_that_is_good(tmp_path: Path) -> None:
    outcome, engine, journal, _ = run(tmp_path, Verdict.KEPT)
    assert outcome is Outcome.KEPT
    assert [maxima(text) for text in engine.seen] == [[24, 25], [20, 25]]
    assert len(journal.run.verified(Step.CANARY_WATCH)) == 1
    assert len(journal.run.verified(Step.WATCH)) == 2


def test_a_canary_that_is_bad_goes_back_and_the_rest_stays(tmp_path: Path) -> None:
    outcome, engine, journal, old = run(tmp_path, Verdict.ROLLED_BACK)
    assert outcome is Outcome.ROLLED_BACK
    assert [maxima(text) for text in engine.seen] == [[24, 25], [24, 30]]
    assert (tmp_path / "Pulumi.prod.yaml").read_bytes() == old.encode()
    assert journal.run.begun_at(Step.EDIT) is None


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.ROLLED_BACK])
def test_the_journal_of_a_canary_reads_back(tmp_path: Path, verdict: Verdict) -> None:
    _, _, journal, _ = run(tmp_path, verdict)
    assert JournalFile.reopen(journal.path).run == journal.run
