"""Who read or wrote which object is recorded, for every bucket of the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import keeps_logs
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKETS, TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props


# What a selector says to mean every bucket of the account.
_ALL_BUCKETS = frozenset({"arn:aws:s3", "arn:aws:s3:::"})
_OBJECT = "AWS::S3::Object"


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    # Recording the writing of records would never end.
    if keeps_logs(bucket, stack):
        return
    if not any(_selects(trail, bucket, stack) for trail in stack.of(TRAIL)):
        yield "no trail of this stack records what happens to its objects"


def _selects(trail: Resource, bucket: Resource, stack: Stack) -> bool:
    selected = [
        view
        for selector in trail.props.blocks("eventSelectors")
        for view in selector.blocks("dataResources")
        if view.text("type") == _OBJECT
    ]
    if any(_names_bucket(trail, view, "values", bucket, stack) for view in selected):
        return True
    return any(_selects_fields(trail, view, bucket, stack) for view in trail.props.blocks("advancedEventSelectors"))


def _selects_fields(trail: Resource, selector: Props, bucket: Resource, stack: Stack) -> bool:
    fields = {view.text("field"): view for view in selector.blocks("fieldSelectors")}
    kind, arn = fields.get("resources.type"), fields.get("resources.ARN")
    if kind is None or _OBJECT not in kind.texts("equals"):
        return False
    if arn is None:
        return True
    names = ("equals", "startsWiths")
    return any(_names_bucket(trail, arn, name, bucket, stack) for name in names)


def _names_bucket(trail: Resource, view: Props, name: str, bucket: Resource, stack: Stack) -> bool:
    if any(isinstance(value, str) and value in _ALL_BUCKETS for value in view.values(name)):
        return True
    return stack.refers(trail, name, bucket, view=view)


RULE = StackRule(
    id="trail-covers-buckets",
    title="Every bucket is inside the audit trail's event selectors",
    pack="audit",
    severity=Severity.HIGH,
    types=BUCKETS,
    why="A trail without data events does not record who read the training data or replaced a model.",
    remedy="Add the bucket to the trail's data events (or all of S3):",
    code=(
        'event_selectors=[{"data_resources": [{"type": "AWS::S3::Object", "values": '
        '[data.arn.apply(lambda arn: f"{arn}/")]}]}]'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("10", "12", "19"),
        Framework.ISO_42001: ("A.6.2.8", "A.7.5"),
        Framework.NIST_AI_RMF: ("MEASURE 2.8",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(BUCKET, "data", bucket="data"), resource(TRAIL, "audit", s3BucketName="evidence")),
    passes=example(
        resource(BUCKET, "data", bucket="data"),
        resource(
            TRAIL,
            "audit",
            s3BucketName="evidence",
            eventSelectors=[
                {
                    "readWriteType": "All",
                    "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::data/"]}],
                }
            ],
        ),
    ),
)
