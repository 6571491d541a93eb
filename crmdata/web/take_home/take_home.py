"""What Descargas offers: files made of the data at the cut-off, each when it is asked for.

Pages of a country or a partner offer its sheet too. What writes a file is imported with the first
one: few readers take any, and all would wait for it.
"""
# ruff: noqa: PLC0415 - see above

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import streamlit as st

from crmdata import view
from crmdata.content import names
from crmdata.content.papers import (
    Paper,
    country_sheets,
    line_sheet,
    partner_sheet,
    progress_report,
)
from crmdata.content.papers.country import PAGES
from crmdata.files import XLSX_TYPE
from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.steps import Step
from crmdata.view import View
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components, draw, long_work
from crmdata.web.kit.long_work import LongFile
from crmdata.web.shell import cutoff_words

MIMES = {
    "ics": "text/calendar",
    "zip": "application/zip",
    "xlsx": XLSX_TYPE,
    "pdf": "application/pdf",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Offer:
    """A file: what it is called, what it holds, and what makes it. A `long` one takes seconds."""

    key: str
    title: str
    holds: str
    endings: tuple[str, ...]
    make: Callable[[View, str, Step], bytes]
    subject: str = ""
    long: bool = False


def offers(chosen: Chosen) -> Iterator[Offer]:
    """Yield what can be taken home: of what was chosen, then what most people look for."""
    words, choices = chosen.words, chosen.choices
    if choices.pais:
        yield _country(chosen, choices.pais)
    if choices.linea:
        yield _line(chosen, choices.linea)
    if choices.socio:
        yield _partner(chosen, choices.socio)
    yield Offer(
        "informe",
        words("Progress report of the whole plan"),
        words(
            "What it finds first, then where the plan stands, countries, changes since the last "
            "meeting, calendar and numbers of every axis and line, cooperation and method. It "
            "takes some seconds."
        ),
        ("pdf", "docx", "json"),
        lambda view, ending, step: written([progress_report(view, words)], ending, step),
        long=True,
    )
    yield Offer(
        "libro",
        ": ".join(
            filter(None, [words("Workbook (Excel)"), "; ".join(cutoff_words.choices(chosen))])
        ),
        words(
            "A sheet each for lines, results, activities, countries and semesters with n and N, "
            "native charts, the calendar, the reports and cooperation in force, the method. Of "
            "the axis, the line, the country and the partner chosen above."
        ),
        ("xlsx",),
        lambda view, _, __: _workbook(view, words, choices),
        subject="-".join(
            filter(None, (_axis(choices), choices.linea, choices.pais, choices.socio))
        ),
        long=True,
    )
    yield _dates(chosen)
    yield Offer(
        "datos",
        words("Data package of the cut-off"),
        words(
            "All public data as CSV with a Frictionless descriptor, every field explained in "
            "Spanish and English, the method, check sums and how to cite. The same cut-off gives "
            "the same bytes."
        ),
        ("zip",),
        lambda view, _, step: _package(view, step),
        long=True,
    )


def _axis(choices: Choices) -> str:
    """Return the axis in the name of a file; a line says it already."""
    return "" if choices.eje is None or choices.linea else f"eje-{choices.eje}"


def _country(chosen: Chosen, country: str) -> Offer:
    words = chosen.words
    return Offer(
        "ficha",
        words("Country sheet: {country}", country=country_name(chosen)),
        words(
            "What the country was to do, what it reported and what is missing, what falls due "
            "next, what changed, its cooperation: a delegate's briefing, on one sheet of paper."
        ),
        ("pdf", "docx", "json"),
        lambda view, ending, step: written(
            country_sheets(view, words, country), ending, step, PAGES
        ),
        subject=country,
    )


def _line(chosen: Chosen, line: str) -> Offer:
    words = chosen.words
    return Offer(
        "linea",
        words("Line sheet: {line}", line=line),
        words(
            "What was reported of the line, result by result, activity by activity and country "
            "by country, who is silent, narratives and cooperation."
        ),
        ("pdf", "docx", "json"),
        lambda view, ending, step: written([line_sheet(view, words, line)], ending, step),
        subject=line,
    )


def _partner(chosen: Chosen, partner: str) -> Offer:
    words = chosen.words
    name = names.of_partners(chosen.frame("partners"), words)[partner]
    return Offer(
        "cooperante",
        words("Partner sheet: {partner}", partner=name.short),
        words(
            "What the partner supports, where the plan and reports name it, what is asked of any "
            "partner, and the activities without any."
        ),
        ("pdf", "docx", "json"),
        lambda taken, ending, step: written([partner_sheet(taken, words, partner)], ending, step),
        subject=partner,
    )


def _dates(chosen: Chosen) -> Offer:
    words, country = chosen.words, chosen.choices.pais
    return Offer(
        "fechas",
        words("Dates for a calendar (iCalendar): {who}", who=country_name(chosen)),
        words(
            "The last day of every semester with what falls due then, with reminders 30 and 7 "
            "days before, and the meetings. A newer file changes the events that a calendar has."
        ),
        ("ics",),
        lambda view, _, __: _calendar(view, words, country),
        subject=country or "",
    )


def written(papers: Iterable[Paper], ending: str, step: Step, pages: int | None = None) -> bytes:
    """Return a document: as PDF the first that has no more than so many pages."""
    from crmdata.render.docx import docx
    from crmdata.render.json import json
    from crmdata.render.typst.setting import pdf

    whole = {"docx": docx, "json": json}.get(ending)
    return pdf(papers, pages, step) if whole is None else whole(next(iter(papers)))


def _workbook(view: View, words: Words, choices: Choices) -> bytes:
    from crmdata.exports.workbook import Selection, workbook

    chosen = Selection(choices.linea or "", choices.pais or "", choices.eje)
    return workbook(view, words, chosen.of_partner(view, choices.socio or ""))


def _package(view: View, step: Step) -> bytes:
    from crmdata.exports import package

    return package.package(view, step)


def _calendar(view: View, words: Words, country: str | None) -> bytes:
    from crmdata.exports import ics

    return ics.calendar(view, words, country)


def country_name(chosen: Chosen) -> str:
    """Return the name of the chosen country; the region's without one."""
    words, code = chosen.words, chosen.choices.pais
    if code is None:
        return words.pick(*chosen.view.region.name)
    return names.of_countries(chosen.frame("countries"), words)[code].full


def show(chosen: Chosen, offer: Offer) -> None:
    """Draw an offer with a button for each of its forms."""
    with st.container(key=f"offer-{offer.key}"):
        draw.html(markup.element("h2", offer.title) + markup.element("p", offer.holds))
        with st.container(key=f"forms-{offer.key}", horizontal=True):
            for ending in offer.endings:
                if offer.long:
                    _show_long(chosen, offer, ending)
                else:
                    _show_button(chosen, offer, ending, _maker(chosen, offer, ending))


def show_accepted_only(chosen: Chosen) -> None:
    """Say on a page of submitted reports that documents are made without them."""
    if chosen.provisional:
        components.paragraph(
            chosen.words(
                "The documents to take home, in every form, hold accepted reports only: without "
                "those that this page shows provisionally."
            ),
            "crm-note",
        )


def show_sheet(chosen: Chosen) -> None:
    """Draw the buttons of what a page shows of a country or a partner: the same, on paper."""
    if _sheets(chosen):
        show_accepted_only(chosen)
    for offer in _sheets(chosen):
        with st.container(key=f"forms-{offer.key}", horizontal=True):
            for ending in offer.endings:
                _show_button(chosen, offer, ending, _maker(chosen, offer, ending))


def sheet_button(chosen: Chosen) -> str:
    """Return the key of the button that brings that page as a PDF; empty where there is none."""
    return next((f"take-{offer.key}-pdf" for offer in _sheets(chosen)), "")


def _sheets(chosen: Chosen) -> list[Offer]:
    """Return the offer of the chosen country, else of the chosen partner."""
    choices = chosen.choices
    if choices.pais:
        return [_country(chosen, choices.pais)]
    return [_partner(chosen, choices.socio)] if choices.socio else []


def _maker(chosen: Chosen, offer: Offer, ending: str) -> Callable[..., bytes]:
    """Return what makes a file; it runs where no page is."""
    open_session, cutoff, snapshot = cache.open_session, chosen.cutoff, chosen.view.snapshot

    def content(step: Step = lambda _, __: None) -> bytes:
        with open_session(snapshot) as session:
            data = view.read(session, cutoff)
        return offer.make(data, ending, step)

    return content


def _show_button(chosen: Chosen, offer: Offer, ending: str, data: Callable[[], bytes]) -> None:
    subject = "-".join(filter(None, (offer.key, offer.subject)))
    st.download_button(
        chosen.words("Download ({ending})", ending=ending.upper()),
        data=data,
        file_name=f"{chosen.file_name(subject, accepted_only=True)}.{ending}",
        mime=MIMES[ending],
        key=f"take-{offer.key}-{ending}",
        on_click="ignore",
    )


def _show_long(chosen: Chosen, offer: Offer, ending: str) -> None:
    words, subject = chosen.words, "-".join(filter(None, (offer.key, offer.subject)))
    long_work.show(words, LongFile(
        key=(chosen.key, offer.key, ending, offer.subject),
        widget=f"{offer.key}-{ending}",
        begin=words("Make it ({ending})", ending=ending.upper()),
        take=words("Download ({ending})", ending=ending.upper()),
        file_name=f"{chosen.file_name(subject, accepted_only=True)}.{ending}",
        mime=MIMES[ending],
        make=_maker(chosen, offer, ending),
        memo=chosen.memo,
    ))  # fmt: skip
