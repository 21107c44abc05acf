"""Several models on one endpoint, through the real engine: placed, scaled, updated in place, seen by the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import single, untagged
from tests.components.test_serving_endpoint import MODEL, WIRED, resized
from trimtab.components.serving_endpoint.inference_components import reserved
from trimtab.spec.serving_components import ModelCopies
from trimtab.spec.sizing import SizingHandle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

SHARED = {
    "form": "inference-components",
    "instanceType": "ml.g5.12xlarge",
    "maxInstances": 2,
    "copies": {"maxCopies": 2, "gpus": 2, "memoryMib": 65_536, "targetInvocationsPerCopy": 60},
    "others": [
        {
            "name": "summaries",
            "model": {**MODEL, "version": 9, "dataKey": "fraud/9/model.tar.gz"},
            "copies": {"maxCopies": 4, "gpus": 1, "memoryMib": 32_768, "cpus": 8, "targetInvocationsPerCopy": 120},
        }
    ],
}


def declared(version: int = 3, least: int = 1) -> dict[str, Any]:
    capacity = {**SHARED, "copies": {**SHARED["copies"], "minCopies": least}}  # type: ignore[dict-item]
    return {
        "name": "shared",
        "model": {**MODEL, "version": version, "dataKey": f"fraud/{version}/model.tar.gz"},
        "capacity": capacity,
        "dataCapture": None,
    }


@pytest.mark.engine
def test_models_share_an_endpoint_and_a_new_version_keeps_its_component(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    kind, model = "serving_endpoint:ServingEndpoint", "serving:ServingEndpoint"
    endpoint = single(make_workspace, kind, model, declared(), name="shared", inputs=WIRED)
    endpoint.is_stable()
    assert untagged(endpoint.result) == []
    sagemaker, scaling = local_cloud.client("sagemaker"), local_cloud.client("application-autoscaling")

    def component(name: str) -> dict[str, Any]:
        found: dict[str, Any] = sagemaker.describe_inference_component(InferenceComponentName=name)
        return found

    own, other = component("acme-dev-shared"), component("acme-dev-summaries")
    assert (own["EndpointName"], own["VariantName"]) == ("acme-dev-shared", "primary")
    assert own["Specification"]["ComputeResourceRequirements"]["NumberOfAcceleratorDevicesRequired"] == 2
    assert other["Specification"]["ModelName"] != own["Specification"]["ModelName"]
    config = endpoint.only("aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs
    (variant,) = config["productionVariants"]
    assert "modelName" not in variant
    assert variant["managedInstanceScaling"] == {"status": "ENABLED", "minInstanceCount": 1, "maxInstanceCount": 2}
    assert config["executionRoleArn"]

    resources = ["inference-component/acme-dev-shared", "inference-component/acme-dev-summaries"]

    def bounds() -> list[tuple[int, int]]:
        targets = scaling.describe_scalable_targets(ServiceNamespace="sagemaker", ResourceIds=resources)
        ordered = sorted(targets["ScalableTargets"], key=lambda one: str(one["ResourceId"]))
        return [(one["MinCapacity"], one["MaxCapacity"]) for one in ordered]

    assert bounds() == [(1, 2), (1, 4)]
    handles = [SizingHandle.model_validate(raw) for raw in endpoint.outputs["sizingHandles"]]
    assert [(one.kind, one.cloud_id, one.fields[1].spec_path) for one in handles] == [
        ("sagemaker-inference-component", "acme-dev-shared", "servingEndpoints[0].capacity.copies.maxCopies"),
        ("sagemaker-inference-component", "acme-dev-summaries",
         "servingEndpoints[0].capacity.others[0].copies.maxCopies"),
    ]  # fmt: skip
    findings = endpoint.findings()
    assert [one for one in findings if "served-model-registered" in one], "the rules see models of components"

    resized(endpoint, declared(version=4, least=2))
    after = component("acme-dev-shared")
    assert after["InferenceComponentArn"] == own["InferenceComponentArn"]
    assert after["CreationTime"] == own["CreationTime"], "updated in place"
    assert after["Specification"]["ModelName"] != own["Specification"]["ModelName"]
    assert after["Specification"]["ModelName"] in [m["ModelName"] for m in sagemaker.list_models()["Models"]]
    assert bounds() == [(2, 2), (1, 4)]
    endpoint.leaves_nothing()
    assert sagemaker.list_inference_components()["InferenceComponents"] == []


def test_a_copy_reserves_what_is_declared_only() -> None:
    copies = ModelCopies(max_copies=1, memory_mib=1_024, target_invocations_per_copy=10)
    assert reserved(copies) == {"MinMemoryRequiredInMb": 1_024}
