"""A spot market: moto's prices are a hundredth of a cent, and of 2006.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotPriceHistory.html
"""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.responses import EC2Response

from trimtab.local.cloud.extending import extend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_VCPU_USD, _GPU_USD = 0.02, 0.35
"""Dollars an hour: about what vCPUs and an A10G bring on spot; the market is made up, its order of size is not."""
_SWING_PERCENT = 10
_DAYS = 8
"""A price a day, and the one that was in force before the week that most ask for."""


def _price(instance_type: str, zone: str, day: int) -> str:
    """Dollars an hour as text; zones and days differ by a tenth up or down, always the same."""
    facts = INSTANCE_TYPES[instance_type]
    gpus = sum(each["Count"] for each in facts.get("GpuInfo", {}).get("Gpus", []))
    base = facts["VCpuInfo"]["DefaultVCpus"] * _VCPU_USD + gpus * _GPU_USD
    swing = zlib.crc32(f"{instance_type} {zone} {day}".encode()) % (2 * _SWING_PERCENT + 1) - _SWING_PERCENT
    return f"{base * (100 + swing) / 100:.6f}"


def _history(offering: dict[str, str], today: datetime) -> Iterator[dict[str, Any]]:
    for days_ago in range(_DAYS):
        moment = today - timedelta(days=days_ago)
        yield {
            "InstanceType": offering["InstanceType"],
            "ProductDescription": "Linux/UNIX",
            "SpotPrice": _price(offering["InstanceType"], offering["Location"], moment.toordinal()),
            "AvailabilityZone": offering["Location"],
            "Timestamp": moment,
        }


def _describe(self: Any) -> Any:
    wanted, filters = self._get_param("InstanceTypes", []), self._filters_from_querystring()
    offerings = self.ec2_backend.describe_spot_price_history(wanted, filters)
    today = utcnow().replace(hour=0, minute=0, second=0, microsecond=0)
    priced = [each for each in offerings if each["InstanceType"] in INSTANCE_TYPES]
    return ActionResult({"SpotPriceHistory": [one for each in priced for one in _history(each, today)]})


def install_ec2_spot_prices() -> None:
    """Serve prices of the last days."""
    extend(EC2Response, {"describe_spot_price_history": _describe})
