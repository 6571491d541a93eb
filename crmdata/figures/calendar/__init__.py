"""The plan on its periods: what it schedules, and under it what was reported.

`figure` draws all of it; `halves` draw it in two with the same margins, so that the rows can
scroll under their header. Both tracks of a row stand on one axis of periods; years
without a column in the source are there, empty, and say so. `Por definir` has a lane of its
own and is never a dated bar.
"""

from crmdata.figures.calendar.drawing import figure, halves
from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.paging import LABEL_LINES, LABELS, pages
from crmdata.figures.calendar.results import deliveries
from crmdata.figures.calendar.tables import as_list, summary, table, undated, unscheduled

__all__ = [
    "LABELS",
    "LABEL_LINES",
    "Layers",
    "Plan",
    "as_list",
    "deliveries",
    "figure",
    "halves",
    "pages",
    "summary",
    "table",
    "undated",
    "unscheduled",
]
