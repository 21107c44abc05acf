"""`python -m trimtab.local.load PROFILE`: the process that `trimtab local load` starts.

Prints one line when the history is written, then plays until it is ended.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from trimtab.local.load.player import Player
from trimtab.local.load.profile import read_profile
from trimtab.spec.errors import TrimtabError


def run(profile_path: Path) -> int:
    """Play the profile until SIGTERM or SIGINT; return the exit code."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        player = Player(read_profile(profile_path))
        print(f"history written: {player.backfill(int(time.time()), player.survey())} samples", flush=True)  # noqa: T201
        while not ended.wait(player.profile.live_seconds):
            now, standing = int(time.time()), player.survey()
            player.backfill(now, standing)
            player.sample(now, standing)
    except TrimtabError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    except (BotoCoreError, ClientError) as error:
        print(f"error: the local cloud does not answer: {error}", file=sys.stderr)  # noqa: T201
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
