"""What a deployment may set, read from the environment once a call, with its defaults."""

import math
import os
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """Return `CRMDATA_DATABASE_URL`, else the embedded SQLite file under `data/store/`."""
    default = f"sqlite:///{ROOT / 'data' / 'store' / 'crmdata.sqlite3'}"
    return os.environ.get("CRMDATA_DATABASE_URL") or default


class ServeMode(StrEnum):
    """How the app is served (`crmdata serve`): who may do what with this process."""

    READING = ""
    """One reader's own machine, as `make run` starts it: nobody writes through the page."""
    PUBLIC = "public"
    """Anybody reads; the database connection itself cannot write."""
    SECRETARIAT = "secretariat"
    """Who has a role logs in and writes; everybody else reads."""
    LOCAL_SECRETARIAT = "local-secretariat"
    """Whoever sits at this machine writes; no other machine gets an answer."""

    @property
    def writes(self) -> bool:
        """Whether anything can be written through the page."""
        return self in {ServeMode.SECRETARIAT, ServeMode.LOCAL_SECRETARIAT}


def serve_mode() -> ServeMode:
    """Return `CRMDATA_SERVE_MODE`, set by `crmdata serve`. Raise ValueError for an unknown one."""
    return ServeMode(os.environ.get("CRMDATA_SERVE_MODE", ""))


def read_url() -> str:
    """Return `CRMDATA_READ_URL`, the database of a public server, else the deployment's."""
    return os.environ.get("CRMDATA_READ_URL") or database_url()


def warms() -> bool:
    """Return whether the first views are drawn before anybody asks (`CRMDATA_WARM`, 0 or 1).

    By default where many come: a machine of one's own has other things to do at the start.
    """
    setting = os.environ.get("CRMDATA_WARM")
    return setting == "1" if setting else serve_mode() in {ServeMode.PUBLIC, ServeMode.SECRETARIAT}


def roles_file() -> Path | None:
    """Return the file that says who has which role (`CRMDATA_ROLES_FILE`), if there is one."""
    setting = os.environ.get("CRMDATA_ROLES_FILE")
    return Path(setting) if setting else None


def session_hours() -> float:
    """Return after how many hours a login ends (`CRMDATA_SESSION_HOURS`, default 8).

    Raise ValueError unless it is more than 0 and at most 24.
    """
    value = float(os.environ.get("CRMDATA_SESSION_HOURS") or 8)
    if not 0 < value <= 24:
        raise ValueError(f"CRMDATA_SESSION_HOURS={value}: must be more than 0 and at most 24")
    return value


def unverified_addresses() -> bool:
    """Tell whether an address counts of which the provider does not say if it verified it.

    `CRMDATA_OIDC_UNVERIFIED_EMAIL`: `accept` for a provider that gives out its addresses itself
    and says nothing of them; `refuse`, the default. One that says `false` never counts. Raise
    ValueError for another value.
    """
    value = os.environ.get("CRMDATA_OIDC_UNVERIFIED_EMAIL") or "refuse"
    if value not in {"accept", "refuse"}:
        raise ValueError(f"CRMDATA_OIDC_UNVERIFIED_EMAIL={value}: must be accept or refuse")
    return value == "accept"


def time_zone() -> str:
    """Return the name of the time zone whose days the data's are (`CRMDATA_TIME_ZONE`).

    By default that of Tegucigalpa, six hours behind UTC all year, as most of Central America.
    """
    return os.environ.get("CRMDATA_TIME_ZONE") or "America/Tegucigalpa"


def backup_folder() -> Path:
    """Return where a backup is put before an upgrade (`CRMDATA_BACKUP_DIR`).

    By default beside the embedded database, else under `data/store/`.
    """
    setting = os.environ.get("CRMDATA_BACKUP_DIR")
    if setting:
        return Path(setting)
    scheme, _, file = database_url().partition(":///")
    return Path(file).parent if scheme == "sqlite" and file else ROOT / "data" / "store"


def retention_days() -> int:
    """Return after how many days backups and kept stores are deleted by `crmdata backup`.

    `CRMDATA_RETENTION_DAYS`, default 35. Raise ValueError for what is no number from 1.
    """
    value = int(os.environ.get("CRMDATA_RETENTION_DAYS") or 35)
    if value < 1:
        raise ValueError(f"CRMDATA_RETENTION_DAYS={value}: must be at least 1")
    return value


def plan_folder() -> Path:
    """Return the folder of the plan's files (`CRMDATA_PLAN_DIR`)."""
    return Path(os.environ.get("CRMDATA_PLAN_DIR") or ROOT / "data" / "plan")


def demo_folder() -> Path:
    """Return the folder of the demonstration data (`CRMDATA_DEMO_DIR`)."""
    return Path(os.environ.get("CRMDATA_DEMO_DIR") or ROOT / "data" / "demo")


def public_url() -> str:
    """Return `CRMDATA_PUBLIC_URL`, the app's address for others, without a slash at its end."""
    return (os.environ.get("CRMDATA_PUBLIC_URL") or "").rstrip("/")


def reader_seconds() -> int:
    """Return after how many seconds a reader's question to PostgreSQL is broken off.

    `CRMDATA_READER_SECONDS`, default 30; 0 for never. Raise ValueError for what is no number
    from 0.
    """
    value = int(os.environ.get("CRMDATA_READER_SECONDS") or 30)
    if value < 0:
        raise ValueError(f"CRMDATA_READER_SECONDS={value}: must not be negative")
    return value


def replaced_thresholds() -> dict[str, tuple[str, str, float]]:
    """Return the settings that the table of thresholds replaced and that are still set.

    By the threshold's name there: the setting, what it says, and that as the table has it; NaN
    where it says no number.
    """
    found: dict[str, tuple[str, str, float]] = {}
    for setting, name, scale in (
        ("CRMDATA_COVERAGE_THRESHOLD", "cobertura", 100), ("CRMDATA_GRACE_DAYS", "plazo", 1),
    ):  # fmt: skip
        if written := os.environ.get(setting):
            try:
                value = round(float(written) * scale, 6)
            except ValueError:
                value = math.nan
            found[name] = setting, written, value
    return found


def without_password(url: str) -> str:
    """Return a database's URL as it may be written down, with `***` for a password.

    All between the first colon after the user and the last `@` counts as one.
    """
    scheme, mark, rest = url.partition("://")
    head, at, place = rest.rpartition("@")
    user, colon, _ = head.partition(":")
    return f"{scheme}{mark}{user}{':***' if colon else ''}{at}{place}"
