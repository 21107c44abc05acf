"""Who owns a thing, who pays for it, and how sensitive its data is: the tags on every resource."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel

Environment = Literal["local", "dev", "staging", "prod"]
DataClassification = Literal["public", "internal", "confidential", "restricted"]
ServiceClass = Literal["critical", "standard", "batch"]
"""How much saturation a resource may bear: the analyser's violation budget follows from it."""

TagValue = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        pattern=r"^[\w .:/=+@-]+$",  # Its length stands beside it: a counted class of all letters compiles slowly.
        description="Letters, digits, spaces and . : / = + @ _ -, 1 to 128 characters (AWS tag values).",
    ),
]

Contact = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$",
        max_length=128,
        description="An e-mail address of letters, digits and . + @ _ -, which is a tag value as well.",
    ),
]


class Owner(SpecModel):
    """The people behind a resource."""

    team: TagValue
    """Team that answers for it."""
    cost_center: TagValue
    """Cost centre that pays for it."""
    contact: Contact
    """Address that alarms, budgets and approvals go to."""

    def tags(self) -> dict[str, str]:
        """Return the owner's part of a resource's tags."""
        return {"Team": self.team, "CostCenter": self.cost_center, "Contact": self.contact}


class Context(SpecModel):
    """What every component of one platform shares.

    A component used alone gets it as `args["context"]`; a stack derives it from its `Platform`.
    """

    platform: str
    """The platform's name; part of every resource's name and tags."""
    environment: Environment
    owner: Owner
    data_classification: DataClassification = "internal"

    @property
    def prefix(self) -> str:
        """The beginning of every physical name: `<platform>-<environment>`."""
        return f"{self.platform}-{self.environment}"

    @property
    def is_production(self) -> bool:
        """Whether deletion protection and retention of data apply."""
        return self.environment == "prod"

    def tags(
        self,
        *,
        component: str,
        owner: Owner | None = None,
        model: str | None = None,
        classification: DataClassification | None = None,
    ) -> dict[str, str]:
        """Return the tags of one component's resources.

        Args:
            component: what the resource is part of, as the cost report groups it.
            owner: the part's own owner, where it differs from the platform's.
            model: the model that the resource serves or trains.
            classification: the part's own data classification, where it differs.
        """
        tags = {
            "Platform": self.platform,
            "Environment": self.environment,
            "Component": component,
            "DataClassification": classification or self.data_classification,
            "ManagedBy": "trimtab",
            **(owner or self.owner).tags(),
        }
        return {**tags, "Model": model} if model else tags
