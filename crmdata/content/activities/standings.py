"""What each country said of an activity in each period, as a table of signs."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import findings, names, reports
from crmdata.content.cell_tables import Face, FaceCell, FaceTable, KeyEntry, Kind
from crmdata.content.destinations import Way
from crmdata.content.named import ViewNames
from crmdata.content.names import Name, Names
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.measures import age
from crmdata.terms import SIN_REPORTE, Period, Reporting, State
from crmdata.view import View

COLUMNS = ["country", "semester", "state", "percent", "reporting", "reported_on", "outside"]


def of_activity(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the rows of one activity."""
    return rows.loc[rows["activity"] == code]


def standings(view: View, code: str) -> pd.DataFrame:
    """Return the columns of `COLUMNS`, a row for all there is to show of an activity.

    The cells of the calendar, and the reports that stand outside it: of another period, or
    of the region itself.
    """
    cells = of_activity(view.frame("cells"), code).assign(outside=False)
    outside = of_activity(view.frame("outside"), code)
    outside = outside.assign(reporting=Reporting.REPORTADO.value, outside=True)
    parts = [rows[COLUMNS].astype(object) for rows in (cells, outside) if len(rows)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def cell_text(view: View, words: Words, standing: Mapping[Any, Any]) -> str:
    """Return what a place of the table says: symbol and percent, or for how long it is missing."""
    if standing["reporting"] == Reporting.SIN_REPORTE:
        return f"{NO_REPORT} {_months(view, words, standing)}".strip()
    if standing["reporting"] != Reporting.REPORTADO:
        return label(words, standing["reporting"])
    if standing["state"] == State.NO_APLICA:
        return NOT_APPLICABLE
    return f"{SYMBOLS[standing['state']]} {words.entered(standing['percent'])}"


def _months(view: View, words: Words, standing: Mapping[Any, Any]) -> str:
    """Return for how many months a place has been pending, empty in its first one."""
    months = age(Period.parse(standing["semester"]).ends, view.cutoff)
    return words.plural("{n} month", "{n} months", months) if months else ""


def periods(words: Words, rows: pd.DataFrame) -> dict[str | int, Name]:
    """Name the periods in order; those without a slot say so."""
    planned = set(rows.loc[~rows["outside"].astype(bool), "semester"])
    period_names: dict[str | int, Name] = {}
    for code, name in names.of_periods(rows["semester"], words).items():
        full = words("{semester} (outside the calendar)", semester=name.short)
        period_names[code] = name if code in planned else Name(f"{name.short} *", full)
    return period_names


def parties(view: View, words: Words, rows: pd.DataFrame) -> Names:
    """Name the members, and the region where it has reported."""
    reported = set(rows["country"]) | view.members
    return {
        code: name for code, name in ViewNames(view, words).reporters.items() if code in reported
    }


def grid(view: View, words: Words, code: str) -> pd.DataFrame:
    """Return a party a row and a period a column, in words."""
    rows = standings(view, code)
    at = {(row["country"], row["semester"]): cell_text(view, words, row)
          for row in rows.to_dict("records")}  # fmt: skip
    columns = periods(words, rows)
    return pd.DataFrame([
        {words("Country"): name.full,
         **{period.text: at.get((party, key), "") for key, period in columns.items()}}
        for party, name in parties(view, words, rows).items()
    ])  # fmt: skip


def table(view: View, words: Words, code: str, title: str, picked: str | None) -> FaceTable:
    """Return the table; name and cell lead to what a party said, `picked` is looked at."""
    rows = standings(view, code)
    at = {(row["country"], row["semester"]): row for row in rows.to_dict("records")}
    party_names, columns = parties(view, words, rows), periods(words, rows)
    # The region has no page of its own.
    ways = {party: Way("", {"pais": str(party)}) for party in party_names
            if party != view.region.code}  # fmt: skip
    cells = {
        (party, period): _cell(view, words, at.get((party, period)),
                               f"{party_names[party].text} · {columns[period].text}",
                               ways.get(party))
        for party in party_names
        for period in columns
    }  # fmt: skip
    kinds = {cell.face.kind for cell in cells.values()}
    return FaceTable(title, party_names, columns, cells, _heading(words, rows), _key(words, kinds),
                     picked, small=True, row_ways=ways)  # fmt: skip


def _heading(words: Words, rows: pd.DataFrame) -> str:
    if rows["outside"].any():
        return words("State and percentage; * outside the calendar: not among the expected reports")
    return words("State and percentage")


def _cell(
    view: View, words: Words, standing: Mapping[Any, Any] | None, place: str, way: Way | None
) -> FaceCell:
    if standing is None:
        return FaceCell(Face(Kind.BLANK, ""), [place])
    if standing["reporting"] == Reporting.SIN_REPORTE:
        since = findings.pending_since(words, standing["semester"], view.cutoff)
        details = [place, label(words, SIN_REPORTE), since]
        overdue = view.cutoff > measures.deadline(standing["semester"], view.thresholds.grace_days)
        kind = Kind.OVERDUE if overdue else Kind.SILENT
        return FaceCell(Face(kind, NO_REPORT, _months(view, words, standing)), details, way)
    if standing["reporting"] != Reporting.REPORTADO:
        return FaceCell(Face(Kind.NOTHING, ""), [place, label(words, standing["reporting"])])
    day = words("Reported on {day}", day=words.date(standing["reported_on"], "medium"))
    details = [place, f"{label(words, standing['state'])}, {reports.percent(words, standing)}", day]
    # Fulfilled and not started say their percentage themselves.
    with_percent = standing["state"] in {State.EN_CURSO, State.SUSPENDIDA}
    note = words.entered(standing["percent"]) if with_percent else ""
    return FaceCell(Face(standing["state"], SYMBOLS[standing["state"]], note), details, way)


def _key(words: Words, kinds: set[str]) -> list[KeyEntry]:
    states = [
        KeyEntry(state, reports.state(words, state)) for state in SYMBOLS if state != SIN_REPORTE
    ]
    silences = [
        KeyEntry(Kind.SILENT, f"{NO_REPORT} {label(words, SIN_REPORTE)}"),
        KeyEntry(Kind.OVERDUE, words("{sign} Overdue, with the months since", sign=NO_REPORT)),
        KeyEntry(Kind.NOTHING, label(words, Reporting.AUN_NO_VENCE)),
    ]
    return [entry for entry in (*states, *silences) if entry.kind in kinds]
