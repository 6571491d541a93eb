"""The activities that a search found: what was reported of each, and where the words stand."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from crmdata.content import frames, names, wording
from crmdata.content.names import activity_text
from crmdata.documents import PassageKind, excerpt
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.measures import Measured
from crmdata.render.html import markup
from crmdata.terms import COUNTED
from crmdata.web.activities import activities
from crmdata.web.activities.activities import Found
from crmdata.web.choices import links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.data.kept import kept
from crmdata.web.kit import activity_rows, components, draw, report_rows

_AT_ONCE = 3
"""Passages of an activity in sight; the others unfold."""

_MOST = 25
"""Passages of an activity at most; its sheet has them all."""


def show(chosen: Chosen, found: Found) -> None:
    """Draw what was found: how much, the list, and the same as a table to take along."""
    words = chosen.words
    draw.html(markup.element("p", _said(chosen), css="crm-summary", role="status"))
    activities.show_way_out(chosen, found)
    draw.html(_list(chosen, chosen.links))
    draw.html(markup.element("p", activity_rows.symbols_sentence(words), css="crm-note"))
    components.kept_table(chosen, "resultados", words("Activities found"), table, folded=True)


@kept
def _said(chosen: Chosen) -> str:
    found = activities.found(chosen)
    words, every = chosen.words, len(chosen.frame("activities"))
    count = words.plural(
        "{n} activity of {every}.", "{n} activities of {every}.", len(found.codes),
        every=words.number(every),
    )  # fmt: skip
    if not chosen.choices.buscar:
        return wording.sentences(count, _whose(chosen))
    told = found.hits["kind"].isin([PassageKind.REPORT, PassageKind.EVIDENCE])
    passages = ""
    if told.any():
        passages = words.plural(
            "The words stand in {n} passage of reports and evidence.",
            "The words stand in {n} passages of reports and evidence.",
            int(told.sum()),
        )
    order = words("Activities whose own text has the words come first.")
    return wording.sentences(count, passages, order, _whose(chosen))


def _whose(chosen: Chosen) -> str:
    """Say whose reports are counted and searched, unless all are."""
    if chosen.choices.pais is None:
        return ""
    country = names.of_countries(chosen.frame("countries"), chosen.words)[chosen.choices.pais]
    return chosen.words("Only reports of {country} are counted and searched.", country=country.text)


def _measured(chosen: Chosen, codes: list[str]) -> dict[str, Measured]:
    named: dict[str | int, names.Name] = {code: names.Name(code, code) for code in codes}
    rows = chosen.measured(activities.cells(chosen), "activity")
    return dict(frames.each(frames.aligned(rows, "activity", named)))


@kept
def _list(chosen: Chosen, _address: Links) -> str:
    """Return the list as HTML; its links carry along what stands in the address."""
    words, found = chosen.words, activities.found(chosen)
    rows = chosen.frame("activities").set_index("activity", drop=False)
    measured = _measured(chosen, found.codes)
    hits = dict(iter(found.hits.groupby("activity")))
    headers = [
        words("Code"), words("Activity"), words("Line"), words("Marks of the plan"),
        words("Reported"), words("States"),
    ]  # fmt: skip
    body = []
    for code in found.codes:
        own = hits.get(code, found.hits.iloc[:0])
        body.append(_row(chosen, rows.loc[code], measured[code], own, headers))
        passages = _passages(chosen, rows.loc[code], own)
        if passages:
            body.append(_beneath(words, passages, len(headers)))
    head = markup.wrapped("tr", (markup.element("th", text, scope="col") for text in headers))
    caption = words("Activities found")
    parts = (
        markup.element("caption", caption),
        markup.wrapped("thead", [head]),
        markup.wrapped("tbody", body),
    )
    return markup.wrapped(
        "div", [markup.wrapped("table", parts)], css="crm-table crm-long crm-found",
        role="region", tabindex="0", **{"aria-label": caption},
    )  # fmt: skip


def _row(
    chosen: Chosen, row: Any, measured: Measured, own: pd.DataFrame, headers: list[str]
) -> str:
    words, code = chosen.words, str(row["activity"])
    text = activity_text(words, row["text"], row["text_en"])
    sheet = links.link(code, chosen.links.href(actividad=code))
    line = links.link(row["line"], chosen.links.href(linea=row["line"]))
    cells = [
        markup.marked(text, _own_spans(words, own)),
        line,
        markup.element("span", marks(chosen, code)),
        markup.element("span", wording.coverage(words, measured)),
        _counts(words, measured),
    ]
    head = markup.wrapped("th", [sheet], scope="row")
    labelled = (
        markup.wrapped("td", [cell], **{"data-label": header})
        for cell, header in zip(cells, headers[1:], strict=True)
    )
    return markup.wrapped("tr", [head, *labelled])


def _own_spans(words: Words, own: pd.DataFrame) -> list[Any]:
    """Return the hits in the activity's text as it is shown."""
    here = own.loc[own["kind"].eq(PassageKind.ACTIVITY) & own["language"].eq(words.language)]
    return list(here["spans"].iloc[0]) if len(here) else []


def marks(chosen: Chosen, code: str) -> str:
    """Return the marks of an activity, years with the same mark together."""
    given = activity_rows.marks(chosen, code).items()
    parts = []
    for mark, group in groupby(given, key=lambda pair: pair[1]):
        years = [year for year, _ in group]
        if mark:
            span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
            parts.append(f"{span}: {mark}")
    return "; ".join(parts) or chosen.words("none")


def _counts(words: Words, measured: Measured) -> str:
    """Return the counts of states: the symbol for the eye, the word for the ear."""
    if not measured.expected:
        return ""
    found = []
    for state in COUNTED:
        count, name = getattr(measured, str(state)), label(words, state)
        symbol = markup.element("span", f"{SYMBOLS[state]} ", **{"aria-hidden": "true"})
        unseen = markup.element("span", f"{name}: ", css="crm-unseen")
        number = markup.element("span", words.number(count))
        css = "crm-count" if count else "crm-count crm-none"
        found.append(markup.wrapped("span", [symbol, unseen, number], css=css, title=name))
    return markup.wrapped("span", found, css="crm-states")


def _beneath(words: Words, passages: list[str], columns: int) -> str:
    """Return a row with passages, the first in sight, the others folded."""
    first, rest = passages[:_AT_ONCE], passages[_AT_ONCE:_MOST]
    inner = [markup.wrapped("ul", first)]
    if rest:
        title = words.plural("{n} more passage", "{n} more passages", len(passages) - _AT_ONCE)
        kept = [*rest]
        if len(passages) > _MOST:
            kept.append(markup.element("li", words("The rest stands on the activity's sheet.")))
        inner.append(markup.folded(title, markup.wrapped("ul", kept)))
    cell = markup.wrapped("td", inner, colspan=str(columns - 1))
    return markup.wrapped("tr", [markup.element("td", ""), cell], css="crm-passages")


def _passages(chosen: Chosen, row: Any, own: pd.DataFrame) -> list[str]:
    """Return where else the words stand: in other texts of the plan, in reports, in evidence."""
    words = chosen.words
    kinds = set(own.loc[own["language"].eq(words.language), "kind"])
    found = []
    for hit in _newest_first(chosen, own).to_dict("records"):
        if hit["language"] is None:
            found.append(_reported(chosen, hit))
        elif hit["language"] == words.language:
            if hit["kind"] != PassageKind.ACTIVITY:
                found.append(_planned(words, row, hit))
        elif hit["kind"] not in kinds and hit["spans"]:
            found.append(_planned(words, row, hit))
    return found


def _newest_first(chosen: Chosen, own: pd.DataFrame) -> pd.DataFrame:
    """Order hits: the plan's own, then reports by country, then evidence; newest first."""
    order = {code: place for place, code in enumerate(report_rows.reporters(chosen))}
    ranked = own.assign(
        last=own["kind"].eq(PassageKind.EVIDENCE), place=own["country"].map(order).fillna(-1)
    )
    return ranked.sort_values(
        ["last", "place", "semester"], ascending=[True, True, False], kind="stable"
    )


def _planned(words: Words, row: Any, hit: dict[Any, Any]) -> str:
    """Return a passage of the plan, with where it stands."""
    if hit["kind"] == PassageKind.RESPONSIBLE:
        place = words("Responsible")
    elif hit["kind"] == PassageKind.RESULT:
        place = words("Result {code}", code=row["result"])
    else:
        place = words("Activity")
    if hit["language"] != words.language:
        inside = words("in Spanish") if hit["language"] == "es" else words("in English")
        place = f"{place}, {inside}"
    return _passage(place, hit)


def _reported(chosen: Chosen, hit: dict[Any, Any]) -> str:
    """Return a passage of a report, with country, period and date."""
    words = chosen.words
    country = report_rows.reporters(chosen)[hit["country"]].text
    about = country, words.period(hit["semester"]), words.date(hit["reported_on"], "medium")
    kind = [words("Evidence")] if hit["kind"] == PassageKind.EVIDENCE else []
    return _passage(" · ".join((*about, *kind)), hit)


def _passage(place: str, hit: dict[Any, Any]) -> str:
    text, spans = excerpt(hit["text"], hit["spans"])
    lang = {"lang": hit["language"]} if hit["language"] else {}
    said = markup.wrapped("span", [markup.marked(text, spans)], **lang)
    return markup.wrapped("li", [markup.element("strong", place), said])


@kept
def table(chosen: Chosen) -> pd.DataFrame:
    """Return what was found as rows: a column a year and a count, numbers as numbers."""
    found = activities.found(chosen)
    rows = chosen.frame("activities").set_index("activity", drop=False)
    measured = _measured(chosen, found.codes)
    passages = found.hits.groupby("activity").size()
    return pd.DataFrame(
        [dict(_told(chosen, rows.loc[code], measured[code], passages)) for code in found.codes]
    )


def _told(
    chosen: Chosen, row: Any, measured: Measured, passages: pd.Series
) -> Iterator[tuple[str, object]]:
    words, code = chosen.words, row["activity"]
    yield words("Code"), code
    yield words("Activity"), activity_text(words, row["text"], row["text_en"])
    yield words("Axis"), int(row["axis"])
    yield words("Line"), row["line"]
    yield words("Result"), row["result"]
    yield words("Reading"), label(words, row["reading"])
    yield from ((str(year), mark) for year, mark in activity_rows.marks(chosen, code).items())
    yield from frames.count_columns(measured, words).items()
    yield words("Coverage"), wording.share(words, measured)
    yield words("Reported progress"), wording.progress(words, measured)
    if chosen.choices.buscar:
        yield words("Passages found"), int(passages.get(code, 0))
