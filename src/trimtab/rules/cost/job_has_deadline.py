"""A job that hangs is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.values import NotYetKnown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


# Where each kind says for how many seconds it may run.
_WHERE: Mapping[str, tuple[str, ...]] = {
    kinds.JOB: ("spec",),
    kinds.CRON_JOB: ("spec", "jobTemplate", "spec"),
    kinds.RAY_JOB: ("spec",),
    kinds.WORKFLOW: ("spec",),
    **dict.fromkeys(kinds.WORKFLOW_TEMPLATES, ("spec",)),
    kinds.CRON_WORKFLOW: ("spec", "workflowSpec"),
}


def check(job: Resource, _: RuleConfig) -> Messages:
    view = job.props
    for name in _WHERE[job.type]:
        view = view.block(name)
    if view.opaque("activeDeadlineSeconds"):
        raise NotYetKnown("`activeDeadlineSeconds`")
    if not view.has("activeDeadlineSeconds"):
        yield "may run for ever"


RULE = ResourceRule(
    id="job-has-deadline",
    title="Jobs on the cluster have a deadline",
    pack="cost",
    severity=Severity.MEDIUM,
    types=tuple(_WHERE),
    why="A collective operation whose peer died waits for it, and eight GPUs with it, until somebody looks.",
    remedy="Say for how long it may run:",
    code='"activeDeadlineSeconds": 14400',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.SOC_2: ("A1.1",)},
    check=check,
    fails=example(resource(kinds.JOB, "train", spec={"template": {"spec": {}}})),
    passes=example(resource(kinds.JOB, "train", spec={"activeDeadlineSeconds": 14400, "template": {"spec": {}}})),
)
