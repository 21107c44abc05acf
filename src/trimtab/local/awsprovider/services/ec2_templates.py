"""Launch templates: each change is a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.convert import from_aws, to_aws
from trimtab.local.awsprovider.resource import TAGS, Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_RENAME = {
    "LaunchTemplateName": "name",
    "SecurityGroupIds": "vpcSecurityGroupIds",
    "NetworkInterfaces.Groups": "securityGroups",
    "VersionDescription": "description",
}
# They say how versions are kept, not what a version holds.
_ABOUT_VERSIONS = frozenset({"updateDefaultVersion", "defaultVersion"})


def _data(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    ec2 = ctx.client("ec2")
    shape = ec2.meta.service_model.operation_model("CreateLaunchTemplate").input_shape
    held = {key: value for key, value in inputs.items() if key not in TAGS}
    params["LaunchTemplateData"] = to_aws(shape.members["LaunchTemplateData"], held, _RENAME)


def _complete(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    versions = ctx.client("ec2").describe_launch_template_versions(
        LaunchTemplateId=answer["LaunchTemplateId"], Versions=["$Latest"]
    )["LaunchTemplateVersions"]
    data = versions[0].get("LaunchTemplateData") or {}
    held = from_aws(data, ctx.type.outputs, ctx.type.objects, _RENAME)
    props.update({key: value for key, value in held.items() if key not in {"name", *TAGS}})
    # moto keeps the template's own tags among those of what it launches.
    props["tagSpecifications"] = [
        each for each in props.get("tagSpecifications") or [] if each.get("resourceType") != "launch-template"
    ]
    props["latestVersion"] = answer["LatestVersionNumber"]
    props["defaultVersion"] = answer["DefaultVersionNumber"]


def _update(ctx: Context, template: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    ec2 = ctx.client("ec2")
    default = inputs.get("defaultVersion") if "defaultVersion" in changed else None
    if changed - TAGS - _ABOUT_VERSIONS:
        params: dict[str, Any] = {}
        _data(ctx, inputs, params)
        note = {"VersionDescription": inputs["description"]} if inputs.get("description") else {}
        answer = ec2.create_launch_template_version(LaunchTemplateId=template, **params, **note)
        if inputs.get("updateDefaultVersion"):
            default = answer["LaunchTemplateVersion"]["VersionNumber"]
    if default:
        ec2.modify_launch_template(LaunchTemplateId=template, DefaultVersion=str(default))
    if "tagsAll" in changed:
        _TAGGING.change(ctx, "ec2", template, state=state, inputs=inputs)


_TAGGING = ec2_tags("launch-template")
_TEMPLATE = api(
    Api(
        service="ec2",
        create="create_launch_template",
        id_from="LaunchTemplate.LaunchTemplateId",
        read="describe_launch_templates",
        read_by={"LaunchTemplateIds": "[{id}]"},
        root="LaunchTemplates[0]",
        delete="delete_launch_template",
        delete_by={"LaunchTemplateId": "{id}"},
        rename=_RENAME,
        outputs={"arn": "arn:{partition}:ec2:{region}:{account}:launch-template/{id}"},
        tagging=_TAGGING,
        adjust=_data,
        complete=_complete,
    )
)

EC2_TEMPLATES: dict[str, Resource] = {
    "aws:ec2/launchTemplate:LaunchTemplate": Resource(
        create=_TEMPLATE.create,
        read=_TEMPLATE.read,
        update=_update,
        delete=_TEMPLATE.delete,
        moving=frozenset({"latestVersion", "defaultVersion"}),
    ),
}
