"""IAM, KMS, parameters and secrets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.port import Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

ROLE = "aws:iam/role:Role"
KEY = "aws:kms/key:Key"
SECRET = "aws:secretsmanager/secret:Secret"


def trust(service: str) -> str:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(*actions: str) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _key_policy(action: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": action,
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _drop_rotation(world: World, key: str, _outputs: Props) -> None:
    world.boto("kms").disable_key_rotation(KeyId=key)


def _other_trust(world: World, role: str, _outputs: Props) -> None:
    world.boto("iam").update_assume_role_policy(RoleName=role, PolicyDocument=trust("lambda.amazonaws.com"))


IDENTITY: dict[str, Case] = {
    ROLE: Case(
        inputs=fixed(assumeRolePolicy=trust("sagemaker.amazonaws.com"), description="a", tags={"team": "ml"}),
        update=fixed(description="b", maxSessionDuration=7200),
        replace=fixed(path="/ml/"),
        behind=_other_trust,
        seen="assumeRolePolicy",
    ),
    "aws:iam/policy:Policy": Case(
        inputs=fixed(policy=allow("s3:GetObject")),
        update=fixed(policy=allow("s3:GetObject", "s3:PutObject")),
        replace=fixed(description="another"),
    ),
    "aws:iam/rolePolicy:RolePolicy": Case(
        inputs=lambda w: {"role": w.id(ROLE), "policy": allow("s3:GetObject")},
        update=fixed(policy=allow("s3:PutObject")),
        replace=fixed(role="other"),
        behind=lambda w, _i, o: w.boto("iam").put_role_policy(
            RoleName=o["role"], PolicyName=o["name"], PolicyDocument=allow("s3:*")
        ),
        seen="policy",
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Case(
        inputs=lambda w: {"role": w.id(ROLE), "policyArn": w.arn("aws:iam/policy:Policy")},
        replace=fixed(role="other"),
    ),
    "aws:iam/instanceProfile:InstanceProfile": Case(
        inputs=lambda w: {"role": w.id(ROLE), "tags": {"team": "ml"}}, update=fixed(tags={"team": "risk"})
    ),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": Case(
        inputs=fixed(
            url="https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF",
            clientIdLists=["sts.amazonaws.com"],
            thumbprintLists=["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
            tags={"team": "ml"},
        ),
        update=fixed(
            clientIdLists=["sts.amazonaws.com", "pods"],
            thumbprintLists=["06b25927c42a721631c1efd9431e648fa62e1e39"],
            tags={"team": "risk"},
        ),
        replace=fixed(url="https://token.actions.githubusercontent.com"),
        behind=lambda w, i, _o: w.boto("iam").remove_client_id_from_open_id_connect_provider(
            OpenIDConnectProviderArn=i, ClientID="pods"
        ),
        seen="clientIdLists",
    ),
    KEY: Case(
        inputs=fixed(
            description="data",
            enableKeyRotation=True,
            deletionWindowInDays=7,
            policy=_key_policy("kms:*"),
            tags={"team": "ml"},
        ),
        update=fixed(description="all data"),
        replace=fixed(multiRegion=True),
        behind=_drop_rotation,
        seen="enableKeyRotation",
    ),
    "aws:kms/alias:Alias": Case(inputs=lambda w: {"name": "alias/data", "targetKeyId": w.id(KEY)}),
    "aws:ssm/parameter:Parameter": Case(
        inputs=fixed(name="/ml/model", type="String", value="v1", tags={"team": "ml"}),
        update=fixed(value="v2"),
        behind=lambda w, i, _o: w.boto("ssm").put_parameter(Name=i, Value="v3", Overwrite=True),
        seen="value",
    ),
    SECRET: Case(
        inputs=fixed(description="token", recoveryWindowInDays=7, tags={"team": "ml"}),
        update=fixed(description="the token"),
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": Case(
        inputs=lambda w: {"secretId": w.id(SECRET), "secretString": "hunter2"},
        replace=fixed(secretString="hunter3"),
        stays=True,
    ),
}
