"""What the policies found, and who answers for exceptions."""

from datetime import date

from trimtab.cost.model import Model


class PolicyLine(Model):
    """One open finding of the policies, or one waived."""

    rule: str
    severity: str
    urn: str
    message: str
    remedy: str
    waived: bool
    waiver_expires: str


class Policy(Model):
    """What a policy check found."""

    findings: tuple[PolicyLine, ...]


class WaiverLine(Model):
    """An exception that somebody answers for."""

    rule: str
    resource: str
    owner: str
    reason: str
    expires: date
    days_left: int
