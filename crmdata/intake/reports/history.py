"""What the store holds already of the things that files speak of, and what the files change."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Table, select

from crmdata.errors import N_, Problem
from crmdata.files import Subject
from crmdata.intake.reports.entries import SHELVES, Entry, entry
from crmdata.store.db import Known
from crmdata.store.queries.standing import accepted, standing_so


class Effect(StrEnum):
    """What storing an entry does."""

    NEW = "new"
    CORRECTION = "correction"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Earlier:
    """An entry that stands in the store; the row number of `entry` is its id there."""

    entry: Entry
    batch_id: int


@dataclass(frozen=True)
class Change:
    """An entry of a file against what was said before it; `before` is None where nothing was."""

    entry: Entry
    effect: Effect
    before: Entry | None
    warnings: tuple[Problem, ...] = ()


History = Mapping[tuple[str, ...], Sequence[Earlier]]
"""What the store holds by identity, in order of moment and id."""


def history(session: Known, subject: Subject, entries: Sequence[Entry]) -> History:
    """Read from the store what concerns the activities or meetings of the entries.

    Only what counts stands before an entry: not what waits, was sent back or withdrawn. So
    what is submitted again is stored again.
    """
    shelf = SHELVES[subject]
    table: Table = shelf.model.__table__
    about = table.c.meeting if "meeting" in table.c else table.c.activity
    counts = standing_so(session, table, accepted)
    wanted = about.in_({found.values[about.name] for found in entries}) & counts
    codes: dict[int, list[str]] = defaultdict(list)
    if shelf.link is not None:
        link: Table = shelf.link.__table__
        pairs = (
            select(link.c[shelf.owner], link.c[shelf.code])
            .join(table, table.c.id == link.c[shelf.owner])
            .where(wanted)
            .order_by(link.c[shelf.owner], link.c.position)
        )
        for owner, code in session.execute(pairs):
            codes[owner].append(code)
    query = select(table.c.id, table.c.batch_id, *(table.c[name] for name in shelf.columns))
    found: dict[tuple[str, ...], list[Earlier]] = defaultdict(list)
    for key, batch_id, *cells in session.execute(query.where(wanted).order_by(table.c.id)):
        values = dict(zip(shelf.columns, cells, strict=True))
        stored = entry(subject, key, values, tuple(codes.get(key, ())))
        found[stored.identity].append(Earlier(stored, batch_id))
    for earlier in found.values():
        earlier.sort(key=lambda one: one.entry.moment or date.min)
    return found


def changes(entries: Sequence[Entry], stored: History) -> Iterator[Change]:
    """Yield what each entry does, in the order of the entries.

    What stands before an entry is the last one of its identity up to its own moment, in the
    store or among the entries themselves.
    """
    told: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for one in sorted(entries, key=_moment):
        told[one.identity].append(one)
    for one in entries:
        mine, moment = stored.get(one.identity, ()), _moment(one)
        place = bisect_right(mine, moment, key=lambda earlier: _moment(earlier.entry))
        last = mine[place - 1] if place else None
        if last is not None and last.entry.says_the_same_as(one):
            yield Change(one, Effect.UNCHANGED, last.entry)
            continue
        beside = told[one.identity]
        rank = bisect_left(beside, moment, key=_moment) if len(beside) > 1 else 0
        before = last.entry if last else None
        if rank and (before is None or _moment(beside[rank - 1]) > _moment(before)):
            before = beside[rank - 1]
        effect = Effect.NEW if before is None else Effect.CORRECTION
        warnings = _warnings(one, before, last, later=place < len(mine))
        yield Change(one, effect, before, tuple(warnings))


def _moment(one: Entry) -> date:
    return one.moment or date.min


def _warnings(
    one: Entry, before: Entry | None, last: Earlier | None, *, later: bool
) -> Iterator[Problem]:
    if later:
        yield Problem(
            "stays_in_force",
            N_("A later report on the same is stored already and stays in force."),
            row=one.row,
            sheet=one.sheet,
            field="reported_on",
            value=one.moment,
            warning=True,
        )
    if last is not None and one.moment is not None and last.entry.moment == one.moment:
        yield Problem(
            "same_day",
            N_("Takes the place of what was reported on the same day (batch {batch})."),
            N_("A correction usually bears the date on which it was made."),
            row=one.row,
            sheet=one.sheet,
            field="reported_on",
            value=one.moment,
            values={"batch": last.batch_id},
            warning=True,
        )
    now, then = one.values.get("percent"), before.values.get("percent") if before else None
    if now is not None and then is not None and now < then:
        yield Problem(
            "lower_progress",
            N_("The progress is lower than reported before: {now} after {then}."),
            N_("Correct it if that is not meant."),
            row=one.row,
            sheet=one.sheet,
            field="percent",
            values={"now": f"{now:g}", "then": f"{then:g}"},
            warning=True,
        )
