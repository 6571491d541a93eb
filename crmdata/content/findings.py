"""What the data show, said by rules: each sentence holds its n of N and is left out where its rule
does not hold. Of countries none is named as first or last.
"""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

import pandas as pd

from crmdata.content import wording
from crmdata.content.cooperation.support import requested, supported, supports
from crmdata.content.names import Names
from crmdata.content.records import records
from crmdata.content.sentences import MANY
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.measures import Fulfilment, Measured, Unscheduled, age, silent
from crmdata.measures.fulfilment import last_states
from crmdata.terms import Period, State, Thresholds

_EQUAL = 1e-9


NOTHING = N_("No report is expected yet.")
NOTHING_OF = N_("{who}: no report is expected yet.")
UNSCHEDULED = N_("No semester is scheduled: no report is expected.")
UNSCHEDULED_OF = N_("{who}: no semester is scheduled, no report is expected.")
"""Of all and of somebody: the calendar says the same of what it shows."""


def arrival(words: Words, measured: Measured, who: str = "") -> str:
    """Say how many of the expected reports have arrived, of all or of somebody."""
    if not measured.expected:
        return none_expected(words, who, scheduled=not isinstance(measured, Unscheduled))
    values = {
        "n": words.number(measured.reported), "N": words.number(measured.expected),
        "share": wording.share(words, measured),
    }  # fmt: skip
    if who:
        return words(
            "{who}: {share} of the expected reports have arrived, {n} of {N}.", who=who, **values
        )
    return words("{share} of the expected reports have arrived: {n} of {N}.", **values)


def none_expected(words: Words, who: str = "", *, scheduled: bool = True) -> str:
    """Say that nothing is due yet, or that nothing is scheduled; of all or of somebody."""
    if scheduled:
        return words(NOTHING_OF, who=who) if who else words(NOTHING)
    return words(UNSCHEDULED_OF, who=who) if who else words(UNSCHEDULED)


def fulfilled(words: Words, done: Fulfilment) -> str:
    """Say in how many activities any country is done, and in how many all of them are."""
    some = done.activities - done.by_none
    if not done.by_all:
        return words.out_of(
            "In {n} of {N} activity at least one country reports it fulfilled; none is fulfilled "
            "in every country.",
            "In {n} of {N} activities at least one country reports it fulfilled; none is "
            "fulfilled in every country.",
            some, done.activities,
        )  # fmt: skip
    return words.out_of(
        "In {n} of {N} activity at least one country reports it fulfilled; in {by_all} every "
        "country does.",
        "In {n} of {N} activities at least one country reports it fulfilled; in {by_all} every "
        "country does.",
        some, done.activities, by_all=words.number(done.by_all),
    )  # fmt: skip


def least_reported(words: Words, lines: pd.DataFrame, names: Names, thresholds: Thresholds) -> str:
    """Name the line of which the smallest share has arrived; `lines` as `measures.summary`.

    Empty where nothing is missing, where more are equal than are named, or where of none enough
    reports are expected.
    """
    tied = least(lines, thresholds)
    if not tied:
        return ""
    listing = wording.joined(
        words,
        [
            words("{line} ({n} of {N})", line=f"{code}. {names[code].brief}", n=words.number(n),
                  N=words.number(among))
            for code, (n, among) in tied.items()
        ],
    )  # fmt: skip
    if len(tied) == 1:
        return words("The line with the smallest share of reports is {line}.", line=listing)
    return words("The lines with the smallest share of reports are {lines}.", lines=listing)


def least(lines: pd.DataFrame, thresholds: Thresholds) -> dict[str, tuple[int, int]]:
    """Return the lines that `least_reported` names, each with its n of N."""
    columns = (lines["line"], lines["reported"], lines["expected"])
    counts = {code: (int(n), int(among)) for code, n, among in zip(*columns, strict=True)}
    return smallest(counts, thresholds)


def most_advanced(words: Words, lines: pd.DataFrame, names: Names, thresholds: Thresholds) -> str:
    """Name the line whose reports say the most progress; `lines` as `measures.summary`.

    Empty where more are equal than are named; a line under the threshold of coverage, or of
    which too few reports are expected, is not compared.
    """
    comparable = lines.loc[
        (lines["reported"] > 0) & ~lines["withheld"] & (lines["expected"] >= thresholds.fewest)
    ]
    if len(comparable) <= thresholds.most_tied:
        return ""
    best = comparable.loc[comparable["progress"] >= comparable["progress"].max() - _EQUAL]
    if len(best) > thresholds.most_tied:
        return ""
    listing = wording.joined(
        words,
        [
            words("{line} ({progress}, by {n} of {N} reports)",
                  line=f"{row.line}. {names[row.line].brief}",
                  progress=wording.percent(words, row.progress),
                  n=words.number(row.reported), N=words.number(row.expected))
            for row in records(best)
        ],
    )  # fmt: skip
    return words("Reported progress is furthest in {lines}.", lines=listing)


def smallest(
    groups: Mapping[str, tuple[int, int]], thresholds: Thresholds
) -> dict[str, tuple[int, int]]:
    """Return the groups of the smallest n/N, none where the rules of `least_reported` leave none.

    `groups` gives n and N by code.
    """
    shares = {code: Fraction(n, among) for code, (n, among) in groups.items()
              if among >= thresholds.fewest}  # fmt: skip
    least = min(shares.values(), default=Fraction(1))
    tied = {code: groups[code] for code, share in shares.items() if share == least}
    return tied if least < 1 and len(tied) <= thresholds.most_tied < len(shares) else {}


def stand(
    words: Words, states: pd.DataFrame, activities: Collection[str], country: str, name: str
) -> str:
    """Say in how many activities a country last reported fulfilled, and in how many in progress."""
    last = last_states(states, {country})
    counts = last["state"].value_counts()
    return words.out_of(
        "{who} reports {n} of {N} activity fulfilled and {under_way} in progress.",
        "{who} reports {n} of {N} activities fulfilled and {under_way} in progress.",
        int(counts.get(State.CUMPLIDA, 0)), len(activities),
        who=name, under_way=words.number(int(counts.get(State.EN_CURSO, 0))),
    )  # fmt: skip


def countries_done(words: Words, states: pd.DataFrame, members: Collection[str], name: str) -> str:
    """Say how many countries last reported an activity fulfilled, and how many in progress.

    `states` are those of the activity; countries to which it does not apply are left out of N.
    """
    last = last_states(states, members)
    counts = last["state"].value_counts()
    if last.empty:
        return words("{name}: no country has reported on it yet.", name=name)
    among = len(members) - int(counts.get(State.NO_APLICA, 0))
    done, under_way = (int(counts.get(state, 0)) for state in (State.CUMPLIDA, State.EN_CURSO))
    if not done:
        return words.out_of(
            "{name}: by its last report {n} of {N} country is at work on it, none has fulfilled "
            "it.",
            "{name}: by their last report {n} of {N} countries are at work on it, none has "
            "fulfilled it.",
            under_way, among, name=name,
        )  # fmt: skip
    return words.out_of(
        "{name}: by its last report {n} of {N} country has fulfilled it, {under_way} are at work "
        "on it.",
        "{name}: by their last report {n} of {N} countries have fulfilled it, {under_way} are at "
        "work on it.",
        done, among, name=name, under_way=words.number(under_way),
    )  # fmt: skip


def longest_pending(words: Words, cells: pd.DataFrame, cutoff: date) -> str:
    """Say which period has been silent for longest, in how many activities, and since when.

    Empty where nothing was due.
    """
    missing = silent(cells)
    if missing.empty:
        return nothing_pending(words, cells) if cells["due"].any() else ""
    first = missing["semester"].min()
    count = missing.loc[missing["semester"] == first, "activity"].nunique()
    return words.plural(
        "The longest without a report: {n} activity of {period}, {since}.",
        "The longest without a report: {n} activities of {period}, {since}.",
        count, period=words.period(first), since=pending_since(words, first, cutoff),
    )  # fmt: skip


def pending_count(words: Words, count: int, oldest: str, cutoff: date) -> str:
    """Say how many reports are pending, of which period the oldest is, and since when."""
    return words.plural(
        "{n} report pending, the oldest of {period}: {since}",
        "{n} reports pending, the oldest of {period}: {since}",
        count, period=words.period(oldest), since=pending_since(words, oldest, cutoff),
    )  # fmt: skip


def nothing_pending(words: Words, cells: pd.DataFrame) -> str:
    """Say that nothing is pending, or that nothing was due."""
    if cells["due"].any():
        return words("Nothing is pending.")
    return none_expected(words, scheduled=not cells.empty)


def pending_in(
    words: Words, cells: pd.DataFrame, activities: Collection[str], cutoff: date, who: str = ""
) -> str:
    """Say in how many activities a report is pending, and since when the oldest; of all or one."""
    own = cells.loc[cells["activity"].isin(list(activities))]
    if not own["due"].any():
        return none_expected(words, who, scheduled=not own.empty)
    missing = silent(own)
    if missing.empty:
        return nothing_pending(words, own)
    n, among = missing["activity"].nunique(), len(activities)
    since = pending_since(words, missing["semester"].min(), cutoff)
    if who:
        return words.out_of(
            "{who} has reports pending in {n} of {N} activity; the oldest, {since}.",
            "{who} has reports pending in {n} of {N} activities; the oldest, {since}.",
            n, among, who=who, since=since,
        )  # fmt: skip
    return words.out_of(
        "Reports are pending in {n} of {N} activity; the oldest, {since}.",
        "Reports are pending in {n} of {N} activities; the oldest, {since}.",
        n, among, since=since,
    )  # fmt: skip


def pending_by(words: Words, cells: pd.DataFrame, countries: Names, cutoff: date) -> str:
    """Say which countries have a report pending on these cells, and since when the oldest.

    Of more than `sentences.MANY` it says how many. Empty where nothing was due.
    """
    missing = silent(cells)
    if missing.empty:
        return nothing_pending(words, cells) if cells["due"].any() else ""
    ago = pending_since(words, missing["semester"].min(), cutoff)
    owing = [name.text for code, name in countries.items() if code in set(missing["country"])]
    if len(owing) > MANY:
        return words("Reports of {n} of {N} countries are pending; the oldest, {since}.",
                     n=words.number(len(owing)), N=words.number(len(countries)),
                     since=ago)  # fmt: skip
    listing = wording.joined(words, owing)
    return words("Reports pending from {names}; the oldest, {since}.", names=listing, since=ago)


def owing(words: Words, cells: pd.DataFrame, countries: Names, cutoff: date) -> str:
    """Say by name of which countries a report is pending, and since when; nothing for none."""
    missing = silent(cells)
    codes = set(missing["country"])
    found = [name.full for code, name in countries.items() if code in codes]
    if not found:
        return ""
    ago = pending_since(words, missing["semester"].min(), cutoff)
    if len(found) == len(countries):
        return words("Every country has at least one report pending; the oldest, {since}.",
                     since=ago)  # fmt: skip
    return words("With at least one report pending: {names}; the oldest, {since}.",
                 names=wording.joined(words, found), since=ago)  # fmt: skip


def pending_since(words: Words, code: str, cutoff: date) -> str:
    """Say since when what is due of a period is pending, and for how many months."""
    return since_day(words, Period.parse(code).ends, cutoff)


def since_day(words: Words, ended: date, cutoff: date) -> str:
    """Say since which day something is pending, and for how many months."""
    months, day = age(ended, cutoff), words.date(ended, "medium")
    if not months:
        return words("pending since {day}", day=day)
    return words.plural(
        "pending since {day}, for {n} month", "pending since {day}, for {n} months", months,
        day=day,
    )  # fmt: skip


def who_reported(words: Words, cells: pd.DataFrame) -> str:
    """Say how many countries of those that something was due to reported, and have some pending."""
    due = cells.loc[cells["due"] & cells["state"].ne(State.NO_APLICA)]
    if due.empty:
        return none_expected(words, scheduled=not cells.empty)
    by_country = due["state"].notna().groupby(due["country"])
    n, pending, among = int(by_country.any().sum()), int((~by_country.all()).sum()), len(by_country)
    values = {"N": words.number(among), "n": words.number(n), "pending": words.number(pending)}
    if among == 1:
        return _of_one(words, n, pending)
    if not pending:
        return words("The reports of all {N} countries have arrived.", **values)
    if n == pending == among:
        return words("All {N} countries have reported, and each has reports pending.", **values)
    return words(
        "{n} of {N} countries have reported; {pending} of {N} have reports pending.", **values
    )


def _of_one(words: Words, reported: int, pending: int) -> str:
    """Say of a country alone whether it has reported, and whether something is pending."""
    if not reported:
        return words("No report of the country has arrived.")
    if pending:
        return words("The country has reported, and has reports pending.")
    return words("All reports of the country have arrived.")


def alone(words: Words, activities: Collection[str], cooperation: pd.DataFrame) -> str:
    """Say how many activities no partner supports, and for how many of them support is asked."""
    own = set(activities)
    missing = own - supported(supports(cooperation))
    if not missing:
        return words.out_of(
            "{n} of {N} activity has the support of a partner, given or offered.",
            "{n} of {N} activities have the support of a partner, given or offered.",
            len(own), len(own),
        )  # fmt: skip
    sought = len(requested(cooperation) & missing)
    if not sought:
        return words.out_of(
            "{n} of {N} activity is without a partner.",
            "{n} of {N} activities are without a partner.", len(missing), len(own),
        )  # fmt: skip
    return words.out_of(
        "{n} of {N} activity is without a partner; for {asked} support is asked for.",
        "{n} of {N} activities are without a partner; for {asked} of them support is asked for.",
        len(missing), len(own), asked=words.number(sought),
    )  # fmt: skip


def backed_in(
    words: Words,
    activities: Collection[str],
    cooperation: pd.DataFrame,
    reports: pd.DataFrame,
    who: str,
) -> str:
    """Say in how many activities a partner supports a country; `cooperation` as it names it.

    What its reports alone tell of partners is no line of cooperation: it is counted beside.
    """
    own = set(activities)
    having = supported(supports(cooperation)) & own
    sought = (requested(cooperation) & own) - having
    named = set(reports.loc[reports["partners"].fillna("").ne(""), "activity"]) & own - having
    sentence = words.out_of(
        "{who} has the support of a partner, given or offered, in {n} of {N} activity.",
        "{who} has the support of a partner, given or offered, in {n} of {N} activities.",
        len(having), len(own), who=who,
    )  # fmt: skip
    asking = words.plural(
        "For {n} more it asks for support of any partner.",
        "For {n} more it asks for support of any partner.",
        len(sought),
    )
    telling = words.plural(
        "In {n} more its reports name partners whose support is not registered as cooperation.",
        "In {n} more its reports name partners whose support is not registered as cooperation.",
        len(named),
    )
    return wording.sentences(sentence, asking if sought else "", telling if named else "")


def by_partner(
    words: Words, activities: Collection[str], cooperation: pd.DataFrame, partners: Names
) -> str:
    """Say how many activities each partner supports, in the order of their names."""
    by_pair, own = supports(cooperation), set(activities)
    counts = [
        f"{name.short} {words.number(sum(who == code and each in own for who, each in by_pair))}"
        for code, name in partners.items()
    ]
    return words(
        "Activities with support by partner, given or offered: {counts}.",
        counts=wording.joined(words, counts),
    )


def moved(words: Words, changes: pd.DataFrame, first: date) -> str:
    """Say how many reports fell back and advanced since a day, of those with one before them.

    `changes` as `measures.change_between`. Only what its country had reported on by both dates
    is compared: a new reporter is no advance.
    """
    again = changes.loc[changes["newly_reported"] | changes["corrected"]]
    among = int((again["percent"].notna() & again["percent_before"].notna()).sum())
    down, up = int(changes["gone_back"].sum()), int(changes["advanced"].sum())
    values = {
        "day": words.date(first), "down": words.number(down), "up": words.number(up),
        "same": words.number(among - down - up),
    }  # fmt: skip
    if not among:
        return words(
            "Since {day} no country reported again on what it had reported on.", day=values["day"]
        )
    return words.plural(
        "Since {day}, of {n} report on what was reported before, {up} advanced, {down} fell back, "
        "{same} stayed.",
        "Since {day}, of {n} reports on what was reported before, {up} advanced, {down} fell back, "
        "{same} stayed.",
        among, **values,
    )  # fmt: skip


def newly_pending(words: Words, changes: pd.DataFrame) -> str:
    """Say how many of the reports that fell due are pending; `changes` as `moved`."""
    silent = changes["newly_silent"]
    due = changes["newly_due"] | silent
    if not due.any():
        return words("No report fell due.")
    return words.out_of(
        "{n} of {N} report that fell due is pending.",
        "{n} of {N} reports that fell due are pending.", int(silent.sum()), int(due.sum()),
    )  # fmt: skip


def came_in(words: Words, changes: pd.DataFrame) -> str:
    """Say how many reports arrived and were corrected; `changes` as `moved`."""
    return words(
        "New reports: {new}; corrected: {corrected}.",
        new=words.number(int(changes["newly_reported"].sum())),
        corrected=words.number(int(changes["corrected"].sum())),
    )  # fmt: skip
