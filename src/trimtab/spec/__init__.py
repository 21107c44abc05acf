"""What a platform is: frozen pydantic models, units, errors. Imports nothing of ours.

The names are imported when they are asked for (PEP 562): `trimtab --help` reads `trimtab.spec.errors` and
must not wait for pydantic.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trimtab.spec.load import CONFIG_KEY, read_platform
    from trimtab.spec.owner import Context, Owner
    from trimtab.spec.platform import Platform

_HOMES = {
    "CONFIG_KEY": "trimtab.spec.load",
    "read_platform": "trimtab.spec.load",
    "Context": "trimtab.spec.owner",
    "Owner": "trimtab.spec.owner",
    "Platform": "trimtab.spec.platform",
}

__all__ = ["CONFIG_KEY", "Context", "Owner", "Platform", "read_platform"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
