"""Managed Airflow environments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.resource import Resource

_ENVIRONMENT = Api(
    service="mwaa",
    create="create_environment",
    read="get_environment",
    read_by={"Name": "{id}"},
    root="Environment",
    update=(step("update_environment", {"Name": "{id}"}),),
    delete="delete_environment",
    rename={"LastUpdate": "lastUpdateds"},
    tagging=Tagging("tag_resource", "untag_resource", "ResourceArn", keys="tagKeys"),
)

MWAA: dict[str, Resource] = {
    "aws:mwaa/environment:Environment": api(
        _ENVIRONMENT,
        replace=(
            "endpointManagement",
            "kmsKey",
            "networkConfiguration.subnetIds",
        ),
        moving=("lastUpdateds",),
    ),
}
