"""Opening the request where the host's own command line is installed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path


def open_request(root: Path, branch: str, title: str, body_file: Path) -> str:
    """Open a pull request with `gh` or a merge request with `glab`; return its address, or an empty string.

    Raises:
        WorldError: the command is there and refuses.
    """
    text = body_file.read_text(encoding="utf-8")
    commands = {
        "gh": ["gh", "pr", "create", "--head", branch, "--title", title, "--body-file", str(body_file)],
        "glab": ["glab", "mr", "create", "--source-branch", branch, "--title", title, "--description", text, "--yes"],
    }
    for name, command in commands.items():
        if shutil.which(name):
            done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
            if done.returncode:
                raise WorldError(
                    f"{name}: {done.stderr.strip()}",
                    remedy=f"the branch {branch} was pushed; open the request by hand with {body_file}.",
                )
            return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    return ""
