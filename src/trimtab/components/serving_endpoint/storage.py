"""Which instance types bring their own disks, which AWS encrypts in hardware and no customer key may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.spec.instances import split
from trimtab.spec.serving_capacity import Serverless

if TYPE_CHECKING:
    from trimtab.spec.serving_capacity import Capacity

_ALWAYS = {"g4dn", "g4ad", "g5", "g5g", "g6", "g6e", "p4d", "p4de", "p5", "p5e", "p5en", "inf1", "trn1", "trn1n"}
_WITH_D = re.compile(r"^[a-z]+\d+[a-z]*d[a-z]*$")  # m5d, c6id, r5dn: the letter d is AWS's mark for local disks.


def takes_volume_key(capacity: Capacity) -> bool:
    """Whether the endpoint's disks are EBS volumes, which a customer key encrypts.

    CreateEndpointConfig fails where `KmsKeyId` is given for an instance with local storage
    (https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html).
    """
    if isinstance(capacity, Serverless):
        return False
    _, family, _ = split(capacity.instance_type)
    return family not in _ALWAYS and not _WITH_D.match(family)
