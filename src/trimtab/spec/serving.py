"""An endpoint: which model answers, on what, and how a new one takes over."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.audit import SIX_MONTHS_DAYS, RiskClass
from trimtab.spec.base import SpecModel
from trimtab.spec.human_review import HumanReview
from trimtab.spec.model_source import HuggingFaceModel, ModelSource
from trimtab.spec.owner import DataClassification, Owner, ServiceClass
from trimtab.spec.serving_capacity import Capacity, MultiModel, RealTime, Serverless
from trimtab.spec.serving_components import InferenceComponents
from trimtab.spec.sizing import SizingTemplate
from trimtab.spec.units import Minutes, Name, Percent


class ShadowVariant(SpecModel):
    """A model that receives a copy of the traffic and whose answers nobody sees."""

    model: ModelSource
    sampling_percent: Percent = 10


class CanaryVariant(SpecModel):
    """A model that answers a small share of the real traffic."""

    model: ModelSource
    traffic_percent: Annotated[int, Field(ge=1, le=50)] = 5


class DataCapture(SpecModel):
    """Requests and answers written to the evidence or data bucket, for drift checks and audits."""

    sampling_percent: Annotated[int, Field(ge=1, le=100)] = 20


class BlueGreenDeployment(SpecModel):
    """A new fleet takes over step by step; an alarm sends the traffic back."""

    canary_percent: Annotated[int, Field(ge=5, le=50)] = 10
    bake_minutes: Annotated[int, Field(ge=1, le=60)] = 10
    """How long alarms are watched before the rest follows."""
    termination_wait_minutes: Minutes = 10


def _captured_unless_serverless(known: dict[str, Any]) -> DataCapture | None:
    return None if isinstance(known["capacity"], Serverless) else DataCapture()


class ServingEndpoint(SpecModel):
    """One SageMaker endpoint."""

    name: Name
    model: ModelSource
    capacity: Capacity
    shadow: ShadowVariant | None = None
    canary: CanaryVariant | None = None
    data_capture: Annotated[DataCapture | None, Field(default_factory=_captured_unless_serverless)]
    """Captured unless it is said otherwise; serverless inference cannot capture."""
    deployment: BlueGreenDeployment = BlueGreenDeployment()
    service_class: ServiceClass = "standard"
    latency_p99_ms: Annotated[int, Field(ge=1, le=60_000)] = 500
    """Latency objective of one invocation, in milliseconds."""
    owner: Owner | None = None
    data_classification: DataClassification | None = None
    eu_ai_act_risk: RiskClass = "limited"
    """Risk class of what its answers decide, under the EU AI Act; it is a tag on whatever serves."""
    human_review: HumanReview | None = None
    """Who looks at its answers; a high-risk system needs somebody (article 14)."""

    @model_validator(mode="after")
    def _form_can_do_it(self) -> Self:
        """Refuse what SageMaker's API refuses, before anything is created."""
        form = self.capacity.form
        beside = [name for name, given in (("shadow", self.shadow), ("canary", self.canary)) if given]
        if beside and not isinstance(self.capacity, RealTime):
            raise _not_in_this_form(beside[0], form, "in capacity.form real-time only", f"drop {beside[0]}")
        if len(beside) > 1:
            raise _not_in_this_form("shadow", form, "shadow or canary, not both at once", "drop one of them")
        if self.data_capture and isinstance(self.capacity, Serverless):
            raise _not_in_this_form("dataCapture", form, "in the other forms only", "set dataCapture: null")
        if isinstance(self.model, HuggingFaceModel) and isinstance(self.capacity, MultiModel):
            raise _not_in_this_form(
                "model.type hugging-face", form, "registered models only", "register the models under one key prefix"
            )
        return self

    @model_validator(mode="after")
    def _reviews_can_be_done(self) -> Self:
        """Refuse a review of answers that nobody captures, and one that forgets too soon."""
        if self.human_review is None:
            return self
        if self.data_capture is None:
            raise PydanticCustomError(
                "review_without_capture",
                "reviewers see captured answers, and none is captured",
                {
                    "field": "humanReview",
                    "allowed": "with dataCapture only",
                    "remedy": "set dataCapture, or drop humanReview",
                },
            )
        days = self.human_review.kept_days
        if self.eu_ai_act_risk == "high" and days < SIX_MONTHS_DAYS:
            raise PydanticCustomError(
                "retention",
                "humanReview.keptDays {days} is too short for a high-risk system",
                {
                    "field": "humanReview.keptDays",
                    "days": days,
                    "allowed": f"{SIX_MONTHS_DAYS} or more (EU AI Act, articles 19 and 26)",
                    "remedy": "set keptDays to 365",
                },
            )
        return self

    def sources(self) -> dict[str, ModelSource]:
        """Return every model that it serves, by the path of its declaration below the endpoint."""
        beside = {f"{role}.model": one.model for role, one in (("canary", self.canary), ("shadow", self.shadow)) if one}
        others = self.capacity.others if isinstance(self.capacity, InferenceComponents) else ()
        return {
            "model": self.model,
            **beside,
            **{f"capacity.others[{at}].model": one.model for at, one in enumerate(others)},
        }

    def components_sizing(self, path: str | None) -> dict[str, SizingTemplate]:
        """Return what can be sized of the copies of each of its models, by the name of its inference component.

        Args:
            path: the endpoint's place in the declaration, `servingEndpoints[0]`; None: declared by a program.
        """
        capacity = self.capacity
        if not isinstance(capacity, InferenceComponents):
            return {}
        most = capacity.most_copies()
        places = dict(zip((self.name, *(one.name for one in capacity.others)), capacity.of_each().items(), strict=True))
        return {
            name: copies.sizing(
                f"{path}.capacity.{at}." if path else None,
                instance_type=capacity.instance_type,
                most=most[at],
                service_class=self.service_class,
            )
            for name, (at, copies) in places.items()
        }

    def sizing(self, path: str | None, *, floor: int) -> SizingTemplate | None:
        """Return what of the endpoint's instances can be sized; None where they come by themselves.

        Args:
            path: the endpoint's place in the declaration, `servingEndpoints[0]`; None: declared by a program.
            floor: least number of instances that its environment bears (two in production: one zone may fail).
        """
        if isinstance(self.capacity, Serverless | InferenceComponents):
            return None
        return SizingTemplate(
            kind="sagemaker-endpoint",
            instance_type=self.capacity.instance_type,
            count=self.capacity.max_instances,
            service_class=self.service_class,
            floor=floor,
            fields=self.capacity.sizing_fields(f"{path}.capacity." if path else None),
        )


def _not_in_this_form(what: str, form: str, allowed: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(
        "form",
        "{what} is not possible here, with capacity.form {form}",
        {"field": what.partition(" ")[0], "what": what, "form": form, "allowed": allowed, "remedy": remedy},
    )
