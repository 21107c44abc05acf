"""What the scan of an account says: a finding with its money, or the reason why there is none."""

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from trimtab.cost.model import Owner, Unpriced
from trimtab.cost.model.base import Model, Scalar, Utc
from trimtab.cost.model.documents import Document


class Saves(Model):
    """What a finding changes in a month of 730 hours, in USD.

    Attributes:
        source: the price list and its date.
    """

    status: Literal["priced"] = "priced"
    monthly_before: Decimal
    monthly_after: Decimal
    source: str

    @property
    def monthly(self) -> Decimal:
        """Money saved in a month."""
        return self.monthly_before - self.monthly_after


class Finding(Model):
    """Something that is paid for and not used, or is paid for dearly.

    Attributes:
        kind: a key of `trimtab.cost.account.ACCOUNT_KINDS`.
        action: what to do.
        changes: property → value, where something is changed or added.
        reason: the facts, in a sentence.
        facts: what the service said of it.
        samples: hourly points by metric that the judgement rests on.
    """

    kind: str
    resource_id: str
    region: str
    owner: Owner
    action: str
    changes: dict[str, Scalar]
    reason: str
    savings: Saves | Unpriced = Field(discriminator="status")
    facts: dict[str, Scalar]
    samples: dict[str, int]
    cautions: tuple[str, ...] = ()


class Unread(Model):
    """A kind that could not be read in a region, in the service's own words."""

    kind: str
    region: str
    reason: str


class ScanDocument(Document):
    """What an account wastes."""

    what: ClassVar[str] = "trimtab cost waste"
    schema_: Literal["trimtab.cost.waste/1"] = Field("trimtab.cost.waste/1", alias="schema")
    created: Utc
    days: int
    regions: tuple[str, ...]
    seen: dict[str, int]
    """Resources that were looked at, by kind."""
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...] = ()
