"""Declarations that break one rule each: what is wrong, and what the message must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

IMAGE = f"123456789012.dkr.ecr.eu-central-1.amazonaws.com/fraud@sha256:{'0' * 64}"
BASE: dict[str, Any] = {
    "name": "acme",
    "environment": "dev",
    "owner": {"team": "Risk", "costCenter": "cc-100", "contact": "ml@acme.example"},
    "modelRegistry": {"groups": [{"name": "fraud", "description": "Scores payments."}]},
    "featureStore": {
        "groups": [
            {
                "name": "cards",
                "recordIdentifier": "card_id",
                "features": [{"name": "card_id", "type": "String"}, {"name": "event_time", "type": "Fractional"}],
            }
        ]
    },
    "trainingPools": [{"name": "pool", "instanceTypes": ["g5.2xlarge"], "minNodes": 0, "maxNodes": 4}],
    "servingEndpoints": [
        {
            "name": "fraud",
            "model": {
                "type": "registered",
                "group": "fraud",
                "version": 3,
                "image": IMAGE,
                "dataKey": "fraud/3.tar.gz",
            },
            "capacity": {
                "form": "real-time",
                "instanceType": "ml.m5.large",
                "minInstances": 1,
                "maxInstances": 4,
                "targetInvocationsPerInstance": 600,
            },
        }
    ],
    "monitoring": {"alarmEmail": "ml@acme.example", "monitors": [{"endpoint": "fraud"}]},
    "pipelines": {
        "retraining": [
            {
                "name": "fraud",
                "modelGroup": "fraud",
                "endpoint": "fraud",
                "training": {"image": IMAGE},
                "gates": [{"metric": "auc", "comparison": "at-least", "value": 0.9}],
            }
        ]
    },
    "auditTrail": {"euAiActRisk": "high"},
}
_CLUSTER = {
    "type": "existing",
    "operators": ["kserve"],
    "serving": [
        {
            "form": "kserve",
            "name": "claims",
            "namespace": "claims",
            "modelGroup": "fraud",
            "image": IMAGE,
            "resources": {"cpuMillicores": 500, "memoryMib": 1024},
            "predictor": {"type": "container"},
            "euAiActRisk": "high",
        }
    ],
}
_HUB = {
    "type": "hugging-face",
    "group": "fraud",
    "modelId": "acme/fraud",
    "revision": "0" * 40,
    "task": "text-classification",
    "image": IMAGE,
}
_SERVERLESS = {"form": "serverless"}


def _shared(**copies: Any) -> dict[str, Any]:
    """Capacity for a model in copies of half an instance each, two of them at most."""
    own = {"maxCopies": 2, "gpus": 2, "memoryMib": 65_536, "targetInvocationsPerCopy": 60, **copies}
    return {"form": "inference-components", "instanceType": "ml.g5.12xlarge", "maxInstances": 2, "copies": own}


def _other(name: str, group: str = "fraud") -> dict[str, Any]:
    model = {"type": "registered", "group": group, "version": 1, "image": IMAGE, "dataKey": "x.tar.gz"}
    return {"name": name, "model": model, "copies": _shared()["copies"]}


_TEAM = {"type": "existing", "workteamArn": "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/fraud"}
_REVIEW = {"team": _TEAM, "instructions": "Is it fraud?", "outcomes": ["fraud", "legitimate"]}


@dataclass(frozen=True)
class Broken:
    """One rule broken.

    Attributes:
        changes: path → value put into `BASE`.
        says: pieces that the one problem must hold.
    """

    changes: dict[str, Any]
    says: tuple[str, ...]


def _one(path: str, value: Any, *says: str) -> Broken:
    return Broken({path: value}, says)


BROKEN = {
    "name too short": _one("name", "a", "name = 'a'", "3 to 16", "set name"),
    "tag value": _one("owner.team", "R&D", "owner.team = 'R&D'", "AWS tag values"),
    "contact": _one("owner.contact", "#ml-platform", "owner.contact = '#ml-platform'", "e-mail"),
    "cidr too small": _one("network", {"type": "new", "cidr": "10.0.0.0/28"}, "network.cidr", "/28", "/16 to /23"),
    "cidr with host bits": _one("network", {"type": "new", "cidr": "10.0.0.1/16"}, "network.cidr", "10.0.0.1/16"),
    "endpoint twice": _one(
        "network", {"type": "new", "interfaceEndpoints": ["ecr", "ecr"]}, "network.interfaceEndpoints", "ecr", "once"
    ),
    "subnet twice": _one(
        "network",
        {"type": "existing", "vpcId": "vpc-01234567", "privateSubnetIds": ["subnet-01234567"] * 2},
        "network.privateSubnetIds",
        "subnet-01234567",
        "once",
    ),
    "kind of network": _one("network", {"type": "old"}, "network = ", "new", "existing"),
    "budget": _one("monthlyBudget", {"amount": "-1"}, "monthlyBudget.amount = '-1'", "greater than or equal to 0"),
    "lifecycle order": _one(
        "artifactStore",
        {"lifecycle": {"noncurrentArchiveAfterDays": 800}},
        "artifactStore.lifecycle.noncurrentExpireAfterDays:",
        "800",
        "801 or more",
        "raise noncurrentExpireAfterDays",
    ),
    "group twice": _one(
        "modelRegistry.groups", [BASE["modelRegistry"]["groups"][0]] * 2, "modelRegistry.groups", "fraud", "rename"
    ),
    "repository twice": _one(
        "modelRegistry.repositories", [{"name": "x"}, {"name": "x"}], "modelRegistry.repositories", "x", "rename"
    ),
    "record identifier": _one(
        "featureStore.groups[0].recordIdentifier",
        "customer",
        "featureStore.groups[0].recordIdentifier = 'customer'",
        "card_id, event_time",
    ),
    "event time": _one("featureStore.groups[0].features[1].type", "Integral", "eventTime", "event_time", "Fractional"),
    "feature twice": _one(
        "featureStore.groups[0].features",
        [*BASE["featureStore"]["groups"][0]["features"], {"name": "Card_ID", "type": "String"}],
        "features",
        "Card_ID",
        "rename",
    ),
    "feature reserved": _one(
        "featureStore.groups[0].features",
        [*BASE["featureStore"]["groups"][0]["features"], {"name": "write_time", "type": "String"}],
        "write_time",
        "SageMaker adds",
    ),
    "ttl without online store": Broken(
        {"featureStore.groups[0].online": False, "featureStore.groups[0].onlineTtlSeconds": 60},
        ("onlineTtlSeconds", "60", "online: true"),
    ),
    "pool bounds": _one("trainingPools[0].minNodes", 5, "trainingPools[0].minNodes = 5", "maxNodes 4", "0 to 4"),
    "schedule bounds": _one(
        "trainingPools[0].schedules",
        [{"name": "night", "cron": "0 20 * * *", "minNodes": 3, "maxNodes": 2}],
        "trainingPools[0].schedules[0].minNodes = 3",
        "0 to 2",
    ),
    "floor above the maximum": _one(
        "trainingPools[0].hourlyFloors", "mon-fri 07-19 = 5", "trainingPools[0].hourlyFloors", "maxNodes 4", "1 to 4"
    ),
    "floor over the instances": _one(
        "servingEndpoints[0].capacity.hourlyFloors",
        "mon-fri 07-19 = 5",
        "servingEndpoints[0].capacity.hourlyFloors = 'mon-fri 07-19 = 5'",
        "maxInstances 4",
        "raise maxInstances",
    ),
    "floors in another form": _one(
        "servingEndpoints[0].capacity.hourlyFloors", "9 to 5", "capacity.hourlyFloors = '9 to 5'", "mon-fri 07-19 = 4"
    ),
    "floors over midnight": _one(
        "servingEndpoints[0].capacity.hourlyFloors", "mon-sun 22-06 = 2", "runs backwards", "22-24 and 00-06"
    ),
    "two clocks": Broken(
        {
            "trainingPools[0].hourlyFloors": "mon-fri 07-19 = 1",
            "trainingPools[0].schedules": [{"name": "night", "cron": "0 20 * * *", "minNodes": 0, "maxNodes": 2}],
        },
        ("trainingPools[0].hourlyFloors", "schedules", "drop schedules"),
    ),
    "copies without room": _one(
        "servingEndpoints[0].capacity", _shared(maxCopies=9), "capacity.maxInstances = 2", "4.5 instances", "5 or more"
    ),
    "copy without a gpu": _one("servingEndpoints[0].capacity", _shared(gpus=0), "copies.gpus = 0", "1 to 4"),
    "copy above an instance": _one(
        "servingEndpoints[0].capacity", _shared(memoryMib=400_000), "capacity.copies = ", "196608 MiB", "reserve less"
    ),
    "copies bounds": _one("servingEndpoints[0].capacity", _shared(minCopies=5), "copies.minCopies = 5", "1 to 2"),
    "two components of a name": Broken(
        {"servingEndpoints[0].capacity": {**_shared(), "others": [_other("fraud")]}},
        ("servingEndpoints", "fraud", "rename"),
    ),
    "other model of no group": Broken(
        {"servingEndpoints[0].capacity": {**_shared(), "others": [_other("summaries", group="text")]}},
        ("servingEndpoints[0].capacity.others[0].model.group", "text", "fraud"),
    ),
    "retraining of components": _one(
        "servingEndpoints[0].capacity", _shared(), "pipelines.retraining[0].endpoint", "inference components"
    ),
    "spot without checkpoints": _one(
        "trainingPools[0].spotPercent", 50, "trainingPools[0].spotPercent = 50", "interruptible: true"
    ),
    "efa on a small type": _one("trainingPools[0].efa", True, "trainingPools[0].efa = True", "g5.2xlarge has 0"),
    "lustre size": _one(
        "trainingPools[0].data",
        {"type": "fsx-lustre", "capacityGib": 3600},
        "trainingPools[0].data.capacityGib = 3600",
        "multiple of 2400",
    ),
    "instance type": _one("trainingPools[0].instanceTypes[0]", "g5", "instanceTypes[0] = 'g5'", "g5.2xlarge"),
    "endpoint bounds": _one(
        "servingEndpoints[0].capacity.minInstances", 9, "servingEndpoints[0].capacity.minInstances = 9", "0 to 4"
    ),
    "image by tag": _one("servingEndpoints[0].model.image", "fraud:latest", "model.image", "REPOSITORY@sha256"),
    "branch for a revision": _one(
        "servingEndpoints[0].model", {**_HUB, "revision": "main"}, "model.revision = 'main'", "40 hexadecimal digits"
    ),
    "hub out of reach": _one("servingEndpoints[0].model", _HUB, "servingEndpoints[0]", "network.nat is none", "single"),
    "unknown group": _one(
        "servingEndpoints[0].model.group", "spam", "servingEndpoints[0].model.group = 'spam'", "fraud"
    ),
    "monitor of nothing": _one("monitoring.monitors[0].endpoint", "spam", "monitoring.monitors[0].endpoint = 'spam'"),
    "monitor without capture": _one("servingEndpoints[0].dataCapture", None, "monitoring.monitors[0]", "dataCapture"),
    "serverless with capture": Broken(
        {"servingEndpoints[0].capacity": _SERVERLESS, "servingEndpoints[0].dataCapture": {}},
        ("servingEndpoints[0]", "dataCapture", "serverless"),
    ),
    "provisioned concurrency": _one(
        "servingEndpoints[0].capacity",
        {**_SERVERLESS, "maxConcurrency": 5, "provisionedConcurrency": 6},
        "servingEndpoints[0].capacity.provisionedConcurrency = 6",
        "1 to 5",
    ),
    "pipeline to nowhere": _one("pipelines.retraining[0].endpoint", "spam", "pipelines.retraining[0].endpoint", "spam"),
    "two kinds of day": _one(
        "pipelines.retraining[0].schedule", "0 3 1 * 1", "pipelines.retraining[0].schedule", "0 3 1 * 1", "write *"
    ),
    "logs of a high-risk system": _one(
        "auditTrail.logRetentionDays", 90, "auditTrail.logRetentionDays = 90", "183 or more", "365"
    ),
    "trail below its endpoint": Broken(
        {"servingEndpoints[0].euAiActRisk": "high", "auditTrail.euAiActRisk": "limited"},
        ("auditTrail.euAiActRisk = 'limited'", "servingEndpoints[0] is high-risk"),
    ),
    "trail below a model of the cluster": Broken(
        {"cluster": _CLUSTER, "auditTrail.euAiActRisk": "limited"},
        ("auditTrail.euAiActRisk = 'limited'", "cluster.serving[0] is high-risk"),
    ),
    "review of nothing": Broken(
        {
            "monitoring.monitors": [],
            "servingEndpoints[0].dataCapture": None,
            "servingEndpoints[0].humanReview": _REVIEW,
        },
        ("servingEndpoints[0].humanReview", "set dataCapture"),
    ),
    "review that forgets": Broken(
        {"servingEndpoints[0].euAiActRisk": "high", "servingEndpoints[0].humanReview": {**_REVIEW, "keptDays": 30}},
        ("servingEndpoints[0].humanReview.keptDays = 30", "183 or more"),
    ),
    "nobody reviews": _one(
        "servingEndpoints[0].humanReview",
        {**_REVIEW, "answers": {"sampledPercent": 0}},
        "servingEndpoints[0].humanReview.answers.sampledPercent = 0",
        "no answer would be reviewed",
    ),
    "public reviewers": _one(
        "servingEndpoints[0].humanReview",
        {
            **_REVIEW,
            "team": {**_TEAM, "workteamArn": "arn:aws:sagemaker:eu-west-1:394669845002:workteam/public-crowd/default"},
        },
        "servingEndpoints[0].humanReview.team.workteamArn",
        "private work team",
    ),
    "rule twice": _one(
        "auditTrail.configRules", ["CMK_BACKING_KEY_ROTATION_ENABLED"] * 2, "auditTrail.configRules", "once"
    ),
}
