"""What answers the internet, followed edge by edge over the declared graph: one way in a file."""

from __future__ import annotations

from trimtab.rules.exposure.model import FUNCTION, FUNCTION_URL, Exposed
from trimtab.rules.exposure.ways import exposed

__all__ = ["FUNCTION", "FUNCTION_URL", "Exposed", "exposed"]
