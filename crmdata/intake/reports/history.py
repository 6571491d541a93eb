"""What the store holds already of the things that files speak of, and what the files change."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, FromClause, Table, select

from crmdata.errors import N_, Problem
from crmdata.files import Subject
from crmdata.intake.reports.cells import says_something
from crmdata.intake.reports.earlier_reports import Bases
from crmdata.intake.reports.entries import SHELVES, Entry, differences, entry
from crmdata.intake.reports.repeated import CORRECTION, IS_IT_A_CORRECTION, OTHERWISE
from crmdata.store.db import Known
from crmdata.store.queries.rows_that_count import accepted, standing_so


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
    replaces: Earlier | None = None
    """What waits for the secretariat and gives way to the entry."""


History = Mapping[tuple[str, ...], Sequence[Earlier]]
"""What the store holds by identity, in order of moment and id."""


def waiting(steps: FromClause) -> ColumnElement[bool]:
    """Tell which parts wait for the secretariat."""
    return steps.c.waiting == 1


def history(
    session: Known,
    subject: Subject,
    entries: Sequence[Entry],
    so: Callable[[FromClause], ColumnElement[bool]] = accepted,
) -> History:
    """Read from the store what concerns the activities or meetings of the entries.

    Only what counts stands before an entry, unless what is `waiting` is asked for: not what was
    sent back or withdrawn. So what is submitted again is stored again.
    """
    shelf = SHELVES[subject]
    table: Table = shelf.model.__table__
    about = table.c.meeting if "meeting" in table.c else table.c.activity
    counts = standing_so(session, table, so)
    wanted = about.in_({row.values[about.name] for row in entries}) & counts
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
    by_identity: dict[tuple[str, ...], list[Earlier]] = defaultdict(list)
    for key, batch_id, *cells in session.execute(query.where(wanted).order_by(table.c.id)):
        values = dict(zip(shelf.columns, cells, strict=True))
        stored = entry(subject, key, values, tuple(codes.get(key, ())))
        by_identity[stored.identity].append(Earlier(stored, batch_id))
    for earlier in by_identity.values():
        earlier.sort(key=lambda earlier_row: earlier_row.entry.moment or date.min)
    return by_identity


def changes(
    entries: Sequence[Entry], stored: History, waits: History, senders: Bases
) -> Iterator[Change]:
    """Yield what each entry does, in the order of the entries.

    What stands before an entry is the last one of its identity up to its own moment, in the
    store or among the entries themselves. One that says what `waits` already is not stored twice.
    """
    by_identity: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for row in sorted(entries, key=_moment):
        by_identity[row.identity].append(row)
    percents = _Percents(entries, stored)
    for row in entries:
        mine, moment = stored.get(row.identity, ()), _moment(row)
        place = bisect_right(mine, moment, key=lambda earlier: _moment(earlier.entry))
        last = mine[place - 1] if place else None
        if last is not None and last.entry.says_the_same_as(row):
            yield Change(row, Effect.UNCHANGED, last.entry)
            continue
        sent = waits.get(row.identity, ())
        if sent and sent[-1].entry.says_the_same_as(row):
            yield Change(row, Effect.UNCHANGED, sent[-1].entry)
            continue
        beside = by_identity[row.identity]
        rank = bisect_left(beside, moment, key=_moment) if len(beside) > 1 else 0
        before = last.entry if last else None
        if rank and (before is None or _moment(beside[rank - 1]) > _moment(before)):
            before = beside[rank - 1]
        effect = Effect.NEW if before is None else Effect.CORRECTION
        replaces = sent[-1] if sent else None
        warnings = [
            *_warnings(row, last, replaces, senders, later=place < len(mine)),
            *percents.fallen(row, before),
        ]
        yield Change(row, effect, before, tuple(warnings), replaces)


LOWER_PROGRESS = "lower_progress"


class _Percents:
    """The progress of activities over their periods, as stored and as the entries say."""

    def __init__(self, entries: Sequence[Entry], stored: History) -> None:
        self._of: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        earlier = [rows[-1].entry for rows in stored.values()]
        for row in sorted([*earlier, *entries], key=_moment):
            if row.values.get("percent") is not None:
                about = (row.values["country"], row.values["activity"])
                self._of[about][row.values["semester"]] = row

    def fallen(self, row: Entry, before: Entry | None) -> Iterator[Problem]:
        """Ask about an entry that says less than the one before, and not why."""
        now = row.values.get("percent")
        if now is None or says_something(row.values["reason"]):
            return
        others = [] if before is None else [before]
        periods = self._of[row.values["country"], row.values["activity"]]
        earlier = [period for period in periods if period < row.values["semester"]]
        others += [periods[max(earlier)]] if earlier else []
        for other in others:
            then = other.values.get("percent")
            if then is not None and now < then:
                yield _about(
                    row,
                    LOWER_PROGRESS,
                    "percent",
                    N_("{activity}: {now} % now, after {then} % in {semester}. Is that right?"),
                    N_("If it is, it is better to say why under “Reason”; otherwise correct it."),
                    activity=row.values["activity"],
                    now=f"{now:g}",
                    then=f"{then:g}",
                    semester=other.values["semester"],
                )
                return


def _moment(row: Entry) -> date:
    return row.moment or date.min


def _warnings(
    row: Entry, last: Earlier | None, replaces: Earlier | None, senders: Bases, *, later: bool
) -> Iterator[Problem]:
    if later:
        yield Problem(
            "stays_in_force",
            N_("A later report on the same is stored already and stays in force."),
            row=row.row,
            sheet=row.sheet,
            field="reported_on",
            value=row.moment,
            warning=True,
        )
    if last is not None and row.moment is not None and last.entry.moment == row.moment:
        yield _against(row, last, senders, CORRECTION, IS_IT_A_CORRECTION, OTHERWISE)
    if replaces is not None:
        yield _against(
            row,
            replaces,
            senders,
            "replaces",
            N_(
                "{activity}, {semester}: what {sender} handed in on {day} still waits for the "
                "secretariat. Does this take its place? {changes}"
            ),
            N_("If it does not, take the row out."),
        )


def _against(
    row: Entry, other: Earlier, senders: Bases, rule: str, message: str, way_out: str
) -> Problem:
    """Ask whether an entry takes the place of another one, which is named with its sender."""
    sender = senders.sender(other.batch_id)
    then, values = other.entry, row.values
    subject = Subject.COOPERATION if "modality" in values else Subject.REPORTS
    return _about(
        row,
        rule,
        "",
        message,
        way_out,
        activity=values["activity"],
        semester=values.get("semester", values.get("semester_from", "")),
        sender=sender.name,
        day=sender.day,
        changes=differences(then.values, then.codes, values, row.codes, SHELVES[subject].linked),
        as_of=other.batch_id,
    )


def _about(
    row: Entry, rule: str, field: str, message: str, way_out: str, **values: object
) -> Problem:
    return Problem(
        rule, message, way_out, row=row.row, sheet=row.sheet, field=field, values=values,
        warning=True, asks=True,
    )  # fmt: skip
