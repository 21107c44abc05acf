"""Applies killed at random instants: none may be lost, none may leave file, state and cloud mixed; goal: 0 and 0.

`python -m benchmarks.kills --tries 50 --seed 1` starts a local cloud of its own with the smallest stack that has
something in the cloud, kills a real `trimtab cost apply` (trimtab, its engine, or both) and runs `trimtab cost resume`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.cost.apply.load import load
from tests.cost.apply.stack import PROGRAM, Stack
from tests.support import LocalCloud, Workspace

from benchmarks.kills.tries import End, tries


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--tries", type=int, default=50, help="how many applies are killed")
    parser.add_argument("--seed", type=int, default=1, help="which instants and victims are drawn")
    asked = parser.parse_args()
    ends: Counter[End] = Counter()
    places: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, LocalCloud(Path(name) / "cloud") as cloud:
        stack = Stack.made(Workspace(cloud, Path(name) / "kills", program=PROGRAM, name="kills"), bucket=True)
        with load(stack, 55):
            for number, one in enumerate(tries(stack, asked.tries, asked.seed), 1):
                ends[one.end] += 1
                places[f"{one.victim} at {one.step}"] += 1
                print(f"{number}/{asked.tries}: {one.victim} killed at {one.step}: {one.end} {one.why}", flush=True)
    for place, times in sorted(places.items()):
        print(f"{times:4} of {asked.tries}: {place}")
    print(f"{asked.tries} tries, {ends[End.LOST]} lost, {ends[End.MIXED]} mixed (goal: 0 and 0)")
    return 0 if ends[End.WHOLE] == asked.tries else 1


if __name__ == "__main__":
    sys.exit(main())
