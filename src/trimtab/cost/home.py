"""Where the analyser keeps what outlives a command."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return `$TRIMTAB_HOME`, or `~/.cache/trimtab`."""
    named = os.environ.get("TRIMTAB_HOME")
    return Path(named) if named else Path.home() / ".cache" / "trimtab"
