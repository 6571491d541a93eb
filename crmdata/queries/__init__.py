"""Questions to the store: a Session in, a DataFrame out; one function a question.

Columns are named as in the tables. Dates are Python `date` objects; missing text (a request
without a partner) and missing percent are NaN. Rows of the plan come in the plan's order.
"""

from crmdata.queries.closings import closed_semesters
from crmdata.queries.places import countries, meetings, partners, region
from crmdata.queries.plan import (
    activities,
    axes,
    lines,
    marks,
    mentions,
    plan_changes,
    plan_versions,
    results,
    slots,
)
from crmdata.queries.reports import cooperation_in_force, report_history, reports_in_force
from crmdata.queries.standing import Provisional
from crmdata.queries.store import batches, data_kind, data_version, default_cutoff, version_at

__all__ = [
    "Provisional",
    "activities",
    "axes",
    "batches",
    "closed_semesters",
    "cooperation_in_force",
    "countries",
    "data_kind",
    "data_version",
    "default_cutoff",
    "lines",
    "marks",
    "meetings",
    "mentions",
    "partners",
    "plan_changes",
    "plan_versions",
    "region",
    "report_history",
    "reports_in_force",
    "results",
    "slots",
    "version_at",
]
