"""How long a change is watched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Change
    from trimtab.spec.changes import WatchMinutes
    from trimtab.spec.owner import ServiceClass

_UNITS = {"s": 1, "m": 60, "h": 3600}
_FORM = re.compile(r"(\d+)([smh])")
_LONGEST = 7 * 24 * 3600


def parse_duration(text: str) -> int:
    """Read `45s`, `30m` or `2h` as seconds.

    Raises:
        UserError: it has another form, or is not between a second and a week.
    """
    found = _FORM.fullmatch(text.strip())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 0 < seconds <= _LONGEST:
        raise UserError(
            f"--watch {text!r}: is no duration; allowed: 1s to 168h, written 45s, 30m or 2h",
            remedy="write a number and s, m or h, or leave --watch out.",
        )
    return seconds


def default_seconds(changes: Iterable[Change], minutes: WatchMinutes) -> int:
    """Return the longest watch that the changed resources' service classes ask for."""
    by_class: dict[ServiceClass, int] = {
        "critical": minutes.critical,
        "standard": minutes.standard,
        "batch": minutes.batch,
    }
    return 60 * max(by_class[change.advice.lead.service_class] for change in changes)
