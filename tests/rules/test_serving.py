"""Which models an endpoint serves: those of its variants, and those of the inference components on it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from trimtab.rules import tokens as t
from trimtab.rules.examples import resource
from trimtab.rules.serving import models_of
from trimtab.rules.stack import Stack
from trimtab.rules.values import NotYetKnown, Opaque

if TYPE_CHECKING:
    from trimtab.rules.resource import Resource

CONFIG = resource(t.SAGEMAKER_ENDPOINT_CONFIG, "c", name="c", productionVariants=[{"variantName": "primary"}])
ENDPOINT = resource(t.SAGEMAKER_ENDPOINT, "e", name="e", endpointConfigName="c")
MODELS = (resource(t.SAGEMAKER_MODEL, "m", name="m-1"), resource(t.SAGEMAKER_MODEL, "other", name="m-2"))
STATE = {"EndpointName": "e", "Specification": {"ModelName": "m-1"}}


def component(desired: object, *depends: Resource) -> Resource:
    """An inference component, as the Cloud Control API takes it."""
    made = resource(t.CLOUD_CONTROL, "copies", typeName="AWS::SageMaker::InferenceComponent", desiredState=desired)
    return replace(made, property_dependencies={"desiredState": tuple(one.urn for one in depends)})


def served(*components: Resource) -> list[str]:
    return [model.name for model in models_of(ENDPOINT, Stack((CONFIG, ENDPOINT, *MODELS, *components)))]


def test_a_model_is_served_through_its_component() -> None:
    assert served(component(json.dumps(STATE))) == ["m"]
    assert served(component(json.dumps({**STATE, "EndpointName": "another"}))) == []
    assert served() == []


def test_another_type_of_the_same_api_is_no_component() -> None:
    package = resource(t.CLOUD_CONTROL, "p", typeName="AWS::SageMaker::ModelPackage", desiredState=json.dumps(STATE))
    assert served(package) == []


def test_a_component_that_is_not_known_yet_is_told_by_what_it_depends_on() -> None:
    assert served(component(Opaque.UNKNOWN, ENDPOINT, MODELS[0])) == ["m"]
    with pytest.raises(NotYetKnown):
        served(component(Opaque.UNKNOWN))
