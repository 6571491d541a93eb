"""What Inicio says: how the plan stands, or what is one country's or one partner's own."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import composition, due, findings, names, wording
from crmdata.content.cooperation.support import SUPPORTING, requested
from crmdata.content.names import Name, Names
from crmdata.content.parts import (
    Choice,
    Entries,
    Finding,
    ListEntry,
    Section,
    Square,
    StateBars,
    Strip,
    Strips,
    Way,
)
from crmdata.content.records import records
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE
from crmdata.measures import age
from crmdata.terms import SIN_REPORTE, CooperationState, Period, Reporting
from crmdata.view import View


def of_region(view: View, words: Words) -> list[Section]:
    """Return what the region is told, and whom to choose."""
    cells = view.frame("cells")
    return [
        _state_of_plan(view, words),
        due.next_due(view, words, cells),
        _pending(view, words, cells),
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
                        findings.arrived(words, view.everything),
                        findings.least_reported(
                            words, lines, names.of_lines(view.frame("lines"), words)
                        ),
                    ],
                )
            )
        ),
        [_axes(view, words), composition.numbers(words, view.everything)],
        main=True,
    )


def _axes(view: View, words: Words) -> StateBars:
    return composition.bars(
        view.measured(view.frame("cells"), "axis"), names.of_axes(view.frame("axes"), words),
        by="axis", title=words("What was reported, by axis"), words=words,
        ways=lambda axis: Way("lineas", {"eje": str(axis), "linea": ""}),
    )  # fmt: skip


def _pending(view: View, words: Words, cells: pd.DataFrame) -> Section:
    """Return what each country has pending, in the order of their names."""
    missing = measures.silent(cells)
    counts = missing["country"].value_counts().to_dict()
    oldest = missing.groupby("country")["semester"].min().to_dict()
    called = names.of_countries(view.frame("countries"), words)
    entries = []
    for code, name in called.items():
        count = counts.get(code, 0)
        note = words("nothing is pending")
        if count:
            ended = Period.parse(oldest[code]).ends
            note = words.plural(
                "{n} report pending, the oldest of {period}: {since}",
                "{n} reports pending, the oldest of {period}: {since}",
                count, period=words.period(oldest[code]),
                since=findings.since(words, ended, age(ended, view.cutoff)),
            )  # fmt: skip
        entries.append(ListEntry(name, note, _home(pais=str(code))))
    title = words("Pending, by country")
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
    name = names.of_countries(view.frame("countries"), words)[country]
    cells = view.frame("cells")
    own = cells.loc[cells["country"] == country]
    activities = list(view.frame("activities")["activity"])
    finding = Finding(
        (
            findings.stand(words, view.frame("states"), activities, country, name.text),
            findings.arrived(words, view.whole(own), name.text),
            findings.longest_pending(words, own, view.cutoff),
        )
    )
    picture = _lines_by_period(view, words, own, country)
    return [
        Section("lineas", name.text, finding, [picture], main=True),
        _to_do(view, words, own, country, may_report=may_report),
    ]


def _lines_by_period(view: View, words: Words, own: pd.DataFrame, country: str) -> Strips:
    """Return a row a line: what the country said in each period."""
    called = names.of_lines(view.frame("lines"), words)
    periods = sorted(own["semester"].unique())
    late = {code for code in periods if view.cutoff > measures.deadline(code, view.grace_days)}
    totals = {row.line: row for row in records(view.measured(own, "line"))}
    squares = dict(iter(own.groupby(["line", "semester"], sort=False)))
    rows = [
        Strip(
            name,
            [
                _square(words, name, squares.get((line, period)), period, country,
                        late=period in late)
                for period in periods
            ],
            wording.n_of(words, totals[line]) if line in totals else NOT_APPLICABLE,
            Way("calendario", {"linea": str(line), "eje": "", "pais": country, "color": ""}),
        )
        for line, name in called.items()
        if line in totals
    ]  # fmt: skip
    return Strips(
        words("What {country} reported, by line and semester",
              country=names.of_countries(view.frame("countries"), words)[country].text),
        [*names.of_periods(periods, words).values()],
        rows,
        words("Reported"),
    )  # fmt: skip


def _square(
    words: Words, line: Name, cells: pd.DataFrame | None, period: str, country: str, *, late: bool
) -> Square | None:
    if cells is None:
        return None
    said = cells["state"].where(cells["state"].notna(), cells["reporting"])
    counts = {str(state): int(n) for state, n in said.value_counts().items()}
    silent = counts.get(SIN_REPORTE, 0)
    text = words(
        "{line}, {period}: {n} of {N} activities reported", line=line.short,
        period=words.period(period), n=words.number(len(cells) - silent - _open(counts)),
        N=words.number(len(cells)),
    )  # fmt: skip
    changes = {"linea": line.short, "eje": "", "pais": country, "color": ""}
    return Square(counts, text, Way("calendario", changes), late)


def _open(counts: dict[str, int]) -> int:
    return counts.get(Reporting.EN_PLAZO, 0) + counts.get(Reporting.AUN_NO_VENCE, 0)


def _to_do(
    view: View, words: Words, own: pd.DataFrame, country: str, *, may_report: bool
) -> Section:
    """Return what is pending, the oldest first, then what falls due next."""
    ahead = measures.next_due(own, view.cutoff)
    open_now = ahead.loc[ahead["reporting"] != Reporting.REPORTADO]
    pending = own.loc[own["reporting"].eq(SIN_REPORTE)].sort_values("semester", kind="stable")
    entries = [*due.owed(view, words, pending, country, may_report=may_report)]
    soon = [*due.owed(view, words, open_now, country, may_report=may_report)]
    until = ahead["ends"].iloc[0] if len(ahead) else None
    title = words("To do by {day}", day=words.date(until)) if until is not None else words("To do")
    return Section(
        "pendiente",
        title,
        None,
        [
            Entries(
                words("Pending: {n}", n=words.number(len(entries))), entries, due.FIRST,
                words("All {n}", n=words.number(len(entries))),
                words("Nothing is pending."),
            ),
            Entries(
                words("Falls due next: {n}", n=words.number(len(soon))), soon, due.FIRST,
                words("All {n}", n=words.number(len(soon))),
                words("Nothing of yours falls due next."),
            ),
        ],
    )  # fmt: skip


def of_partner(view: View, words: Words, partner: str) -> list[Section]:
    """Return what is a partner's own: whom it supports, where the plan names it, what is open."""
    name = names.of_partners(view.frame("partners"), words)[partner]
    called = names.of_activities(view.frame("activities"), words)
    lines = view.frame("cooperation")
    lines = lines.loc[lines["activity"].isin([*called])]
    own = lines.loc[lines["partner"].eq(partner) & lines["state"].isin(SUPPORTING)]
    mentions = view.frame("mentions")
    named = list(dict.fromkeys(mentions.loc[mentions["partner"] == partner, "activity"]))
    supported = set(own["activity"])
    bare = [code for code in named if code not in supported]
    unanswered = [code for code in called if code in requested(lines)]
    finding = Finding((
        words("{who} supports {n} of {N} activities.", who=name.short,
              n=words.number(len(supported)), N=words.number(len(called))),
        words.plural(
            "The plan names it in {n} activity, and it supports {supported} of these.",
            "The plan names it in {n} activities, and it supports {supported} of these.",
            len(named), supported=words.number(len(named) - len(bare)),
        ),
        words.plural("For {n} activity a country asks for support of any partner.",
                     "For {n} activities countries ask for support of any partner.",
                     len(unanswered)),
    ))  # fmt: skip
    return [
        Section(
            "apoyo", name.text, finding,
            [
                _listed(words, words("Activities with support of {who}", who=name.short),
                        {code: "" for code in called if code in supported}, called),
                _listed(words, words("Where the plan names {who}", who=name.short),
                        {code: words("with support") if code in supported else
                         words("no support reported") for code in named}, called),
                _listed(words, words("Requests to any partner"),
                        {code: _asking(view, words, lines, code) for code in unanswered}, called),
            ],
            main=True,
        )
    ]  # fmt: skip


def _asking(view: View, words: Words, lines: pd.DataFrame, activity: str) -> str:
    """Say which countries ask for support of an activity."""
    asked = lines.loc[
        lines["activity"].eq(activity) & lines["state"].eq(CooperationState.SOLICITADA)
    ]
    called = names.of_countries(view.frame("countries"), words)
    codes = {code for row in asked["countries"] for code in row.split(SEPARATOR)}
    who = [name.text for code, name in called.items() if code in codes]
    return words("asked for by {countries}", countries=wording.listed(words, who)) if who else ""


def _listed(words: Words, title: str, notes: Mapping[Any, str], called: Names) -> Entries:
    entries = [ListEntry(called[code], note, due.sheet(str(code))) for code, note in notes.items()]
    return Entries(f"{title}: {words.number(len(entries))}", entries, due.FIRST,
                   words("All {n}", n=words.number(len(entries))), words("None."))  # fmt: skip
