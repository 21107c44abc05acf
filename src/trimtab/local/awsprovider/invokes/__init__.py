"""The data sources: function token to what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.awsprovider.invokes.images import IMAGES
from trimtab.local.awsprovider.invokes.lookups import LOOKUPS
from trimtab.local.awsprovider.invokes.policy_document import POLICY_DOCUMENT
from trimtab.local.awsprovider.invokes.surroundings import SURROUNDINGS

if TYPE_CHECKING:
    from trimtab.local.awsprovider.invokes.port import Invoke

INVOKES: dict[str, Invoke] = {**IMAGES, **LOOKUPS, **POLICY_DOCUMENT, **SURROUNDINGS}
