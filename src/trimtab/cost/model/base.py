"""What every value of the analyser shares."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

HOURS_PER_MONTH = Decimal(730)  # the AWS pricing calculator's month: 8,760 h / 12
HOURS_PER_WEEK = 168


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Utc = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment with a time zone, kept in UTC."""

Scalar = str | int | float | bool
"""The value of one field of a spec."""


class Model(BaseModel):
    """A frozen value that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    def to_json(self) -> dict[str, Any]:
        """Return what `json.dumps` takes: money as strings, moments in ISO 8601."""
        return self.model_dump(mode="json")
