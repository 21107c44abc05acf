"""When the platform may be changed by itself: maintenance windows, and freezes in which nothing is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.units import EachOnce, Name

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEK: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError(
            "timezone",
            "{name} is no time zone",
            {
                "name": name,
                "allowed": "a name of the IANA database, Europe/Dublin",
                "remedy": "write one, or leave it out",
            },
        )
    return name


class Freeze(SpecModel):
    """A time in which the analyser changes nothing: the sales of a season, an audit, a migration."""

    name: Name
    begins: AwareDatetime
    """With its offset: 2026-12-18T00:00:00Z."""
    ends: AwareDatetime
    reason: Annotated[str, Field(min_length=3, max_length=200)]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ends <= self.begins:
            raise PydanticCustomError(
                "bounds",
                "ends {end} is not after begins {begin}",
                {"field": "ends", "end": str(self.ends), "begin": str(self.begins),
                 "allowed": f"a moment after {self.begins}", "remedy": "correct one of the two"},
            )  # fmt: skip
        return self


class MaintenanceWindow(SpecModel):
    """Hours of the week in which changes may be made."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1), EachOnce]
    """Days on which it begins."""
    opens: time
    """Clock time, 22:00."""
    closes: time
    """Clock time; one that is not after `opens` is of the next day."""
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"

    def is_open(self, moment: datetime) -> bool:
        """Whether `moment`, with its time zone, is inside the window."""
        local = moment.astimezone(ZoneInfo(self.timezone))
        now = local.time()
        if self.opens < self.closes:
            return self._begins(local) and self.opens <= now < self.closes
        yesterday = local - timedelta(days=1)
        return (self._begins(local) and now >= self.opens) or (self._begins(yesterday) and now < self.closes)

    def _begins(self, local: datetime) -> bool:
        return _WEEK[local.weekday()] in self.days

    def __str__(self) -> str:
        """Return it as people write it: `monday, tuesday 22:00-04:00 UTC`."""
        return f"{', '.join(self.days)} {self.opens:%H:%M}-{self.closes:%H:%M} {self.timezone}"


Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]


class WatchMinutes(SpecModel):
    """How long a change is watched before it is kept, by the class of what was changed."""

    critical: Minutes = 60
    """A whole busy hour."""
    standard: Minutes = 30
    batch: Minutes = 240
    """Batch work shows trouble only once its next job has run."""


class Changes(SpecModel):
    """When and how `trimtab cost apply` may change the stack."""

    canary: bool = False
    """Whether of several like resources one is changed and watched first, alone, before the others follow."""
    watch_minutes: WatchMinutes = WatchMinutes()
    freezes: tuple[Freeze, ...] = ()
    maintenance_windows: tuple[MaintenanceWindow, ...] = ()
    """None: at any hour that no freeze covers."""

    def refusal(self, moment: datetime) -> str:
        """Return why nothing may be changed at `moment`; empty where it may."""
        frozen = next((one for one in self.freezes if one.begins <= moment < one.ends), None)
        if frozen:
            return f"freeze {frozen.name} until {frozen.ends:%Y-%m-%d %H:%M %Z}: {frozen.reason}"
        windows = self.maintenance_windows
        if windows and not any(window.is_open(moment) for window in windows):
            return f"outside the maintenance windows: {'; '.join(map(str, windows))}"
        return ""
