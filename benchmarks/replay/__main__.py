"""Replay: `python -m benchmarks.replay [PART]`, PART being the share of each history to learn from (0.5).

`--folds N` cross-validates the machines' constants instead: over N parts of the resources, over time, over sources.
"""

from __future__ import annotations

import argparse

from benchmarks.replay import fleets, folds, machines
from benchmarks.replay.sources import DATA, FLEETS, MACHINES

HALF = 0.5


def _machines(part: float) -> None:
    for one in MACHINES:
        path = DATA / one.file
        if not path.exists():
            print(f"skipped {one.name}: {one.file} is not in the shared data folder")
            continue
        rows = machines.judge(machines.load(path), part)
        best = next(row for row in rows if row.strategy == "oracle")
        print(f"\n{one.name}: learnt from the first {part:.0%}")
        print("  strategy            saving  of oracle  violation  series over  avoidably over")
        for row in rows:
            print(
                f"  {row.strategy:18} {row.saving:7.1%} {row.saving / best.saving:10.1%} {row.violation:10.2%} "
                f"{row.over:12.1%} {row.avoidable:15.1%}"
            )
        ours = rows[0]
        kept = ours.saving >= folds.GOAL_SAVING * best.saving
        calm = ours.avoidable <= folds.GOAL_OVER
        rivals = [
            row.strategy
            for row in rows[1:]
            if row.strategy not in {"guarded", "oracle"}
            and row.saving >= ours.saving
            and row.violation <= ours.violation
            and row.over <= ours.over
        ]
        print(
            f"  goals: saving {'held' if kept else 'NOT held'}, series over {'held' if calm else 'NOT held'}, "
            f"no anchor as good {'held' if not rivals else f'NOT held: {rivals}'}"
        )


def _fleets(part: float) -> None:
    for one in FLEETS:
        path = DATA / one.file
        if not path.exists():
            print(f"skipped {one.name}: {one.file} is not in the shared data folder")
            continue
        demand, replicas = fleets.load(path, one, part)
        rows = fleets.judge(demand, replicas, part)
        print(f"\n{one.name}: {replicas} replicas, learnt from the first {part:.0%}")
        for row in rows:
            auto = row.plan.autoscale
            words = f" at {auto.target_percent:g} %, {auto.scale_down_after_minutes:g} min" if auto else ""
            hourly = ", floors by hour" if row.plan.hourly else ""
            print(
                f"  {row.strategy:18} {row.saving:7.1%} {row.violation:9.3%}   "
                f"{row.plan.min} to {row.plan.max}{words}{hourly}"
            )
        ours, best = rows[0], rows[-1]
        print(
            f"  goals: violation {'held' if ours.violation <= fleets.BUDGET else 'NOT held'}, "
            f"saving {'held' if ours.saving >= best.saving else 'NOT held'}"
        )


def main() -> None:
    """Judge machines, then fleets; or cross-validate."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("part", nargs="?", type=float, default=HALF)
    parser.add_argument("--folds", type=int)
    asked = parser.parse_args()
    if asked.folds:
        folds.report(asked.folds)
        return
    _machines(asked.part)
    _fleets(asked.part)


if __name__ == "__main__":
    main()
