"""What the calendar says of a cell, a row and as a whole: sentences with places for numbers.

The board fills the same sentences in the browser when the reader folds, filters or colours it
there, so each is whole and none is put together from fragments.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from crmdata.content import findings, wording
from crmdata.content.calendar.schedule import (
    SUPPORT_STATES,
    BoardRow,
    Picked,
    Schedule,
    SlotCell,
    counts,
    due_counts,
    shown_rows,
    supported,
)
from crmdata.content.calendar.slots import DRAWN, expected
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label
from crmdata.terms import SIN_REPORTE, Period

_TEMPLATES = {
    "of": N_("{n} of {N}"),
    "reported": N_("{n} of {N} countries reported ({share})"),
    "arrived": N_("{missing} of {N} expected reports are pending, the oldest of {oldest}."),
    "arrived_of": N_("{who}: {missing} of {N} expected reports pending, the oldest of {oldest}."),
    "complete": N_("All {N} expected reports have arrived."),
    "complete_of": N_("{who}: all {N} expected reports have arrived."),
    "nothing": findings.NOTHING,
    "nothing_of": findings.NOTHING_OF,
    "unscheduled": findings.UNSCHEDULED,
    "unscheduled_of": findings.UNSCHEDULED_OF,
    "reported_1": N_("{n} of {N} country reported ({share})"),
    "arrived_1": N_("{missing} of {N} expected report is pending, of {oldest}."),
    "arrived_of_1": N_("{who}: {missing} of {N} expected report pending, of {oldest}."),
    "complete_1": N_("The {N} expected report has arrived."),
    "complete_of_1": N_("{who}: the {N} expected report has arrived."),
    "support_1": N_("{n} of {N} activity has support, given or offered."),
    "support_of_1": N_("{who}: support for {n} of {N} activity, given or offered."),
    "support": N_("{n} of {N} activities have support, given or offered."),
    "support_of": N_("{who}: support for {n} of {N} activities, given or offered."),
    "next": N_("Next: {period}, with {n} of the activities shown, ends on {day}."),
    "no_next": N_("Nothing of what is shown falls due any more."),
    "nobody": N_("no partner yet"),
    "with_reports": N_("Reported"),
    "with_support": N_("With support"),
    "outside": N_("reports outside the calendar: {n}"),
}
"""Whole sentences, by the names under which the board fills them; of one alone with `_1`."""


@cache
def templates(words: Words) -> Mapping[str, str]:
    """Return the sentences in a language, their places unfilled; `percent` writes a percentage."""
    written = {name: words(message) for name, message in _TEMPLATES.items()}
    return written | {"percent": words.percent(0).replace("0", "{value}")}


@cache
def state_words(words: Words) -> Mapping[str, str]:
    """Return the words of states and of silences, as they stand within a sentence."""
    return {code: label(words, code).lower() for code in (*DRAWN, *SUPPORT_STATES)}


def _of_one(among: int) -> str:
    """Return how the name of a sentence on n of `among` ends."""
    return "_1" if among == 1 else ""


def pending_since(schedule: Schedule, period: Period, words: Words) -> str:
    """Say since when a silence in a period is pending, and for how long: empty before that."""
    if schedule.cutoff <= period.ends:
        return ""
    return findings.pending_since(words, period.code, schedule.cutoff)


def of_slot(schedule: Schedule, slot: SlotCell, period: str, party: str, words: Words) -> str:
    """Say what was reported of a slot, by all or by one party."""
    patterns = templates(words)
    by_state = counts(schedule, [slot], party)
    if party:
        at = [*schedule.parties].index(party)
        percent = slot.percents[at]
        state = state_words(words)[slot.states[at]]
        if slot.states[at] == SIN_REPORTE:
            return f"{state}, {pending_since(schedule, Period.parse(period), words)}"
        return state if percent is None else f"{state}, {words.entered(percent)}"
    breakdown = state_counts(by_state, words)
    # Of a slot that is not due there is no share, even where everybody has reported early.
    if schedule.cutoff <= Period.parse(period).ends:
        return breakdown
    n, among = expected(by_state)
    if not among:
        return breakdown
    share = wording.percent(words, 100 * n / among)
    head = patterns[f"reported{_of_one(among)}"].format(n=n, N=among, share=share)
    tail = pending_since(schedule, Period.parse(period), words) if by_state[SIN_REPORTE] else ""
    return f"{head}: {breakdown}{f', {tail}' if tail else ''}"


def state_counts(by_state: Mapping[str, int], words: Words) -> str:
    """Return counts by state, `fulfilled 3, in progress 4`."""
    state_names = state_words(words)
    return ", ".join(
        f"{state_names[code]} {words.number(by_state[code])}"
        for code in state_names
        if by_state.get(code)
    )


def finding(schedule: Schedule, picked: Picked, words: Words) -> str:
    """Return what the calendar shows, in one sentence."""
    patterns, rows = templates(words), shown_rows(schedule, picked)
    who = " · ".join(_scope(schedule, picked, words))
    suffix = "_of" if who else ""
    if picked.by_support:
        n = sum(row.is_backed(picked.partner) for row in rows)
        return patterns[f"support{suffix}{_of_one(len(rows))}"].format(who=who, n=n, N=len(rows))
    return pending(schedule, rows, words, party=picked.party, who=who)


def pending(
    schedule: Schedule, rows: Sequence[BoardRow], words: Words, *, party: str = "", who: str = ""
) -> str:
    """Say how much is pending of some activities, for all or for one party; `who` names them."""
    patterns, suffix = templates(words), "_of" if who else ""
    n, among = expected(due_counts(schedule, rows, party))
    if not among:
        scheduled = not rows or any(row.slots for row in rows)
        name = "nothing" if scheduled else "unscheduled"
        return patterns[f"{name}{suffix}"].format(who=who)
    name = "arrived" if n < among else "complete"
    return patterns[f"{name}{suffix}{_of_one(among)}"].format(
        who=who, missing=words.number(among - n), N=words.number(among),
        oldest=_oldest(schedule, rows, party),
    )  # fmt: skip


def _oldest(schedule: Schedule, rows: Sequence[BoardRow], party: str) -> str:
    """Return the first period of which something is missing, as people read it."""
    for period in schedule.periods:
        slots = [row.slots[period.code] for row in rows if row.slots and period.code in row.slots]
        if schedule.cutoff > period.ends and counts(schedule, slots, party)[SIN_REPORTE]:
            return period.label
    return ""


def band_name(row: BoardRow, words: Words, *, whole: bool = False) -> str:
    """Return what the head of an axis or a line says, in few words or `whole`."""
    code = words("Axis {number}", number=row.code) if row.level == "axis" else row.code
    return f"{code}. {row.name.text if whole else row.name.brief}"


def _scope(schedule: Schedule, picked: Picked, words: Words) -> list[str]:
    """Return who and what the sentence is of; nothing for the region and the whole plan."""
    band_names = {row.code: band_name(row, words) for row in schedule.rows if row.slots is None}
    scope = []
    if picked.party:
        scope.append(schedule.parties[picked.party].text)
    if picked.by_support and picked.partner:
        scope.append(schedule.partners[picked.partner].short)
    if code := picked.line or picked.axis:
        scope.append(band_names[code])
    return scope


def upcoming(schedule: Schedule, picked: Picked, words: Words) -> str:
    """Say what falls due next."""
    patterns, rows = templates(words), shown_rows(schedule, picked)
    for period in schedule.upcoming:
        if n := sum(period.code in (row.slots or {}) for row in rows):
            return patterns["next"].format(
                period=period.label, n=words.number(n), day=words.date(period.ends, "medium")
            )
    return patterns["no_next"]


def total(schedule: Schedule, rows: Sequence[BoardRow], party: str, words: Words) -> str:
    """Return how many of the expected reports arrived, of one row or of several."""
    n, among = expected(due_counts(schedule, rows, party))
    if not among:
        return NOT_APPLICABLE
    return templates(words)["of"].format(n=words.number(n), N=words.number(among))


def coverage(schedule: Schedule, rows: Sequence[BoardRow], party: str, words: Words) -> str:
    """Return the same as `n/N (27 %)`."""
    return wording.coverage(words, expected(due_counts(schedule, rows, party)))


def pending_from(schedule: Schedule, row: BoardRow, party: str, words: Words) -> str:
    """Say since when the oldest report on an activity is pending, empty where none is."""
    for period in schedule.periods:
        slot = (row.slots or {}).get(period.code)
        if slot and counts(schedule, [slot], party)[SIN_REPORTE]:
            return pending_since(schedule, period, words)
    return ""


def of_support(schedule: Schedule, row: BoardRow, period: str, partner: str, words: Words) -> str:
    """Say who supports an activity in a period, empty without anybody."""
    if not supported(row, period, partner):
        return ""
    states, nobody = state_words(words), templates(words)["nobody"]
    return ", ".join(
        f"{schedule.partners[each.partner].short if each.partner else nobody}: {states[each.state]}"
        for each in row.backing(partner)
        if each.within(period)
    )
