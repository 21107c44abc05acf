"""How many Elastic Fabric Adapter interfaces an instance type takes.

Counts: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html; a type that is not
listed there has none. Network cards are numbered from 0, one interface a card.
"""

from __future__ import annotations

_EXACT = {
    "p4d.24xlarge": 4,
    "p4de.24xlarge": 4,
    "p5.48xlarge": 32,
    "p5e.48xlarge": 32,
    "p5en.48xlarge": 16,
    "p6-b200.48xlarge": 8,
    "g6e.24xlarge": 2,
    "g6e.48xlarge": 4,
    "trn1.32xlarge": 8,
    "trn1n.32xlarge": 16,
    "g4dn.12xlarge": 1,
    "g4dn.8xlarge": 1,
    "g4dn.16xlarge": 1,
    "g4dn.metal": 1,
}
_ONE_FROM_8XLARGE = ("g5", "g6", "g6e")
_LARGE_SIZES = ("8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge")


def efa_interfaces(instance_type: str) -> int:
    """Return the number of EFA interfaces of an instance type; 0 where it has none."""
    if instance_type in _EXACT:
        return _EXACT[instance_type]
    family, _, size = instance_type.partition(".")
    return 1 if family in _ONE_FROM_8XLARGE and size in _LARGE_SIZES else 0
