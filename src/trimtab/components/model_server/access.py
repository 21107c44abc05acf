"""What a served model's pods may do: their account, its AWS role, the hub's token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_kubernetes as kubernetes

from trimtab.components.buckets import given_store
from trimtab.components.kube.identity import workload_role
from trimtab.components.model_server.names import account, token_secret
from trimtab.components.place import place_of
from trimtab.components.roles import read_objects, use_key
from trimtab.components.statements import allow
from trimtab.spec.cluster.secret import StoredSecret
from trimtab.spec.cluster.serving import KServeServing

if TYPE_CHECKING:
    import pulumi_aws as aws

    from trimtab.components.kube import ClusterComponent
    from trimtab.components.model_server.args import ModelServerArgs
    from trimtab.components.model_server.names import Spec
    from trimtab.spec.cluster.secret import Token

EXTERNAL_SECRETS = "external-secrets.io/v1"


def service_account(component: ClusterComponent, spec: Spec) -> kubernetes.core.v1.ServiceAccount:
    """Return the pods' account, which speaks to the API server only where a pod asks for it."""
    return kubernetes.core.v1.ServiceAccount(
        f"{component.name}-account",
        metadata=component.metadata(account(spec), model=spec.model_group),
        automount_service_account_token=False,
        opts=component.child(),
    )


def bucket_role(component: ClusterComponent, args: ModelServerArgs) -> aws.iam.Role | None:
    """Return the role that reads the model bucket and asks reviewers; None where it has no cluster or nothing to do."""
    statements = [*_models(component, args), *_reviews(args["spec"])]
    if "cluster_name" not in args or not statements:
        return None
    return workload_role(
        component,
        "server",
        cluster_name=args["cluster_name"],
        namespace=component.namespace,
        service_account=account(args["spec"]),
        statements=statements,
    )


def _models(component: ClusterComponent, args: ModelServerArgs) -> list[dict[str, Any]]:
    if "model_bucket" not in args:
        return []
    arn = given_store(place_of(component), args["model_bucket"]).arn
    key = [use_key("Models", args["kms_key_arn"])] if "kms_key_arn" in args else []
    return [*read_objects("Models", arn), *key]


def _reviews(spec: Spec) -> list[dict[str, Any]]:
    """A task is started by its flow's ARN: the service authorises the action on the flow definition."""
    review = spec.human_review
    return [allow("AskReviewers", ["sagemaker:StartHumanLoop"], [review.flow_arn])] if review else []


def token_of(spec: Spec) -> Token | None:
    """Return where the hub's token comes from."""
    return None if isinstance(spec, KServeServing) else spec.token if spec.form == "ray" else spec.model.token


def fetched_token(component: ClusterComponent, spec: Spec) -> kubernetes.apiextensions.CustomResource | None:
    """Return the ExternalSecret of the hub's token; None where the token is the user's own secret, or there is none."""
    token = token_of(spec)
    if not isinstance(token, StoredSecret):
        return None
    return component.custom(
        f"{component.name}-token",
        EXTERNAL_SECRETS,
        "ExternalSecret",
        component.metadata(token_secret(spec), model=spec.model_group),
        {"spec": _external(token, token_secret(spec))},
    )


def _external(token: StoredSecret, name: str) -> dict[str, Any]:
    remote = {"key": token.remote_key, **({"property": token.property} if token.property else {})}
    return {
        "refreshInterval": f"{token.refresh_hours}h0m0s",
        "secretStoreRef": {"kind": token.store_kind, "name": token.store},
        "target": {"name": name, "creationPolicy": "Owner"},
        "data": [{"secretKey": "token", "remoteRef": remote}],
    }
