"""hypothesis strategies for the parts of a declaration that name no other part."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.spec.values import (
    amounts,
    between,
    classifications,
    ec2_types,
    log_retention_days,
    names,
    owners,
    service_classes,
    some,
)

new_networks = some(
    {"type": st.just("new")},
    {
        "cidr": st.builds(lambda second, size: f"10.{second}.0.0/{size}", between(0, 255), between(16, 23)),
        "zones": between(2, 6),
        "nat": st.sampled_from(["none", "single", "per-zone"]),
        "flowLogRetentionDays": log_retention_days,
        "interfaceEndpoints": st.lists(st.sampled_from(["ecr", "sagemaker", "cloudwatch", "sts", "kms"]), unique=True),
    },
)
existing_networks = some(
    {
        "type": st.just("existing"),
        "vpcId": st.from_regex(r"vpc-[0-9a-f]{17}", fullmatch=True),
        "privateSubnetIds": st.lists(
            st.from_regex(r"subnet-[0-9a-f]{17}", fullmatch=True), min_size=2, max_size=4, unique=True
        ),
    },
    {},
)
networks = new_networks | existing_networks
budgets = some({"amount": amounts}, {"currency": st.sampled_from(["USD", "EUR", "GBP"])})
artifact_stores = some(
    {},
    {
        "dataClassification": classifications,
        "dvcPrefix": st.from_regex(r"[a-z0-9][a-z0-9/-]{0,20}", fullmatch=True),
        "evidenceLockDays": between(1, 3653),
        "lifecycle": some(
            {},
            {
                "infrequentAccessAfterDays": between(30, 365),
                "noncurrentArchiveAfterDays": between(1, 365),
                "noncurrentExpireAfterDays": between(366, 3653),
                "noncurrentVersionsKept": between(1, 100),
            },
        ),
    },
)
registries = some(
    {
        "groups": st.lists(
            some({"name": names, "description": st.text(min_size=1, max_size=40)}, {"owner": owners}),
            min_size=1,
            max_size=3,
            unique_by=lambda group: str(group["name"]),
        )
    },
    {
        "repositories": st.lists(
            some({"name": names}, {"imagesKept": between(1, 1000)}),
            max_size=3,
            unique_by=lambda item: str(item["name"]),
        ),
        "trackingServer": some({}, {"size": st.sampled_from(["Small", "Medium", "Large"])}),
    },
)
audit_trails = some(
    {"euAiActRisk": st.sampled_from(["minimal", "limited", "high"])},
    {
        "logRetentionDays": st.sampled_from([365, 731, 3653]),
        "evidenceLockDays": between(183, 3653),
        "configRecorder": st.sampled_from(["own", "existing"]),
    },
)


def _feature_group(name: str, columns: list[str], online: bool, ttl: int | None) -> dict[str, Any]:
    features = [{"name": column, "type": "Fractional"} for column in ("event_time", *columns)]
    group: dict[str, Any] = {"name": name, "recordIdentifier": columns[0], "features": features, "online": online}
    return {**group, "onlineTtlSeconds": ttl} if online and ttl else group


feature_groups = st.builds(
    _feature_group,
    names,
    st.lists(st.from_regex(r"[a-z][a-z0-9]{1,12}", fullmatch=True), min_size=1, max_size=4, unique=True),
    st.booleans(),
    st.none() | between(1, 31_536_000),
)
feature_stores = some(
    {"groups": st.lists(feature_groups, min_size=1, max_size=3, unique_by=lambda group: str(group["name"]))},
    {"queryScanLimitGib": between(1, 10_240), "openSourceOnlineTable": st.booleans()},
)


reviews = some(
    {
        "team": st.just({"type": "cognito", "userPoolId": "eu-west-1_Abc", "clientId": "abc", "userGroup": "fraud"}),
        "instructions": st.just("Is it fraud?"),
        "outcomes": st.just(["fraud", "legitimate"]),
    },
    {
        "answers": some({"sampledPercent": st.floats(0.01, 100)}, {"belowConfidencePercent": between(0, 100)}),
        "reviewers": between(1, 3),
        "minutesForTask": between(1, 480),
        "hoursOpen": between(1, 240),
        "keptDays": between(1, 3653),
    },
)


_SHAPES: list[dict[str, Any]] = [
    {},
    {"spotPercent": 70, "interruptible": True},
    {"warmNodes": 1},
    {"efa": True, "instanceTypes": ["p5.48xlarge"]},
    {"efa": True, "instanceTypes": ["g5.8xlarge"]},
    {"instanceTypes": ["p4d.24xlarge"], "reservation": {"type": "capacity-block", "reservationId": "cr-0123abcd"}},
    {"reservation": {"type": "capacity-reservation", "instances": 2}},
]


@st.composite
def training_pools(draw: st.DrawFn) -> dict[str, Any]:
    """A pool whose bounds, spot share, types and reservation go together."""
    high = draw(between(1, 40))
    pool = draw(
        some(
            {"name": names, "instanceTypes": st.lists(ec2_types, min_size=1, max_size=3, unique=True)},
            {
                "diskGib": between(1, 65_536),
                "idleMinutesBeforeScaleDown": between(5, 1440),
                "serviceClass": service_classes,
                "owner": owners,
                "model": names,
                "data": st.sampled_from([{"type": "s3-mount"}, {"type": "fsx-lustre", "capacityGib": 4800}]),
            },
        )
    )
    by_the_clock: list[dict[str, Any]] = [
        {},
        {"schedules": [{"name": "night", "cron": "0 20 * * *", "minNodes": 0, "maxNodes": 1}]},
        {"hourlyFloors": f"sat-sun 22-24 = {high}"},
    ]
    pool |= draw(st.sampled_from(by_the_clock))
    return {**pool, "minNodes": draw(between(0, high)), "maxNodes": high, **draw(st.sampled_from(_SHAPES))}
