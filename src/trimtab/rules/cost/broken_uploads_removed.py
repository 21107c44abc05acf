"""Parts of uploads that broke off are removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import BUCKET_LIFECYCLES

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(lifecycle: Resource, _: RuleConfig) -> Messages:
    rules = [rule for rule in lifecycle.props.blocks("rules") if rule.text("status") == "Enabled"]
    if not any(rule.has("abortIncompleteMultipartUpload") for rule in rules):
        yield "keeps the parts of uploads that broke off"


RULE = ResourceRule(
    id="broken-uploads-removed",
    title="Lifecycle configurations drop broken uploads",
    pack="cost",
    severity=Severity.LOW,
    types=BUCKET_LIFECYCLES,
    why="Parts of a checkpoint upload that broke off are in no listing, and on every bill.",
    remedy="Drop them after a week:",
    code=(
        '{"id": "broken-uploads", "status": "Enabled", "abort_incomplete_multipart_upload": '
        '{"days_after_initiation": 7}}'
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    check=check,
    fails=example(resource(BUCKET_LIFECYCLES[0], "data", bucket="data", rules=[{"id": "tidy", "status": "Enabled"}])),
    passes=example(
        resource(
            BUCKET_LIFECYCLES[0],
            "data",
            bucket="data",
            rules=[{"id": "tidy", "status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}],
        )
    ),
)
