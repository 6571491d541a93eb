"""What no file brings: a report filled in by hand, "no changes" for many at once, an offer.

All become the rows of a file, so that they are checked by the same rules and words.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO

import pandas as pd
from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, Held, ImportRefused, Problem
from crmdata.fields import REPORT
from crmdata.files import COLUMNS, DATA_KIND, Subject, cell_of
from crmdata.i18n import words_for
from crmdata.intake.reports import Stored
from crmdata.intake.reports.batches import store
from crmdata.intake.reports.held_texts import EVERYTHING
from crmdata.intake.reports.reading import Source, read_bytes
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.terms import CooperationState

UNCHANGED = N_("No changes since the last report.")
"""What such a report says, in the language of who sends it."""

_NEW = frozenset({"narrative", "reported_on"})
_REPEATED = tuple(field.code for field in REPORT if not field.key and field.code not in _NEW)

Slot = tuple[str, str, str]
"""Country, activity, period."""


def edit_report(
    engine: Engine,
    actor: Actor,
    report: Mapping[str, str],
    *,
    note: str = "",
    today: date | None = None,
    confirmed: bool = False,
) -> Stored:
    """Submit one report, its columns filled in as in a file; `reported_on` is today if empty.

    Raise ImportRefused with every error, AccessDenied for who may not, Held for what
    looks like one person's data, unless it is `confirmed` to be none.
    """
    require(actor, Action.EDIT_REPORT, country=report.get("country", ""))
    dated = {"reported_on": (today or clock.today()).isoformat()}
    row = {**report, **{name: day for name, day in dated.items() if not report.get(name)}}
    with db.reading(engine) as session:
        source = _source(session, Subject.REPORTS, "formulario", [row])
    return _store(engine, actor, source, note, today, Action.EDIT_REPORT, confirmed=confirmed)


def offer(
    engine: Engine,
    actor: Actor,
    line: Mapping[str, str],
    *,
    today: date | None = None,
    confirmed: bool = False,
) -> Stored:
    """Submit that a partner offers its support, the columns filled in as in a file of cooperation.

    State and day are set here. Raise as `edit_report`.
    """
    require(actor, Action.OFFER, partner=line.get("partner", ""))
    day = (today or clock.today()).isoformat()
    row = {**line, "state": CooperationState.OFRECIDA.value, "reported_on": day}
    with db.reading(engine) as session:
        source = _source(session, Subject.COOPERATION, "ofrecimiento", [row])
    return _store(engine, actor, source, "", today, Action.OFFER, confirmed=confirmed)


def observe(
    engine: Engine,
    actor: Actor,
    said: Mapping[str, str],
    *,
    today: date | None = None,
    confirmed: bool = False,
) -> Stored:
    """Submit what a country says beside its figures, the columns filled in as in a file of them.

    The day is set here. Raise as `edit_report`.
    """
    require(actor, Action.OBSERVE, country=said.get("country", ""))
    row = {**said, "reported_on": (today or clock.today()).isoformat()}
    with db.reading(engine) as session:
        source = _source(session, Subject.OBSERVATIONS, "observacion", [row])
    return _store(engine, actor, source, "", today, Action.OBSERVE, confirmed=confirmed)


def sin_cambios(
    engine: Engine,
    actor: Actor,
    slots: Sequence[Slot],
    *,
    language: str = "es",
    today: date | None = None,
) -> Stored:
    """Submit that nothing changed since the country's last report on each activity.

    State, percent, reason, evidence and partners are those of that report, of an earlier
    period. Raise ImportRefused where there is none, or the slot was reported on already,
    with every such slot; AccessDenied for who may not.
    """
    for country in sorted({slot[0] for slot in slots}):
        require(actor, Action.SIN_CAMBIOS, country=country)
    day = today or clock.today()
    with db.reading(engine) as session:
        in_force = queries.reports_in_force(session, day)
        narrative = words_for(language)(UNCHANGED)
        rows, problems = [], []
        for slot in dict.fromkeys(slots):
            last_report = _last_before(in_force, slot)
            if isinstance(last_report, Problem):
                problems.append(last_report)
            else:
                rows.append(last_report | {"narrative": narrative, "reported_on": day.isoformat()})
        if problems or not rows:
            raise ImportRefused(problems or [Problem("no_rows", N_("Nothing was chosen."))])
        source = _source(session, Subject.REPORTS, "sin cambios", rows)
    # The reasons and links are those of reports that are stored: they were answered for then.
    return _store(engine, actor, source, "", today, Action.SIN_CAMBIOS, confirmed=True)


def _last_before(in_force: pd.DataFrame, slot: Slot) -> dict[str, str] | Problem:
    """Return the row that repeats a country's last report on an activity before a period."""
    country, activity, period = slot
    mine = in_force.loc[in_force["country"].eq(country) & in_force["activity"].eq(activity)]
    values = {"activity": activity, "semester": period}
    if mine["semester"].eq(period).any():
        return Problem(
            "reported_already",
            N_("{activity} was reported on in {semester} already."),
            N_("Correct that report instead."),
            values=values,
        )
    earlier = mine.loc[mine["semester"] < period].sort_values("semester")
    if earlier.empty:
        return Problem(
            "nothing_before",
            N_("There is no report on {activity} before {semester} that could stand unchanged."),
            N_("Fill in a report."),
            values=values,
        )
    last = earlier.iloc[-1]
    repeated = {name: cell_of(last[name]) for name in _REPEATED}
    return {**values, "country": country, **repeated}


def _source(
    session: Known, subject: Subject, name: str, rows: Iterable[Mapping[str, str]]
) -> Source:
    """Return rows as a file of the store's own kind of data."""
    text = StringIO()
    sheet = csv.DictWriter(text, [*COLUMNS[subject], DATA_KIND], lineterminator="\n",
                           extrasaction="ignore")  # fmt: skip
    sheet.writeheader()
    kind = queries.data_kind(session)
    # The sign says that a number below one is no fraction.
    signed = [{**row, "percent": f"{row['percent']} %" if row.get("percent") else ""}
              for row in rows]  # fmt: skip
    sheet.writerows([{**row, DATA_KIND: kind.value} for row in signed])
    data = text.getvalue().encode()
    # A form sent twice is the same file twice, unless the first one no longer stands.
    refused = queries.last_refusal(session)
    sha256 = hashlib.sha256(data + str(refused).encode()).hexdigest()
    return replace(read_bytes(f"{name}.csv", data), sha256=sha256)


def _store(
    engine: Engine,
    actor: Actor,
    source: Source,
    note: str,
    today: date | None,
    means: Action,
    *,
    confirmed: bool,
) -> Stored:
    if not source.rows:
        # A row of nothing but a country is no row, and what holds none is no batch to wait.
        raise ImportRefused(
            [Problem("no_rows", N_("Nothing is filled in yet."), N_("Fill in the form first."))]
        )
    try:
        (stored,) = store(
            engine, [source], by=actor, note=note, today=today, means=means,
            confirmed=EVERYTHING if confirmed else (),
        )  # fmt: skip
    except (ImportRefused, Held) as error:
        # The file is our own making: who filled in a form knows of no file and no row.
        placeless = [replace(problem, file="", row=None) for problem in error.problems]
        raise type(error)(placeless) from error
    return stored
