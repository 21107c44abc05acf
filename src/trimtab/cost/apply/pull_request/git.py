"""A commit on a branch of its own, made from objects: neither the working tree nor the index is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from trimtab.spec.errors import UserError, WorldError


@dataclass(frozen=True)
class Repository:
    """The git repository that a project lies in."""

    root: Path

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Find it.

        Raises:
            UserError: the folder is in no repository, or git is not installed.
        """
        if shutil.which("git") is None:
            raise UserError("--pull-request: git is not on PATH", remedy="install git.")
        done = _run(["git", "rev-parse", "--show-toplevel"], folder)
        if done.returncode:
            raise UserError(
                f"--pull-request: {folder} is in no git repository", remedy="run it in a clone of your platform."
            )
        return cls(Path(done.stdout.strip()))

    def commit(self, file: Path, text: str, branch: str, message: str) -> str:
        """Commit `file` with `text` on top of HEAD as the new `branch`, and return the commit's id.

        Raises:
            WorldError: git refuses.
        """
        path = file.resolve().relative_to(self.root.resolve()).as_posix()
        mode = self._git("ls-files", "--stage", "--", path).split(" ", 1)[0] or "100644"
        blob = self._git("hash-object", "-w", f"--path={path}", "--stdin", text=text)
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._git("read-tree", "HEAD", env=index)
            self._git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", env=index)
            tree = self._git("write-tree", env=index)
        commit = self._git("commit-tree", tree, "-p", "HEAD", "-F", "-", text=message)
        self._git("update-ref", "-m", "trimtab cost apply", f"refs/heads/{branch}", commit, "0" * 40)
        return commit

    def remote(self) -> str:
        """Return the name of the remote that branches go to, or an empty string."""
        names = self._git("remote").split()
        return "origin" if "origin" in names else next(iter(names), "")

    def push(self, remote: str, branch: str) -> None:
        """Push a branch.

        Raises:
            WorldError: the remote refuses or cannot be reached.
        """
        self._git("push", "--quiet", remote, f"refs/heads/{branch}:refs/heads/{branch}")

    def _git(self, *arguments: str, text: str | None = None, env: dict[str, str] | None = None) -> str:
        done = _run(["git", *arguments], self.root, text=text, env=env)
        if done.returncode:
            raise WorldError(
                f"git {arguments[0]}: {(done.stderr or done.stdout).strip()}",
                remedy="mend what git says; neither the working tree nor the stack was changed.",
            )
        return done.stdout.strip()


def _run(
    command: list[str], folder: Path, *, text: str | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, input=text or "", env={**os.environ, **(env or {})}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
