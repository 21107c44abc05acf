"""The causes of one anomaly, the surest first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trimtab.cost.model.journal import Step
from trimtab.cost.reports.causes.declared import changed_fields
from trimtab.cost.reports.model.outlook import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.cost.model.journal import Run
    from trimtab.cost.reports.causes.port import Commit, Commits
    from trimtab.cost.reports.model.outlook import Anomaly

BEFORE = timedelta(days=7)
"""A commit may lie that long before it is deployed."""
DEPLOYED = timedelta(days=1)
"""A change that was applied shows within a day: the scaler may need the next busy hour for it."""
SLACK = timedelta(hours=1)
"""Metrics are of whole hours: what happened in the first one counts."""
SHOWN = 3
_SHORT = 8


def explained(
    anomaly: Anomaly, runs: Sequence[Run], commits: Commits, spec_paths: Sequence[str], source_position: str
) -> Anomaly:
    """Return the anomaly with what explains it.

    Args:
        anomaly: what was found.
        runs: of the stack's journal.
        commits: what people changed.
        spec_paths: fields that size the subject.
        source_position: `file#line` that declares it.
    """
    applied = tuple(_applied(anomaly, runs))
    people = commits.between(anomaly.since - BEFORE, anomaly.since + SLACK)
    committed = tuple(_committed(people, commits.config, spec_paths, source_position.partition("#")[0]))
    found = (*applied, *committed)[:SHOWN]
    return anomaly.model_copy(update={"causes": found or (_by_itself(anomaly, commits),)})


def _applied(anomaly: Anomaly, runs: Sequence[Run]) -> Iterator[Cause]:
    for run in reversed(runs):
        edits = [
            edit
            for change in run.planned.changes
            if change.advice.subject.name == anomaly.subject
            for edit in change.edits
        ]
        for step, what in ((Step.UP, "applied"), (Step.UP_BACK, "taken back")):
            at = run.done_at(step)
            if edits and at is not None and anomaly.since - DEPLOYED <= at <= anomaly.since + SLACK:
                fields = ", ".join(f"{edit.spec_path}: {edit.before} → {edit.after}" for edit in edits)
                yield Cause(kind="change", text=f"{what}: {fields}", who=run.planned.author, at=at, reference=run.id)


def _committed(people: Sequence[Commit], config: str, spec_paths: Sequence[str], program: str) -> Iterator[Cause]:
    touching = []
    for commit in people:
        changed = list(dict.fromkeys(one for path in spec_paths[:1] for one in changed_fields(commit, path)))
        if changed:
            yield _cause(commit, f"{config}: {', '.join(changed)}")
        elif program and any(file == program or file.endswith(f"/{program}") for file in commit.files):
            touching.append(_cause(commit, f"touched {program}, which declares it"))
    yield from touching


def _cause(commit: Commit, text: str) -> Cause:
    return Cause(
        kind="commit", text=f"“{commit.subject}”, {text}", who=commit.author, at=commit.at, reference=commit.id[:_SHORT]
    )


def _by_itself(anomaly: Anomaly, commits: Commits) -> Cause:
    looked = (
        "the journal and git hold no change of it"
        if commits.config
        else "the journal holds no change of it, and no git history was found"
    )
    return Cause(
        kind="scaling",
        text=f"{anomaly.units:g} units ran where {anomaly.usual_units:g} are usual; {looked} in the week before: "
        "its scaler followed the load, or somebody changed it by hand",
    )
