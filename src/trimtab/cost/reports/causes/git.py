"""Commits of the repository that a stack's file lies in."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.cost.reports.causes.port import Commit, NoCommits
from trimtab.spec.load import CONFIG_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from trimtab.cost.reports.causes.port import Commits

MOST = 50
"""Commits that are looked at; more in one week before an anomaly tell no cause."""
_SECONDS = 20
_MARK, _FIELD = "\x1e", "\x1f"
_FORMAT = f"{_MARK}%H{_FIELD}%an{_FIELD}%ct{_FIELD}%s"


@dataclass(frozen=True)
class GitCommits:
    """The history of one stack's file, and of the programs beside it.

    Attributes:
        root: the repository.
        config: the stack's file, relative to it.
    """

    root: Path
    config: str

    @classmethod
    def around(cls, file: Path) -> Commits:
        """Find the repository of a stack's file; where there is none, or no git, nobody is known."""
        if shutil.which("git") is None:
            return NoCommits()
        found = _git(file.parent, "rev-parse", "--show-toplevel")
        if not found:
            return NoCommits()
        root = type(file)(found.strip()).resolve()
        resolved = file.resolve()
        return cls(root, resolved.relative_to(root).as_posix()) if resolved.is_relative_to(root) else NoCommits()

    def between(self, since: datetime, until: datetime) -> Sequence[Commit]:
        """Return commits that touched the stack's file or a Python program, newest first."""
        span = (f"--since={since.isoformat()}", f"--until={until.isoformat()}", f"--max-count={MOST}")
        text = _git(
            self.root, "log", "--no-merges", f"--format={_FORMAT}", "--name-only", *span, "--", self.config, "*.py"
        )
        return tuple(self._commit(part) for part in text.split(_MARK) if part.strip())

    def _commit(self, text: str) -> Commit:
        head, _, rest = text.partition("\n")
        identity, author, seconds, subject = head.split(_FIELD)
        files = tuple(line for line in rest.splitlines() if line)
        touched = self.config in files
        return Commit(
            id=identity,
            author=author,
            at=datetime.fromtimestamp(int(seconds), tz=UTC),
            subject=subject,
            files=files,
            platform_before=self._platform(f"{identity}^") if touched else None,
            platform_after=self._platform(identity) if touched else None,
        )

    def _platform(self, revision: str) -> Any:
        try:
            loaded = YAML(typ="safe").load(_git(self.root, "show", f"{revision}:{self.config}"))
        except YAMLError:
            return None
        config = loaded.get("config") if isinstance(loaded, dict) else None
        return config.get(CONFIG_KEY) if isinstance(config, dict) else None


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints; nothing where it refuses: a cause that is not found is said to be unknown."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *arguments], cwd=folder, capture_output=True, encoding="utf-8",
            errors="replace", timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
