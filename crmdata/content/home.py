"""What Inicio says: how the plan stands, or what is one country's or one partner's own."""

import pandas as pd

from crmdata import measures
from crmdata.content import agreements, due, findings, names, totals
from crmdata.content.cooperation import dossier, gaps
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.destinations import Way
from crmdata.content.parts import (
    Choice,
    Entries,
    Finding,
    ListEntry,
    Section,
)
from crmdata.content.profile import Profile
from crmdata.i18n import Words
from crmdata.view import View


def of_region(view: View, words: Words) -> list[Section]:
    """Return what the region is told, and whom to choose."""
    cells = view.frame("cells")
    return [
        _state_of_plan(view, words),
        due.next_due(view, words, cells),
        _pending(view, words, cells),
        *agreements.section(view, words, agreements.still_open(view)),
        _whose(view, words),
    ]


def _state_of_plan(view: View, words: Words) -> Section:
    lines = view.measured(view.frame("cells"), "line")
    done = measures.fulfilment(
        list(view.frame("activities")["activity"]), view.frame("states"), view.members
    )
    return Section(
        "ejes",
        words("How the plan stands"),
        Finding(
            tuple(
                filter(
                    None,
                    [
                        findings.fulfilled(words, done),
                        findings.arrival(words, view.everything),
                        findings.least_reported(
                            words,
                            lines,
                            names.of_lines(view.frame("lines"), words),
                            view.thresholds,
                        ),
                    ],
                )
            )
        ),
        [
            totals.by_axis(view, words, view.frame("cells"), view.frame("activities")),
            totals.numbers(words, view.everything),
        ],
        main=True,
    )


def _pending(view: View, words: Words, cells: pd.DataFrame) -> Section:
    """Return what each country has pending, in the order of their names."""
    title = words("Pending, by country")
    if not cells["due"].any():
        return Section("pendientes", title, Finding((findings.none_expected(words),)), [])
    missing = measures.silent(cells)
    counts = missing["country"].value_counts().to_dict()
    oldest = missing.groupby("country")["semester"].min().to_dict()
    called = names.of_countries(view.frame("countries"), words)
    entries = []
    for code, name in called.items():
        count = counts.get(code, 0)
        note = words("nothing is pending")
        if count:
            note = findings.pending_count(words, count, oldest[code], view.cutoff)
        entries.append(ListEntry(name, note, _home(pais=str(code))))
    return Section("pendientes", title, None, [Entries("", entries, len(entries))])


def _whose(view: View, words: Words) -> Section:
    countries = names.of_countries(view.frame("countries"), words)
    partners = names.of_partners(view.frame("partners"), words)
    return Section(
        "mio",
        words("Your country or organization"),
        None,
        [
            Choice(
                words("Countries"),
                [(name.text, _home(pais=str(code))) for code, name in countries.items()],
            ),
            Choice(
                words("Partners"),
                [(name.short, _home(socio=str(code))) for code, name in partners.items()],
            ),
        ],
    )


def _home(**changes: str) -> Way:
    return Way("inicio", {"pais": "", "socio": "", **changes})


def of_country(view: View, words: Words, country: str, *, may_report: bool) -> list[Section]:
    """Return what is a country's own: how it stands, and what it has to do."""
    profile = Profile(view, words, country, may_report=may_report)
    return [profile.overview(), profile.to_do()]


def of_partner(
    view: View, words: Words, partner: str, *, may_offer: bool, whole: bool = False
) -> list[Section]:
    """Return what is a partner's own: whom it supports, what names it, where nobody is.

    Who `may_offer` is led from a request to where that is said. Where nobody is stands by name
    what is asked for or of which the plan names a partner; all of it if `whole`.
    """
    name = names.of_partners(view.frame("partners"), words)[partner]
    every = ChosenCooperation(view.frame("cooperation"), view.frame("activities"))
    agreed = agreements.of_partner(agreements.still_open(view), partner)
    parts = [
        dossier.supporting(view, words, partner, every),
        *([agreements.to_do(view, words, agreed)] if len(agreed) else []),
        dossier.naming(view, words, partner, every, view.frame("reports")),
        dossier.requests(view, words, every, may_offer=may_offer),
    ]
    finding = dossier.finding(view, words, partner, every, view.frame("reports"))
    own = Section("apoyo", name.text, finding, parts, main=True)
    return [own, nobody(view, words, may_offer=may_offer, whole=whole)]


def nobody(view: View, words: Words, *, may_offer: bool = False, whole: bool = True) -> Section:
    """Return the activities by which no partner stands, line by line, as `gaps.groups`."""
    every = ChosenCooperation(view.frame("cooperation"), view.frame("activities"))
    found = gaps.groups(view, words, every, whole=whole, may_offer=may_offer)
    finding = Finding((findings.alone(words, list(every.activities["activity"]), every.rows),))
    return Section(gaps.SECTION, words("Where nobody is"), finding, [found])
