"""Features, the same ones in training and in serving."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.owner import DataClassification, Owner
from trimtab.spec.units import FeatureName, Name, Seconds


class Feature(SpecModel):
    """One column."""

    name: FeatureName
    type: Literal["String", "Integral", "Fractional"]
    """SageMaker's feature types."""


RESERVED = frozenset({"is_deleted", "write_time", "api_invocation_time"})
"""Columns that SageMaker adds to every record of an offline store."""


class FeatureGroup(SpecModel):
    """Features of one entity, with an offline store for training and an online one for serving."""

    name: Name
    description: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    """What its features mean and where they come from."""
    record_identifier: FeatureName
    """The feature that names the entity."""
    event_time: FeatureName = "event_time"
    """The feature that dates a row; training reads as of it."""
    features: Annotated[tuple[Feature, ...], Field(min_length=2)]
    online: bool = True
    online_ttl_seconds: Seconds | None = None
    owner: Owner | None = None
    data_classification: DataClassification | None = None

    @field_validator("features")
    @classmethod
    def _columns_differ(cls, features: tuple[Feature, ...]) -> tuple[Feature, ...]:
        """Athena's columns know no capitals, so names that differ in those alone are one."""
        taken: dict[str, str] = dict.fromkeys(RESERVED, "a column that SageMaker adds")
        for feature in features:
            if feature.name.lower() in taken:
                raise PydanticCustomError(
                    "feature_taken",
                    "the feature {name} is {other} already",
                    {
                        "name": feature.name,
                        "other": taken[feature.name.lower()],
                        "allowed": f"each name once, in whatever case, and none of {', '.join(sorted(RESERVED))}",
                        "remedy": f"rename {feature.name}",
                    },
                )
            taken[feature.name.lower()] = "a feature"
        return features

    @model_validator(mode="after")
    def _event_time_is_a_time(self) -> Self:
        kinds = {feature.name: feature.type for feature in self.features}
        if kinds.get(self.event_time) == "Integral":
            raise PydanticCustomError(
                "event_time_type",
                "eventTime {name} is Integral",
                {
                    "field": "eventTime",
                    "name": self.event_time,
                    "allowed": "Fractional (seconds since 1970) or String (ISO 8601)",
                    "remedy": f"set the type of {self.event_time} to Fractional",
                },
            )
        return self

    @model_validator(mode="after")
    def _ttl_needs_an_online_store(self) -> Self:
        if self.online_ttl_seconds is not None and not self.online:
            raise PydanticCustomError(
                "ttl_without_online_store",
                "onlineTtlSeconds is {ttl}, but the group has no online store",
                {
                    "field": "onlineTtlSeconds",
                    "ttl": self.online_ttl_seconds,
                    "allowed": "absent where online is false",
                    "remedy": "set online: true, or leave onlineTtlSeconds out",
                },
            )
        return self

    @model_validator(mode="after")
    def _keys_are_features(self) -> Self:
        names = [feature.name for feature in self.features]
        for field, wanted in (("recordIdentifier", self.record_identifier), ("eventTime", self.event_time)):
            if wanted not in names:
                raise PydanticCustomError(
                    "not_a_feature",
                    "{field} {wanted} is not among the features",
                    {
                        "field": field,
                        "wanted": wanted,
                        "allowed": ", ".join(names),
                        "remedy": f"add a feature named {wanted}, or name one of the features",
                    },
                )
        return self


class FeatureStore(SpecModel):
    """Feature groups, the Athena tables over their offline store, and an open-source store's online table."""

    groups: Annotated[tuple[FeatureGroup, ...], Field(min_length=1)]
    query_scan_limit_gib: Annotated[int, Field(ge=1, le=10_240)] = 100
    """Athena refuses a query that would scan more: a forgotten WHERE must not become a bill."""
    open_source_online_table: bool = False
    """A DynamoDB table for a Feast online store beside SageMaker's."""
