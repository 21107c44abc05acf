"""Run commands of trimtab one after another in one process, so that what they import is paid for once.

Standard input is a list of their words; standard output is a list of exit code, output and errors.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from trimtab.cli.main import main


def run(words: list[str]) -> tuple[int, str, str]:
    """Run one command as its script would."""
    out, err = StringIO(), StringIO()
    sys.argv = ["trimtab", *words]
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0
    return code, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    json.dump([run(words) for words in json.load(sys.stdin)], sys.stdout)
