"""The endpoints whose answers people look at, as one part: they share the bucket that decisions are kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.serving import ServingEndpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.spec.human_review import HumanReview


class Reviews(SpecModel):
    """Endpoints, each with a `humanReview`."""

    endpoints: Annotated[tuple[ServingEndpoint, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_is_reviewed(self) -> Self:
        for index, endpoint in enumerate(self.endpoints):
            if endpoint.human_review is None:
                raise PydanticCustomError(
                    "unreviewed",
                    "{name} has no humanReview",
                    {
                        "field": f"endpoints[{index}].humanReview",
                        "name": endpoint.name,
                        "allowed": "endpoints with a humanReview",
                        "remedy": f"give {endpoint.name} a humanReview, or leave it out",
                    },
                )
        return self

    def each(self) -> Iterator[tuple[ServingEndpoint, HumanReview]]:
        """Each endpoint with its review."""
        for endpoint in self.endpoints:
            if endpoint.human_review is not None:
                yield endpoint, endpoint.human_review

    @property
    def kept_days(self) -> int:
        """How long decisions are kept: as long as the longest of the reviews asks."""
        return max(review.kept_days for _, review in self.each())
