"""The endpoint configuration: variants, capture, asynchronous output. Immutable; a change makes a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.serving_endpoint.storage import takes_volume_key
from trimtab.components.serving_endpoint.tags import serving_tags
from trimtab.components.serving_endpoint.variants import production_variants, shadow_variants
from trimtab.spec.serving_capacity import Asynchronous
from trimtab.spec.serving_components import InferenceComponents

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.serving_endpoint.models import Models
    from trimtab.spec.serving import ServingEndpoint

CAPTURE_PREFIX, ASYNC_PREFIX = "capture", "async"

# The scalable target owns the floor: a new `minInstances` must not redeploy the fleet, nor throw away what
# the autoscaler has decided since. The number in the configuration is the one that the endpoint began with.
FLOOR_BELONGS_TO_AUTOSCALING = [
    "productionVariants[*].initialInstanceCount",
    "shadowProductionVariants[*].initialInstanceCount",
]


def endpoint_configuration(
    component: Component,
    spec: ServingEndpoint,
    models: Models,
    *,
    bucket: pulumi.Input[str],
    key_arn: pulumi.Input[str],
    topic_arn: pulumi.Input[str] | None,
    role_arn: pulumi.Input[str],
) -> aws.sagemaker.EndpointConfiguration:
    """Declare the configuration; its name is Pulumi's, so that the next one stands before this one goes."""
    return aws.sagemaker.EndpointConfiguration(
        f"{component.name}-config",
        # A configuration whose variants name no model says itself which role SageMaker takes.
        execution_role_arn=role_arn if isinstance(spec.capacity, InferenceComponents) else None,
        production_variants=production_variants(spec, models.primary.name, models.canary_name),
        shadow_production_variants=shadow_variants(spec, models.shadow_name),
        kms_key_arn=key_arn if takes_volume_key(spec.capacity) else None,
        data_capture_config=_capture(spec, bucket, key_arn),
        async_inference_config=_asynchronous(spec, bucket, key_arn, topic_arn),
        tags=serving_tags(component, spec),
        opts=component.child(ignore_changes=FLOOR_BELONGS_TO_AUTOSCALING),
    )


def _capture(
    spec: ServingEndpoint, bucket: pulumi.Input[str], key_arn: pulumi.Input[str]
) -> aws.sagemaker.EndpointConfigurationDataCaptureConfigArgs | None:
    if spec.data_capture is None:
        return None
    return aws.sagemaker.EndpointConfigurationDataCaptureConfigArgs(
        enable_capture=True,
        initial_sampling_percentage=spec.data_capture.sampling_percent,
        destination_s3_uri=pulumi.Output.concat("s3://", bucket, "/", CAPTURE_PREFIX, "/", spec.name),
        kms_key_id=key_arn,
        capture_options=[
            aws.sagemaker.EndpointConfigurationDataCaptureConfigCaptureOptionArgs(capture_mode=mode)
            for mode in ("Input", "Output")
        ],
        capture_content_type_header=aws.sagemaker.EndpointConfigurationDataCaptureConfigCaptureContentTypeHeaderArgs(
            csv_content_types=["text/csv"], json_content_types=["application/json", "application/jsonlines"]
        ),
    )


def _asynchronous(
    spec: ServingEndpoint,
    bucket: pulumi.Input[str],
    key_arn: pulumi.Input[str],
    topic_arn: pulumi.Input[str] | None,
) -> aws.sagemaker.EndpointConfigurationAsyncInferenceConfigArgs | None:
    if not isinstance(spec.capacity, Asynchronous):
        return None
    base = pulumi.Output.concat("s3://", bucket, "/", ASYNC_PREFIX, "/", spec.name)
    return aws.sagemaker.EndpointConfigurationAsyncInferenceConfigArgs(
        client_config=aws.sagemaker.EndpointConfigurationAsyncInferenceConfigClientConfigArgs(
            max_concurrent_invocations_per_instance=spec.capacity.max_concurrent_invocations
        ),
        output_config=aws.sagemaker.EndpointConfigurationAsyncInferenceConfigOutputConfigArgs(
            s3_output_path=pulumi.Output.concat(base, "/answers"),
            s3_failure_path=pulumi.Output.concat(base, "/failures"),
            kms_key_id=key_arn,
            notification_config=aws.sagemaker.EndpointConfigurationAsyncInferenceConfigOutputConfigNotificationConfigArgs(
                success_topic=topic_arn, error_topic=topic_arn
            ),
        ),
    )
