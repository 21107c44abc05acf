"""A SageMaker endpoint with all that belongs to it."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.base import Component
from trimtab.components.encryption import customer_key
from trimtab.components.lists import entry
from trimtab.components.place import place_of
from trimtab.components.serving_endpoint.alarms import ERROR_RATE_PERCENT, SATURATION_PERCENT, AlarmPlan
from trimtab.components.serving_endpoint.args import ServingEndpointArgs
from trimtab.components.serving_endpoint.config import endpoint_configuration
from trimtab.components.serving_endpoint.deployment import blue_green
from trimtab.components.serving_endpoint.inference_components import inference_components
from trimtab.components.serving_endpoint.models import ModelPlan
from trimtab.components.serving_endpoint.network import vpc_config
from trimtab.components.serving_endpoint.notices import answers_topic
from trimtab.components.serving_endpoint.role import execution_role
from trimtab.components.serving_endpoint.scaling import autoscaling
from trimtab.components.serving_endpoint.tags import serving_tags
from trimtab.components.serving_endpoint.variants import PRIMARY
from trimtab.spec.platform import PRODUCTION_FLOOR
from trimtab.spec.serving_capacity import Asynchronous

if TYPE_CHECKING:
    from trimtab.spec.serving import ServingEndpoint as EndpointSpec


class ServingEndpoint(Component):
    """A model that answers: real-time, asynchronous, multi-model, in inference components, or serverless.

    The endpoint keeps its name through every change; its configuration and models are replaced, created
    before the old ones go, and SageMaker moves the traffic by a canary that alarms send back.

    Attributes:
        endpoint_name: what callers invoke, `<platform>-<environment>-<name>`.
        endpoint_arn: for policies that allow `sagemaker:InvokeEndpoint`.
        config_name: the configuration that serves now.
        model_name: the model that serves now.
        role_arn: the execution role of the containers.
        security_group_id: None where the endpoint is serverless.
        rollback_alarm_names: latency and errors; they send a deployment back.
        alarm_names, alarm_arns: those, and saturation.
        component_names: inference components by declared name; callers name the one that shall answer.
    """

    endpoint_name: pulumi.Output[str]
    endpoint_arn: pulumi.Output[str]
    config_name: pulumi.Output[str]
    model_name: pulumi.Output[str]
    role_arn: pulumi.Output[str]
    security_group_id: pulumi.Output[str] | None
    rollback_alarm_names: list[pulumi.Output[str]]
    alarm_names: list[pulumi.Output[str]]
    alarm_arns: list[pulumi.Output[str]]
    component_names: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: ServingEndpointArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = args["spec"]
        super().__init__(name, args["context"], opts, owner=spec.owner)
        place = place_of(self)
        key = customer_key(self, services=("cloudwatch.amazonaws.com",), given=args.get("kms_key_arn"))
        physical = f"{self.context.prefix}-{spec.name}"
        topic = answers_topic(self, spec, place, key)
        role = execution_role(self, args, place, key_arn=key, topic_arn=topic)
        vpc = vpc_config(self, args)
        models = ModelPlan(self, spec, args["model_bucket"], role, vpc, args.get("model_group_names")).declare()
        config = endpoint_configuration(
            self, spec, models, bucket=args["capture_bucket"], key_arn=key, topic_arn=topic, role_arn=role.arn
        )
        alarms = AlarmPlan(
            self,
            spec,
            physical,
            actions=[args["alarm_topic_arn"]] if "alarm_topic_arn" in args else [],
            error_rate_percent=args.get("error_rate_percent", ERROR_RATE_PERCENT),
            saturation_percent=args.get("saturation_percent", SATURATION_PERCENT),
        ).declare()
        endpoint = aws.sagemaker.Endpoint(
            f"{name}-endpoint",
            name=physical,
            endpoint_config_name=config.name,
            deployment_config=blue_green(spec.deployment, [alarm.name for alarm in alarms.rollback]),
            tags=self._tags(args),
            opts=self.child(),
        )
        autoscaling(self, spec, endpoint)
        self.component_names = inference_components(self, spec, models, endpoint)
        self.endpoint_name, self.endpoint_arn = endpoint.name, endpoint.arn
        self.config_name, self.model_name, self.role_arn = config.name, models.primary.name, role.arn
        self.security_group_id = None if vpc is None else entry(vpc.security_group_ids, 0)
        self.rollback_alarm_names = [alarm.name for alarm in alarms.rollback]
        self.alarm_names = [alarm.name for alarm in alarms.all()]
        self.alarm_arns = [alarm.arn for alarm in alarms.all()]
        self.finish(self._outputs(), self._handles(args, place.region))

    def _tags(self, args: ServingEndpointArgs) -> dict[str, str]:
        return serving_tags(self, args["spec"])

    def _outputs(self) -> dict[str, Any]:
        return {
            "endpointName": self.endpoint_name,
            "endpointArn": self.endpoint_arn,
            "configName": self.config_name,
            "modelName": self.model_name,
            "roleArn": self.role_arn,
            "alarmNames": self.alarm_names,
            **({"componentNames": self.component_names} if self.component_names else {}),
        }

    def _handles(self, args: ServingEndpointArgs, region: pulumi.Output[str]) -> list[dict[str, Any]]:
        spec = args["spec"]
        path = args.get("spec_path")
        copies = [
            self.handle(
                template,
                cloud_id=self.component_names[name],
                region=region,
                dimensions={"InferenceComponentName": self.component_names[name]},
                tags=self._tags(args),
            )
            for name, template in spec.components_sizing(path).items()
        ]
        template = spec.sizing(path, floor=self._floor(spec))
        if template is None:
            return copies
        dimensions: dict[str, pulumi.Input[str]] = {"EndpointName": self.endpoint_name, "VariantName": PRIMARY}
        return [
            self.handle(
                template, cloud_id=self.endpoint_name, region=region, dimensions=dimensions, tags=self._tags(args)
            )
        ]

    def _floor(self, spec: EndpointSpec) -> int:
        """Two in production and for what is critical, since one zone may fail; none where requests queue."""
        if isinstance(spec.capacity, Asynchronous):
            return 0
        return PRODUCTION_FLOOR if self.context.is_production or spec.service_class == "critical" else 1
