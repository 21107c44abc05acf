"""Figures as a reader expects them; the same in HTML and Markdown."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_CENTS_BELOW = 100
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
UNKNOWN = "not known"


def money(amount: Decimal | None, currency: str = "USD") -> str:
    """Write an amount: whole units from 100 on, cents below; `not known` where there is none."""
    if amount is None:
        return UNKNOWN
    places = Decimal(1) if abs(amount) >= _CENTS_BELOW or amount == 0 else Decimal("0.01")
    rounded = amount.quantize(places, rounding=ROUND_HALF_UP)
    sign = "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}{_SIGNS.get(currency, f'{currency} ')}{abs(rounded):,}"


def fine(amount: Decimal, currency: str = "USD") -> str:
    """Write an amount that may be far under a cent, to three digits."""
    if abs(amount) >= 1:
        return money(amount, currency)
    return f"{_SIGNS.get(currency, f'{currency} ')}{amount:.3g}"


def percent(share: float | None, places: int = 0) -> str:
    """Write a share of 1 in percent."""
    return UNKNOWN if share is None else f"{share * 100:,.{places}f} %"


def moment(at: datetime) -> str:
    """Write a moment in UTC, to the minute."""
    return f"{at:%d %b %Y, %H:%M} UTC"


def day(at: datetime) -> str:
    """Write a day."""
    return f"{at:%d %b %Y}"


def hour_of_week(hour: int) -> str:
    """Write an hour of the week: 14 is `Mon 14:00`."""
    return f"{DAYS[hour // 24]} {hour % 24:02d}:00"


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def shortened(name: str, most: int) -> str:
    """Leave out the middle of a long name: both ends tell such names apart."""
    if len(name) <= most:
        return name
    end = (most - 1) // 2
    return f"{name[: most - 1 - end]}…{name[-end:]}"


def sentence(text: str) -> str:
    """Write a reason as a sentence: a capital unless a name begins it, and a full stop."""
    first = text.split(" ", 1)[0]
    begun = text[:1].upper() + text[1:] if re.fullmatch(r"[a-z]+", first) else text
    return begun if not begun or begun.endswith((".", "!", "?")) else f"{begun}."


def change(share: float | None) -> str:
    """Write a change against something before: `18 % more than`, `as much as`."""
    if share is None or round(abs(share) * 100) == 0:
        return "as much as"
    return f"{percent(abs(share))} {'more' if share > 0 else 'less'} than"


def likely(share: float) -> str:
    """Write a probability; nothing that was simulated is sure."""
    if share < 0.01:  # noqa: PLR2004  # the smallest that is shown
        return "less than 1 %"
    return "more than 99 %" if share > 0.99 else percent(share)  # noqa: PLR2004  # as above


def month(name: str) -> str:
    """Write `2026-11` as `November 2026`."""
    year, number = name.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
