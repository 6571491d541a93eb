"""What changed between two cut-offs: flags a cell, with both values side by side."""

from datetime import date

import pandas as pd

from crmdata.measures.cells import SLOT, or_none
from crmdata.terms import SIN_REPORTE, Reporting, State

CHANGES = ("newly_reported", "corrected", "advanced", "gone_back", "newly_due", "newly_silent")
"""The flags of a change; a cell can have several."""

_CELL = [*SLOT, "country"]
_SAID = ["semester", "state", "percent", "report_id"]
_NOW = ["state", "percent", "report_id", "reported_on"]


def change_between(cells_then: pd.DataFrame, cells_now: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of now with any change since then, as flags and both values.

    - `newly_reported`: there was no report in the cell, now there is one.
    - `corrected`: there was a report, now a later one is in force.
    - `advanced`, `gone_back`: the percent of such a report lies above or below the one before
      it: of the same cell where corrected, else the country's last report then on the activity
      in an earlier period. Where either has no percent, neither is said.
    - `newly_due`: the period has ended since then, and a report is expected: none is where it is
      `no_aplica`; `newly_silent`: and no report arrived.

    Columns `axis line result activity semester country`, the six flags, `state percent
    report_id reported_on` of now, and `semester_before state_before percent_before
    report_id_before` of the report before, missing where there is none. A cell that only the
    plan of now has counts as neither due nor reported then; one that only the plan of then had
    is left out.
    """
    both = cells_now.merge(_then(cells_then), how="left", on=["activity", "semester", "country"])
    reported = both["report_id"].notna()
    reported_then = both["report_id_then"].notna()
    same_report = both["report_id"].eq(both["report_id_then"]).fillna(False).astype(bool)
    silent_then = both["reporting_then"].eq(SIN_REPORTE)
    changes = both[[*_CELL, *_NOW]].assign(
        newly_reported=reported & ~reported_then,
        corrected=reported & reported_then & ~same_report,
        newly_due=both["due"]
        & ~both["due_then"].eq(True).astype(bool)
        & both["state"].ne(State.NO_APLICA),
        newly_silent=both["reporting"].eq(Reporting.SIN_REPORTE) & ~silent_then,
    )
    flags = ["newly_reported", "corrected", "newly_due", "newly_silent"]
    changes = _with_before(changes.loc[changes[flags].any(axis="columns")], cells_then)
    changes = changes.assign(
        advanced=changes["percent"] > changes["percent_before"],
        gone_back=changes["percent"] < changes["percent_before"],
    )
    before = [f"{name}_before" for name in _SAID]
    return changes[[*_CELL, *CHANGES, *_NOW, *before]]


def by_report(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes that a report brought, newest first; the plan's order within a day."""
    brought = changes.loc[changes["newly_reported"] | changes["corrected"]]
    days = brought["reported_on"].map(date.toordinal)
    return brought.loc[days.sort_values(ascending=False, kind="stable").index]


def _then(cells: pd.DataFrame) -> pd.DataFrame:
    columns = cells[["activity", "semester", "country", "due", "reporting", "report_id"]]
    names = {name: f"{name}_then" for name in ("due", "reporting", "report_id")}
    return columns.rename(columns=names)


def _with_before(changes: pd.DataFrame, cells_then: pd.DataFrame) -> pd.DataFrame:
    """Add the report then in the same cell, else in the country's last period before it."""
    earlier = cells_then.loc[cells_then["report_id"].notna(), ["activity", "country", *_SAID]]
    earlier = earlier.rename(columns={name: f"{name}_before" for name in _SAID})
    rows = changes.reset_index(drop=True)
    pairs = rows.reset_index(names="row")[["row", "activity", "country", "semester"]]
    pairs = pairs.merge(earlier, on=["activity", "country"])
    pairs = pairs.loc[pairs["semester_before"] <= pairs["semester"]]
    last = pairs.sort_values(["row", "semester_before"]).drop_duplicates("row", keep="last")
    joined = rows.join(last.set_index("row")[[f"{name}_before" for name in _SAID]])
    return joined.assign(
        semester_before=or_none(joined["semester_before"]),
        state_before=or_none(joined["state_before"]),
    )
