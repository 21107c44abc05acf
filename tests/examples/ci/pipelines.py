"""The shell lines of the pipelines that are given to users."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "ci"
GITLAB = EXAMPLES / "gitlab" / ".gitlab-ci.yml"
GITHUB = EXAMPLES / "github" / "policy.yml"
OURS = ("trimtab", "pulumi")


@dataclass(frozen=True)
class Pipeline:
    """A pipeline: its variables and, job by job, its shell lines."""

    variables: dict[str, str]
    jobs: dict[str, list[str]]

    @property
    def own(self) -> list[str]:
        """The lines that call our commands or the engine's, in their order."""
        return [line for lines in self.jobs.values() for line in lines if line.split()[0] in OURS]


def gitlab() -> Pipeline:
    """GitLab's."""
    document: dict[str, Any] = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    jobs = {name: job for name, job in document.items() if isinstance(job, dict) and "script" in job}
    variables = {key: value for job in jobs.values() for key, value in job.get("variables", {}).items()}
    return Pipeline(variables, {name: job["script"] for name, job in jobs.items()})


def github() -> Pipeline:
    """GitHub's."""
    document: dict[str, Any] = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))
    jobs = {
        name: [line.strip() for step in job["steps"] for line in step.get("run", "").splitlines()]
        for name, job in document["jobs"].items()
    }
    variables = {key: value for key, value in document["env"].items() if "${{" not in value}
    return Pipeline(variables, jobs)


PIPELINES = {"gitlab": gitlab, "github": github}
