"""The honest numbers: what is due, what was reported, what the reports say.

Pure functions, frames in and frames out; nothing here knows the store or a language. The
atom is the *cell*, a member country × slot; every measure is a sum over cells.
"""

from crmdata.measures.ages import age
from crmdata.measures.cells import cells, in_force, next_due, outside_calendar, silent
from crmdata.measures.changes import by_report, change_between
from crmdata.measures.fulfilment import Fulfilment, fulfilment
from crmdata.measures.groups import (
    Measured,
    Unscheduled,
    as_of,
    region_range,
    summary,
    trend,
    whole,
)
from crmdata.measures.meetings import first_day, meeting_after, meeting_at, meeting_before
from crmdata.measures.punctuality import deadline, punctuality
from crmdata.measures.stages import stages

__all__ = [
    "Fulfilment",
    "Measured",
    "Unscheduled",
    "age",
    "as_of",
    "by_report",
    "cells",
    "change_between",
    "deadline",
    "first_day",
    "fulfilment",
    "in_force",
    "meeting_after",
    "meeting_at",
    "meeting_before",
    "next_due",
    "outside_calendar",
    "punctuality",
    "region_range",
    "silent",
    "stages",
    "summary",
    "trend",
    "whole",
]
