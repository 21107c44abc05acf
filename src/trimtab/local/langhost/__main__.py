"""`python -m trimtab.local.langhost --exec-script FILE [flags of the engine] ENGINE_ADDRESS`."""

from __future__ import annotations

import argparse
from pathlib import Path

from trimtab.local.langhost.messages import load_messages_only


def main() -> None:
    """Parse what matters of the engine's arguments, and serve."""
    parser = argparse.ArgumentParser(prog="pulumi-language-python", allow_abbrev=False)
    parser.add_argument("--exec-script", type=Path, required=True)
    # The engine puts its log flags first and its address last.
    known, rest = parser.parse_known_args()
    load_messages_only()
    from trimtab.local.langhost.server import serve  # noqa: PLC0415  # imports the messages

    serve(engine_address=rest[-1] if rest else "", exec_script=known.exec_script)


if __name__ == "__main__":
    main()
