"""Which events the trail records, as CloudTrail's advanced event selectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.statements import under

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.spec.audit import AuditTrail

MODEL_EVENTS = ("AWS::SageMaker::MLflow", "AWS::SageMaker::ExperimentTrialComponent")
"""Who recorded which experiment."""
HIGH_RISK_EVENTS = ("AWS::SageMaker::Endpoint", "AWS::SageMaker::FeatureGroup")
"""Every answer of an endpoint and every feature read or written. Paid by the event, so only where the EU AI Act
(article 12) asks for a record of each use: high-risk systems."""


def selectors(
    spec: AuditTrail, buckets: Sequence[pulumi.Input[str]]
) -> list[aws.cloudtrail.TrailAdvancedEventSelectorArgs]:
    """Return the selectors: management events, the watched buckets' objects, SageMaker's data events."""
    chosen = [_selector("Management events", _field("eventCategory", ["Management"]))]
    if buckets:
        objects = [_field("eventCategory", ["Data"]), _field("resources.type", ["AWS::S3::Object"])]
        within = aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs(
            field="resources.ARN", starts_withs=[under(arn, "") for arn in buckets]
        )
        chosen.append(_selector("Objects of data and models", *objects, within))
    recorded = (*MODEL_EVENTS, *(HIGH_RISK_EVENTS if spec.eu_ai_act_risk == "high" else ()))
    for kind in recorded:
        data = _field("eventCategory", ["Data"])
        chosen.append(_selector(f"{kind.rpartition('::')[2]} data events", data, _field("resources.type", [kind])))
    return chosen


def _selector(
    name: str, *fields: aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs
) -> aws.cloudtrail.TrailAdvancedEventSelectorArgs:
    return aws.cloudtrail.TrailAdvancedEventSelectorArgs(name=name, field_selectors=list(fields))


def _field(name: str, values: list[str]) -> aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs:
    return aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs(field=name, equals=values)
