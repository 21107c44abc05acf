"""`trimtab --help` against the least that any click program pays: `python -c "import click"`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.paired import in_turn

GOAL, RUNS = 3.0, 15


def main() -> None:
    trimtab = str(Path(sys.executable).with_name("trimtab"))
    pair = in_turn([trimtab, "--help"], [sys.executable, "-c", "import click"], runs=RUNS)
    print(pair.line("trimtab --help against import click", GOAL))


if __name__ == "__main__":
    main()
