"""What the countries said of one activity over time: grid, reports, evidence, corrections."""

from typing import Any

import pandas as pd

from crmdata.content.wording import described, given
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.palette import PALETTES
from crmdata.render.html import markup
from crmdata.terms import SIN_REPORTE, Reporting, State
from crmdata.web.choices import links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import report_rows


def of_activity(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the rows of one activity."""
    return rows.loc[rows["activity"] == code]


def standings(chosen: Chosen, code: str) -> pd.DataFrame:
    """Return `country semester state percent reporting outside`, a row for all there is to show.

    The cells of the calendar, and the reports that stand outside it: of another period, or
    of the region itself.
    """
    columns = ["country", "semester", "state", "percent", "reporting", "outside"]
    cells = of_activity(chosen.frame("cells"), code).assign(outside=False)
    outside = of_activity(chosen.frame("outside"), code)
    outside = outside.assign(reporting=Reporting.REPORTADO.value, outside=True)
    parts = [rows[columns].astype(object) for rows in (cells, outside) if len(rows)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def said(words: Words, standing: dict[Any, Any]) -> str:
    """Return what a place of the grid says: symbol and percent, or the sign of what is missing."""
    if standing["reporting"] == Reporting.SIN_REPORTE:
        return NO_REPORT
    if standing["reporting"] != Reporting.REPORTADO:
        return label(words, standing["reporting"])
    if standing["state"] == State.NO_APLICA:
        return NOT_APPLICABLE
    return f"{SYMBOLS[standing['state']]} {words.entered(standing['percent'])}"


def headers(chosen: Chosen, rows: pd.DataFrame) -> dict[str, str]:
    """Return the periods in order with their headers; those without a slot say so."""
    words = chosen.words
    planned = set(rows.loc[~rows["outside"].astype(bool), "semester"])
    return {
        code: words.period(code)
        if code in planned
        else words("{semester} (outside the calendar)", semester=words.period(code))
        for code in sorted(set(rows["semester"]))
    }


def grid(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a reporter a row and a period a column, in words."""
    words, periods = chosen.words, headers(chosen, rows)
    at = {(row["country"], row["semester"]): said(words, row) for row in rows.to_dict("records")}
    found = []
    for code, name in _reporters(chosen, rows).items():
        cells = {title: at.get((code, period), "") for period, title in periods.items()}
        found.append({words("Country"): name, **cells})
    return pd.DataFrame(found)


def _reporters(chosen: Chosen, rows: pd.DataFrame) -> dict[str, str]:
    """Return the members, and the region where it has reported."""
    named = report_rows.reporters(chosen)
    reported = set(rows["country"]) | chosen.view.members
    return {str(code): name.full for code, name in named.items() if code in reported}


def grid_html(chosen: Chosen, rows: pd.DataFrame, caption: str) -> str:
    """Return the grid with an edge in the colour of each state; symbols say the same."""
    words, periods = chosen.words, headers(chosen, rows)
    at = {(row["country"], row["semester"]): row for row in rows.to_dict("records")}
    head = [words("Country"), *periods.values()]
    body = []
    for code, name in _reporters(chosen, rows).items():
        css = "crm-chosen" if code == chosen.choices.pais else ""
        cells = (_cell(chosen, at.get((code, period))) for period in periods)
        body.append(
            markup.wrapped("tr", [markup.element("th", name, scope="row"), *cells], css=css)
        )
    parts = (
        markup.element("caption", caption),
        markup.wrapped("thead", [markup.wrapped(
            "tr", (markup.wrapped("th", [_unbroken(text)], scope="col") for text in head))]),
        markup.wrapped("tbody", body),
    )  # fmt: skip
    return markup.wrapped(
        "div", [markup.wrapped("table", parts)], css="crm-table crm-standings",
        role="region", tabindex="0", **{"aria-label": caption},
    )  # fmt: skip


def _unbroken(header: str) -> str:
    """Return a header whose first word, the period, stays on one line."""
    first, space, rest = header.partition(" ")
    return markup.element("span", first) + (
        markup.element("small", f"{space}{rest}") if rest else ""
    )


def _cell(chosen: Chosen, standing: dict[Any, Any] | None) -> str:
    if standing is None:
        return markup.element("td", "")
    words, looks = chosen.words, PALETTES[chosen.theme].states
    text, reporting = said(words, standing), standing["reporting"]
    if reporting not in {Reporting.REPORTADO, Reporting.SIN_REPORTE}:
        return markup.element("td", text, css="crm-ahead")
    code = standing["state"] if reporting == Reporting.REPORTADO else SIN_REPORTE
    edge = f"border-left: .3rem {'dashed' if code == SIN_REPORTE else 'solid'} {looks[code].ink}"
    return markup.element("td", text, style=edge, title=label(words, code))


def by_country(chosen: Chosen, code: str) -> str:
    """Return the reports in force as HTML, folded by country, the chosen country's open."""
    words = chosen.words
    reports = of_activity(chosen.frame("reports"), code)
    found = []
    for country, name in report_rows.reporters(chosen).items():
        own = reports.loc[reports["country"] == country].sort_values("semester", ascending=False)
        if own.empty:
            continue
        latest = own.iloc[0].to_dict()
        title = words.plural(
            "{country}: {n} report, on {semester} {state}, {progress}",
            "{country}: {n} reports, on {semester} {state}, {progress}",
            len(own), country=name.text, semester=words.period(latest["semester"]),
            state=report_rows.state(words, latest["state"]),
            progress=report_rows.percent(words, latest),
        )  # fmt: skip
        told = report_rows.table(chosen, own, of_activity=True)
        table = markup.table(told.drop(columns=words("Country")), title)
        found.append(markup.folded(title, table, opened=country == chosen.choices.pais))
    return "".join(found)


def evidence(chosen: Chosen, code: str) -> list[dict[str, str]]:
    """Return the evidence of the reports in force: `country semester address`."""
    words, named = chosen.words, report_rows.reporters(chosen)
    order = {country: place for place, country in enumerate(named)}
    reports = of_activity(chosen.frame("reports"), code)
    reports = reports.assign(place=reports["country"].map(order))
    return [
        {
            "country": named[report["country"]].text,
            "semester": words.period(report["semester"]),
            "address": address.strip(),
        }
        for report in reports.sort_values(["place", "semester"]).to_dict("records")
        for address in given(report["evidence"]).split(SEPARATOR)
        if address.strip()
    ]


def evidence_html(chosen: Chosen, code: str) -> str:
    """Return the evidence as a list of links."""
    entries = (
        markup.wrapped("li", [
            markup.element("strong", f"{entry['country']} · {entry['semester']}"),
            links.outward(entry["address"]),
        ])
        for entry in evidence(chosen, code)
    )  # fmt: skip
    return markup.wrapped("ul", entries, css="crm-list")


def corrections(chosen: Chosen, code: str) -> pd.DataFrame:
    """Return every report of the slots that were reported on more than once, oldest first."""
    words, named = chosen.words, report_rows.reporters(chosen)
    history = chosen.view.history_of(code)
    key = ["country", "semester"]
    repeated = history.loc[history.duplicated(key, keep=False)]
    order = {country: place for place, country in enumerate(named)}
    repeated = repeated.assign(place=repeated["country"].map(order))
    ordered = repeated.sort_values(["place", "semester", "reported_on", "report_id"])
    return pd.DataFrame([
        {
            words("Country"): named[report["country"]].text,
            words("Semester"): words.period(report["semester"]),
            words("Reported on"): words.date(report["reported_on"], "medium"),
            words("State"): report_rows.state(words, report["state"]),
            words("Progress"): report_rows.percent(words, report),
            words("What the report says"): described(words, report),
            words("Standing"): _standing(words, report, ordered),
        }
        for report in ordered.to_dict("records")
    ])  # fmt: skip


def _standing(words: Words, report: dict[Any, Any], reports: pd.DataFrame) -> str:
    """Say whether a report is in force, or on which day it was corrected."""
    same = reports["country"].eq(report["country"]) & reports["semester"].eq(report["semester"])
    later = reports.loc[same & reports["earlier"].gt(report["earlier"])]
    if later.empty:
        return words("In force")
    day = later.sort_values("earlier")["reported_on"].iloc[0]
    return words("Corrected on {day}", day=words.date(day, "medium"))
