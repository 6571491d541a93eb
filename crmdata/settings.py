"""What a deployment may set, read from the environment once a call, with its defaults."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """Return `CRMDATA_DATABASE_URL`, else the embedded SQLite file under `data/store/`."""
    default = f"sqlite:///{ROOT / 'data' / 'store' / 'crmdata.sqlite3'}"
    return os.environ.get("CRMDATA_DATABASE_URL") or default


def plan_folder() -> Path:
    """Return the folder of the plan's files (`CRMDATA_PLAN_DIR`)."""
    return Path(os.environ.get("CRMDATA_PLAN_DIR") or ROOT / "data" / "plan")


def demo_folder() -> Path:
    """Return the folder of the demonstration data (`CRMDATA_DEMO_DIR`)."""
    return Path(os.environ.get("CRMDATA_DEMO_DIR") or ROOT / "data" / "demo")


def public_url() -> str:
    """Return `CRMDATA_PUBLIC_URL`, the app's address for others, without a slash at its end."""
    return (os.environ.get("CRMDATA_PUBLIC_URL") or "").rstrip("/")


def coverage_threshold() -> float:
    """Return the share of due slots, 0–1, under which a single progress figure is withheld.

    `CRMDATA_COVERAGE_THRESHOLD`, default 0.5. Raise ValueError outside 0–1.
    """
    value = float(os.environ.get("CRMDATA_COVERAGE_THRESHOLD") or 0.5)
    if not 0 <= value <= 1:
        raise ValueError(f"CRMDATA_COVERAGE_THRESHOLD={value}: must lie between 0 and 1")
    return value


def grace_days() -> int:
    """Return how many days after a semester's end its reports are still in time.

    `CRMDATA_GRACE_DAYS`, default 60. Raise ValueError for what is no number from 0.
    """
    value = int(os.environ.get("CRMDATA_GRACE_DAYS") or 60)
    if value < 0:
        raise ValueError(f"CRMDATA_GRACE_DAYS={value}: must not be negative")
    return value
