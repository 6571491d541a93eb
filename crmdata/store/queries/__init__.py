"""Questions to the store: a session in, a DataFrame out; one function a question.

Columns are named as in the tables. Dates are Python `date` objects; missing text (a request
without a partner) and missing percent are NaN. Rows of the plan come in the plan's order.
"""

from crmdata.store.db import Pinned
from crmdata.store.queries.about_store import (
    batches,
    chain_hashes,
    chain_head,
    data_kind,
    data_version,
    default_cutoff,
    plan_id,
    version_at,
)
from crmdata.store.queries.agreements import agreements
from crmdata.store.queries.closings import closed_periods
from crmdata.store.queries.handed_in import (
    answered_slots,
    batch_partners,
    batch_rows,
    batch_slots,
    batches_waiting,
    lines_of,
    returned,
    review_acts,
    submissions,
    unanswered,
)
from crmdata.store.queries.observations import observations, observations_of_batch
from crmdata.store.queries.places import (
    Party,
    countries,
    meetings,
    other_names,
    partners,
    process,
    region,
    search_words,
    topic,
)
from crmdata.store.queries.plan import (
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
from crmdata.store.queries.plan_facts import PlanFacts, plan_at, plan_facts
from crmdata.store.queries.reports import (
    cooperation_in_force,
    cooperation_of_batch,
    first_days,
    report_history,
    reports_in_force,
    reports_numbered,
    salts,
    states_in_force,
)
from crmdata.store.queries.review import (
    SAID,
    audit_trail,
    differences,
    last_refusal,
    last_text_gone,
)
from crmdata.store.queries.rows_that_count import Provisional
from crmdata.store.queries.snapshots import (
    as_of,
    every_snapshot,
    find_snapshot,
    knowing,
    snapshot,
    snapshots,
)

__all__ = [
    "SAID",
    "Party",
    "Pinned",
    "PlanFacts",
    "Provisional",
    "activities",
    "agreements",
    "answered_slots",
    "as_of",
    "audit_trail",
    "axes",
    "batch_partners",
    "batch_rows",
    "batch_slots",
    "batches",
    "batches_waiting",
    "chain_hashes",
    "chain_head",
    "closed_periods",
    "cooperation_in_force",
    "cooperation_of_batch",
    "countries",
    "data_kind",
    "data_version",
    "default_cutoff",
    "differences",
    "every_snapshot",
    "find_snapshot",
    "first_days",
    "knowing",
    "last_refusal",
    "last_text_gone",
    "lines",
    "lines_of",
    "marks",
    "meetings",
    "mentions",
    "observations",
    "observations_of_batch",
    "other_names",
    "partners",
    "plan_at",
    "plan_changes",
    "plan_facts",
    "plan_id",
    "plan_versions",
    "process",
    "region",
    "report_history",
    "reports_in_force",
    "reports_numbered",
    "results",
    "returned",
    "review_acts",
    "salts",
    "search_words",
    "slots",
    "snapshot",
    "snapshots",
    "states_in_force",
    "submissions",
    "topic",
    "unanswered",
    "version_at",
]
