"""A resource as the program declared it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Recorded:
    """One registration.

    Attributes:
        urn: what Pulumi calls it.
        type: its token.
        name: its logical name.
        inputs: its properties, plain; secrets and what is not known yet are stand-ins.
        provider: logical name of its explicit provider; empty: the default one.
    """

    urn: str
    type: str
    name: str
    inputs: dict[str, Any]
    provider: str = ""
