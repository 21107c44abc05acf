"""The component: model package groups, image repositories and, where asked for, a tracking server."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi

from trimtab.components.base import CommonArgs, Component
from trimtab.components.buckets import given_store, own_store, unfinished_uploads
from trimtab.components.encryption import customer_key
from trimtab.components.model_registry.cards import model_card
from trimtab.components.model_registry.groups import model_group
from trimtab.components.model_registry.repositories import image_repository
from trimtab.components.model_registry.tracking import tracking_server
from trimtab.components.place import Place, place_of
from trimtab.spec.model_registry import ModelRegistry as ModelRegistrySpec
from trimtab.spec.model_registry import TrackingServer

UNFINISHED_UPLOAD_DAYS = 7


class ModelRegistryArgs(CommonArgs, TypedDict):
    """Inputs of a ModelRegistry."""

    spec: ModelRegistrySpec
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key to encrypt images and experiments with; absent: one of the registry's own."""
    artifact_bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket that the tracking server writes to; absent: one of the registry's own."""
    approver_arns: NotRequired[Sequence[pulumi.Input[str]]]
    """ARNs, or patterns of them, of who may approve a model version; absent: whoever IAM allows to."""


class ModelRegistry(Component):
    """Model versions that are approved before they serve, and images that never change under their tag.

    In production neither a version nor an image can be deleted: an audit asks what served a year ago.
    """

    model_group_names: pulumi.Output[Mapping[str, str]]
    """Name of a group in the declaration → name of its SageMaker model package group."""
    model_group_arns: pulumi.Output[Mapping[str, str]]
    model_card_names: pulumi.Output[Mapping[str, str]]
    repository_urls: pulumi.Output[Mapping[str, str]]
    """Name of a repository in the declaration → URL that `docker push` takes."""
    repository_arns: pulumi.Output[Mapping[str, str]]
    tracking_url: pulumi.Output[str] | None
    """URL of the MLflow server; None where none is declared."""
    tracking_arn: pulumi.Output[str] | None
    """ARN of the MLflow server: what `mlflow.set_tracking_uri` takes with SageMaker's plugin."""
    tracking_role_arn: pulumi.Output[str] | None
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: ModelRegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        spec, place = args["spec"], place_of(self)
        self.kms_key_arn = customer_key(self, services=(), given=args.get("kms_key_arn"))
        approvers = args.get("approver_arns", ())
        groups = {group.name: model_group(self, group, place, approvers) for group in spec.groups}
        cards = {group.name: model_card(self, group, groups[group.name], self.kms_key_arn) for group in spec.groups}
        repositories = {item.name: image_repository(self, item, self.kms_key_arn, place) for item in spec.repositories}
        self.model_group_names = _by_name({key: group.model_package_group_name for key, group in groups.items()})
        self.model_group_arns = _by_name({key: group.arn for key, group in groups.items()})
        self.model_card_names = _by_name({key: card.model_card_name for key, card in cards.items()})
        self.repository_urls = _by_name({key: item.repository_url for key, item in repositories.items()})
        self.repository_arns = _by_name({key: item.arn for key, item in repositories.items()})
        self.tracking_url = self.tracking_arn = self.tracking_role_arn = None
        if spec.tracking_server:
            self._track(spec.tracking_server, args, place)
        self.finish(self._outputs())

    def _track(self, spec: TrackingServer, args: ModelRegistryArgs, place: Place) -> None:
        bucket = args.get("artifact_bucket")
        store = (
            given_store(place, bucket)
            if bucket is not None
            else own_store(
                self,
                "experiments",
                place,
                key_arn=self.kms_key_arn,
                lifecycle=[unfinished_uploads(UNFINISHED_UPLOAD_DAYS)],
            )
        )
        server, role = tracking_server(self, spec, store, self.kms_key_arn, place)
        self.tracking_url, self.tracking_arn = server.tracking_server_url, server.arn
        self.tracking_role_arn = role.arn

    def _outputs(self) -> dict[str, pulumi.Output[Mapping[str, str]] | pulumi.Output[str] | None]:
        return {
            "modelGroupNames": self.model_group_names,
            "modelGroupArns": self.model_group_arns,
            "modelCardNames": self.model_card_names,
            "repositoryUrls": self.repository_urls,
            "repositoryArns": self.repository_arns,
            "trackingUrl": self.tracking_url,
            "trackingArn": self.tracking_arn,
            "trackingRoleArn": self.tracking_role_arn,
            "kmsKeyArn": self.kms_key_arn,
        }


def _by_name(outputs: Mapping[str, pulumi.Output[str]]) -> pulumi.Output[Mapping[str, str]]:
    return pulumi.Output.all(**outputs).apply(dict)
