"""Who pushed an image or approved a model is recorded, for every registry of the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import ECR_REPOSITORY, SAGEMAKER_PACKAGE_GROUP, TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

_MANAGEMENT = "Management"


def check(_registry: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not any(_records_management(trail.props) for trail in stack.of(TRAIL)):
        yield "no trail of this stack records who changes it"


def _records_management(trail: Props) -> bool:
    """Whether a trail records writing management events: pushes and approvals are such, in both registries."""
    advanced = trail.blocks("advancedEventSelectors")
    if advanced:
        return any(_selects(selector) for selector in advanced)
    basic = trail.blocks("eventSelectors")
    # Without a selector a trail records management events and nothing else.
    return not basic or any(
        view.flag("includeManagementEvents", default=True) and view.text("readWriteType", "All") != "ReadOnly"
        for view in basic
    )


def _selects(selector: Props) -> bool:
    fields = {view.text("field"): view for view in selector.blocks("fieldSelectors")}
    category, only = fields.get("eventCategory"), fields.get("readOnly")
    if category is None or _MANAGEMENT not in category.texts("equals"):
        return False
    return only is None or "true" not in only.texts("equals")


_GROUP = resource(SAGEMAKER_PACKAGE_GROUP, "fraud", modelPackageGroupName="fraud")

RULE = StackRule(
    id="trail-covers-registries",
    title="Every registry is inside the audit trail's event selectors",
    pack="audit",
    severity=Severity.HIGH,
    types=(SAGEMAKER_PACKAGE_GROUP, ECR_REPOSITORY),
    why="A trail of data events alone does not say who approved the model or pushed the image that serves.",
    remedy="Let a trail record management events beside its data events:",
    code=(
        'advanced_event_selectors=[{"name": "management", '
        '"field_selectors": [{"field": "eventCategory", "equals": ["Management"]}]}, *data_events]'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12", "19"),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.NIST_AI_RMF: ("MEASURE 2.8",),
        Framework.SOC_2: ("CC7.2", "CC8.1"),
    },
    check=check,
    fails=example(
        _GROUP,
        resource(
            TRAIL,
            "audit",
            s3BucketName="evidence",
            advancedEventSelectors=[{"fieldSelectors": [{"field": "eventCategory", "equals": ["Data"]}]}],
        ),
    ),
    passes=example(
        _GROUP,
        resource(
            TRAIL,
            "audit",
            s3BucketName="evidence",
            advancedEventSelectors=[{"fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}],
        ),
    ),
)
