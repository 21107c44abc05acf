"""What an AWS account runs, whether a stack declared it or not."""

from __future__ import annotations

from trimtab.cost.sources.inventory_aws.account import AwsAccount
from trimtab.cost.sources.inventory_aws.registry import INVENTORY_READS, READERS

__all__ = ["INVENTORY_READS", "READERS", "AwsAccount"]
