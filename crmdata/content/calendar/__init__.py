"""The plan on its periods: what it schedules when, and what was reported of it, without a medium.

`Schedule` is what screen and print draw; `table` says it as rows. `Por definir` has a place of its
own and is never a dated bar.
"""

from crmdata.content.calendar.extract import Extract
from crmdata.content.calendar.inputs import Plan
from crmdata.content.calendar.results import deliveries
from crmdata.content.calendar.schedule import Picked, Schedule, schedule
from crmdata.content.calendar.tables import table, undated, unscheduled

__all__ = [
    "Extract",
    "Picked",
    "Plan",
    "Schedule",
    "deliveries",
    "schedule",
    "table",
    "undated",
    "unscheduled",
]
