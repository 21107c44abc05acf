"""What watches over the account: CloudTrail, Config, budgets, backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import ROLE
from tests.local.awsprovider.cases.port import Case, World, fixed
from tests.local.awsprovider.cases.storage import BUCKET

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

RECORDER = "aws:cfg/recorder:Recorder"
CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel"
VAULT = "aws:backup/vault:Vault"
PLAN = "aws:backup/plan:Plan"


def _trail(world: World) -> Props:
    fields = [
        {"field": "eventCategory", "equals": ["Data"]},
        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
    ]
    return {
        "s3BucketName": world.id(BUCKET),
        "isMultiRegionTrail": True,
        "includeGlobalServiceEvents": True,
        "enableLogFileValidation": True,
        "advancedEventSelectors": [{"name": "data", "fieldSelectors": fields}],
        "tags": {"team": "audit"},
    }


def _stop(world: World, trail: str, _outputs: Props) -> None:
    world.boto("cloudtrail").stop_logging(Name=trail)


def _recorder(world: World) -> Props:
    return {
        "roleArn": world.arn(ROLE),
        "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True},
    }


def _recording(world: World) -> str:
    """The region of the shared recorder."""
    return str(world.get(RECORDER).outputs["region"])


def _budget(threshold: float) -> list[Props]:
    return [
        {
            "comparisonOperator": "GREATER_THAN",
            "notificationType": "FORECASTED",
            "threshold": threshold,
            "thresholdType": "PERCENTAGE",
            "subscriberEmailAddresses": ["ml@example.com"],
        }
    ]


def _plan(world: World, days: int) -> list[Props]:
    return [
        {
            "ruleName": "daily",
            "targetVaultName": world.id(VAULT),
            "schedule": "cron(0 5 ? * * *)",
            "lifecycle": {"deleteAfter": days},
        }
    ]


LEDGER: dict[str, Case] = {
    "aws:cloudtrail/trail:Trail": Case(
        inputs=_trail,
        update=fixed(includeGlobalServiceEvents=True, s3KeyPrefix="audit", enableLogging=True),
        replace=fixed(name="other"),
        behind=_stop,
        seen="enableLogging",
    ),
    "aws:cloudtrail/eventDataStore:EventDataStore": Case(
        inputs=fixed(retentionPeriod=2557, terminationProtectionEnabled=False),
        update=fixed(retentionPeriod=3653),
    ),
    RECORDER: Case(
        # A region has one recorder, and other cases need one.
        inputs=lambda w: {**_recorder(w), "region": "us-west-2" if RECORDER in w.made else "us-east-1"},
        update=fixed(recordingGroup={"allSupported": False, "resourceTypes": ["AWS::S3::Bucket"]}),
        replace=fixed(name="other"),
    ),
    CHANNEL: Case(
        inputs=lambda w: {"s3BucketName": w.id(BUCKET), "region": _recording(w)},
        update=fixed(snapshotDeliveryProperties={"deliveryFrequency": "Six_Hours"}),
    ),
    "aws:cfg/recorderStatus:RecorderStatus": Case(
        inputs=lambda w: {"name": w.id(RECORDER), "isEnabled": bool(w.id(CHANNEL)), "region": _recording(w)},
        update=fixed(isEnabled=False),
        stays=True,
    ),
    "aws:cfg/rule:Rule": Case(
        inputs=lambda w: {
            "region": _recording(w),
            "source": {"owner": "AWS", "sourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"},
            "tags": {"team": "audit"},
        },
        update=fixed(description="versions"),
    ),
    "aws:budgets/budget:Budget": Case(
        inputs=fixed(
            budgetType="COST",
            timeUnit="MONTHLY",
            limitAmount="1000",
            limitUnit="USD",
            notifications=_budget(80),
        ),
        update=fixed(limitAmount="2000", notifications=_budget(90)),
        replace=fixed(name="other"),
    ),
    VAULT: Case(inputs=fixed(tags={"team": "audit"}), update=fixed(tags={"team": "ml"})),
    PLAN: Case(
        inputs=lambda w: {"rules": _plan(w, 35), "tags": {"team": "audit"}},
        update=lambda w: {"rules": _plan(w, 90)},
    ),
}
