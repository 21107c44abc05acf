"""Who reviews: a private work team that stands already, or one of a Cognito user group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.spec.human_review import ExistingTeam

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.spec.human_review import CognitoTeam, Team
    from trimtab.spec.serving import ServingEndpoint


def work_team(component: Component, endpoint: ServingEndpoint, team: Team) -> pulumi.Output[str]:
    """Return the ARN of the team that reviews an endpoint's answers."""
    if isinstance(team, ExistingTeam):
        return pulumi.Output.from_input(team.workteam_arn)
    name = f"{component.context.prefix}-{endpoint.name}"
    return aws.sagemaker.Workteam(
        f"{component.name}-{endpoint.name}-team",
        workteam_name=name,
        workforce_name=_workforce(component, endpoint, team),
        description=f"Reviews answers of {name}",
        member_definitions=[
            aws.sagemaker.WorkteamMemberDefinitionArgs(
                cognito_member_definition=aws.sagemaker.WorkteamMemberDefinitionCognitoMemberDefinitionArgs(
                    user_pool=team.user_pool_id, client_id=team.client_id, user_group=team.user_group
                )
            )
        ],
        tags=component.tags(),
        opts=component.child(),
    ).arn


def _workforce(component: Component, endpoint: ServingEndpoint, team: CognitoTeam) -> pulumi.Input[str] | None:
    """The workforce of the pool; SageMaker finds the account's only one itself where it stands already."""
    if team.workforce == "existing":
        return None
    return aws.sagemaker.Workforce(
        f"{component.name}-{endpoint.name}-workforce",
        workforce_name=f"{component.context.prefix}-reviewers",
        cognito_config=aws.sagemaker.WorkforceCognitoConfigArgs(user_pool=team.user_pool_id, client_id=team.client_id),
        opts=component.child(),
    ).workforce_name
