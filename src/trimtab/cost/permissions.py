"""What the analyser may do in an AWS account: it only reads. Both policies are made of what the code calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.cost.account.registry import permissions as account_permissions
from trimtab.cost.sources.inventory_aws.registry import INVENTORY_READS

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZING_READS = {
    "cloudwatch:GetMetricData": "utilisation, before and after a change",
    "cloudwatch:DescribeAlarms": "what is in alarm is not made smaller, and what goes into alarm is taken back",
    "sagemaker:DescribeEndpoint": "how many instances run",
    "sagemaker:DescribeEndpointConfig": "of which type they are",
    "autoscaling:DescribeAutoScalingGroups": "how many nodes run",
    "pricing:GetProducts": "what they cost",
    "ec2:DescribeSpotPriceHistory": "what the part of a pool costs that runs on spot",
}
"""Every call of `trimtab cost usage, recommend, apply, verify, report` to AWS, and why; a test records the calls."""

SPEND_READS = {"ce:GetCostAndUsage": "what was billed, by service and tag"}
"""Every call of `trimtab cost spend` and `cost report --spend` to AWS; a billing export takes none."""

COMMITMENT_READS = {
    "savingsplans:DescribeSavingsPlansOfferingRates": "what usage costs under a Savings Plan",
    "pricing:GetProducts": "what reserved nodes cost",
}
"""Every call of `trimtab cost commitments` to AWS."""


def reader_policy() -> dict[str, Any]:
    """Return the IAM policy of the analyser's role: sizing, inventory, spend, commitments, the scan for waste."""
    return _policy(
        _reads("TrimtabSizing", SIZING_READS),
        _reads("TrimtabInventory", INVENTORY_READS),
        _reads("TrimtabSpend", SPEND_READS),
        _reads("TrimtabCommitments", COMMITMENT_READS),
        _waste(),
    )


def waste_policy() -> dict[str, Any]:
    """Return the part of it that `trimtab cost waste` takes."""
    return _policy(_waste())


def _waste() -> dict[str, Any]:
    return _reads("TrimtabCostWaste", account_permissions())


def _reads(sid: str, actions: Iterable[str]) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", "Action": sorted(actions), "Resource": "*"}


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}
