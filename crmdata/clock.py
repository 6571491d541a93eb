"""The clock: the one place that asks the machine what time it is.

Moments are stored in UTC, to the second. Days are those of one time zone, the data's own
(`CRMDATA_TIME_ZONE`): a report of eight in the evening is of that evening's day.
"""

from datetime import UTC, date, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from crmdata import settings
from crmdata.errors import N_, Problem, SettingsError

_STORED = "%Y-%m-%dT%H:%M:%SZ"


def now() -> datetime:
    """Return the moment by the machine's clock, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day that it is in the data's time zone. Raise SettingsError as `zone`."""
    return local(now()).date()


def utc_now() -> str:
    """Return the moment as stored: UTC, to the second, `2026-11-24T01:02:03Z`."""
    return stored(now())


def named_now() -> str:
    """Return the moment as it stands in the name of a file: `20261124T010203Z`."""
    return utc_now().replace("-", "").replace(":", "")


def stored(at: datetime) -> str:
    """Return a moment in UTC as it is stored."""
    return at.strftime(_STORED)


def moment(stored: str) -> datetime:
    """Return a stored moment, in UTC."""
    return datetime.strptime(stored, _STORED).replace(tzinfo=UTC)


def of_browser(milliseconds: float) -> datetime:
    """Return a moment as browsers tell it, in milliseconds since 1970, in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def local(at: str | datetime) -> datetime:
    """Return a moment, as stored or in any zone, by the clocks of the data's time zone."""
    return (moment(at) if isinstance(at, str) else at).astimezone(zone())


def day_of(at: str | datetime) -> date:
    """Return the day of a moment in the data's time zone."""
    return local(at).date()


def hour_of(at: str | datetime, to_the: Literal["seconds", "minutes"] = "seconds") -> str:
    """Return the hour of a moment for readers, with its zone: `19:02:03 (UTC-06:00)`."""
    there = local(at).isoformat(timespec=to_the)
    return f"{there[11:-6]} (UTC{there[-6:]})"


def written(at: str | datetime) -> str:
    """Return a moment for readers: `2026-11-23 19:02:03 (UTC-06:00)`."""
    return f"{day_of(at)} {hour_of(at)}"


def zone() -> ZoneInfo:
    """Return the time zone of the data's days. Raise SettingsError where there is none so named."""
    name = settings.time_zone()
    try:
        return _zone(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(
            Problem(
                "unknown_time_zone",
                N_("CRMDATA_TIME_ZONE names no time zone: “{name}”."),
                N_("Give one of the IANA list, such as America/Tegucigalpa or America/Panama."),
                values={"name": name},
            )
        ) from error


_zone = cache(ZoneInfo)
