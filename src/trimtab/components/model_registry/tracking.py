"""SageMaker's managed MLflow server: experiments, written to one prefix of one bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.roles import service_role, use_key
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.buckets import Store
    from trimtab.components.place import Place
    from trimtab.spec.model_registry import TrackingServer

PREFIX = "mlflow"
MAINTENANCE = "Sun:03:00"
"""UTC; the hour of the week when the fewest people train."""


def tracking_server(
    component: Component, spec: TrackingServer, store: Store, key_arn: pulumi.Output[str], place: Place
) -> tuple[aws.sagemaker.MlflowTrackingServer, aws.iam.Role]:
    """Return the server and the role that it writes artifacts with.

    It registers no model on its own: a version enters the registry through the pipeline's gate.
    """
    name = f"{component.context.prefix}-{component.name}"
    role = service_role(
        component,
        "tracking",
        service="sagemaker.amazonaws.com",
        grants=[
            allow("FindTheBucket", ["s3:GetBucketLocation", "s3:ListBucket"], [store.arn]),
            allow("KeepArtifacts", ["s3:GetObject", "s3:PutObject"], [under(store.arn, f"{PREFIX}/*")]),
            use_key("Artifacts", key_arn),
        ],
        source_arn=place.arn("sagemaker", f"mlflow-tracking-server/{name}"),
        place=place,
    )
    server = aws.sagemaker.MlflowTrackingServer(
        f"{component.name}-tracking",
        tracking_server_name=name,
        artifact_store_uri=pulumi.Output.format("s3://{}/{}", store.name, PREFIX),
        role_arn=role.arn,
        tracking_server_size=spec.size,
        mlflow_version=spec.mlflow_version,
        automatic_model_registration=False,
        weekly_maintenance_window_start=MAINTENANCE,
        tags=component.tags(),
        opts=component.stateful(depends_on=list(store.parts)),
    )
    return server, role
