"""Managed Airflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import KEY, ROLE
from tests.local.awsprovider.cases.port import Case, World, fixed
from tests.local.awsprovider.cases.storage import BUCKET

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props


def _environment(world: World) -> Props:
    return {
        "airflowVersion": "3.0.6",
        "environmentClass": "mw1.small",
        "minWorkers": 1,
        "maxWorkers": 5,
        "sourceBucketArn": world.arn(BUCKET),
        "dagS3Path": "dags",
        "executionRoleArn": world.arn(ROLE),
        "kmsKey": world.arn(KEY),
        "webserverAccessMode": "PRIVATE_ONLY",
        "networkConfiguration": {
            "securityGroupIds": [world.id("aws:ec2/securityGroup:SecurityGroup")],
            # Two, in zones of their own; MWAA is not asked here whether they are there.
            "subnetIds": [world.id("aws:ec2/subnet:Subnet"), "subnet-0123456789abcdef0"],
        },
        "loggingConfiguration": {"taskLogs": {"enabled": True, "logLevel": "INFO"}},
        "tags": {"team": "ml"},
    }


PIPELINES: dict[str, Case] = {
    "aws:mwaa/environment:Environment": Case(
        inputs=_environment,
        update=fixed(environmentClass="mw1.medium", maxWorkers=8, tags={"cost": "1"}),
        replace=fixed(endpointManagement="CUSTOMER"),
        behind=lambda w, i, _o: w.boto("mwaa").update_environment(Name=i, MaxWorkers=25),
        seen="maxWorkers",
    ),
}
