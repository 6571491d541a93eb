"""What the data show in sentences: true by a plain count of the raw reports, and by rules."""

import math
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import measures
from crmdata.content import findings
from crmdata.content.names import Name
from crmdata.i18n import words_for
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.terms import LANGUAGES, Period, State, Thresholds
from tests.long import rounds
from tests.support import examples
from tests.test_measures import (
    ACTIVITIES,
    MEMBERS,
    THRESHOLD,
    ReportRow,
    World,
    cutoffs,
    report,
    some_worlds,
)

USUAL = Thresholds()

ES, EN = words_for("es"), words_for("en")
LINES = {code.split(".")[0]: Name(code.split(".")[0], "Line", numbered=True) for code in ACTIVITIES}

worlds, languages = some_worlds(), st.sampled_from(LANGUAGES)
many = examples(rounds(40, full=200))


def in_force(world: World, cutoff: date) -> dict[tuple[str, str, str], ReportRow]:
    """Return the last report of each country, activity and period, one after the other."""
    found: dict[tuple[str, str, str], tuple[date, int, ReportRow]] = {}
    for number, row in enumerate(world.reports):
        country, activity, period, *_, day = row
        key = country, activity, period
        if day <= cutoff and (key not in found or (day, number) >= found[key][:2]):
            found[key] = day, number, row
    return {key: row for key, (_, _, row) in found.items()}


def due_slots(world: World, cutoff: date) -> Iterator[tuple[str, str, str]]:
    """Yield each member, activity and period of which a report is expected or does not apply."""
    for slot in world.slots.to_dict("records"):
        if cutoff > Period.parse(slot["semester"]).ends:
            for country in MEMBERS:
                yield country, slot["activity"], slot["semester"]


def counted(world: World, cutoff: date) -> dict[str, tuple[int, int]]:
    """Return n and N by line, counted one by one."""
    said, found = in_force(world, cutoff), dict[str, tuple[int, int]]()
    for key in due_slots(world, cutoff):
        state = said[key][3] if key in said else None
        if state == State.NO_APLICA:
            continue
        line = key[1].split(".")[0]
        n, among = found.get(line, (0, 0))
        found[line] = n + (state is not None), among + 1
    return found


def numbers(text: str) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)]


@many
@given(worlds, cutoffs, languages)
def test_what_has_arrived_is_counted_report_by_report(world, cutoff, language):
    lines = counted(world, cutoff).values()
    n, among = sum(each[0] for each in lines), sum(each[1] for each in lines)
    whole = measures.whole(world.cells(cutoff), threshold=THRESHOLD)
    said = findings.arrival(words_for(language), whole)
    if not among:
        assert numbers(said) == []
    else:
        assert numbers(said)[-2:] == [n, among]


@many
@given(worlds, cutoffs, languages)
def test_the_least_reported_line_is_the_one_that_a_plain_count_finds(world, cutoff, language):
    words = words_for(language)
    summary = measures.summary(world.cells(cutoff), ["line"], threshold=THRESHOLD)
    said = findings.least_reported(words, summary, LINES, USUAL)
    big = {line: n / among for line, (n, among) in counted(world, cutoff).items()
           if among >= USUAL.fewest}  # fmt: skip
    least = min(big.values(), default=1)
    tied = [line for line, share in big.items() if share == pytest.approx(least)]
    if least >= 1 or len(tied) > USUAL.most_tied or len(big) <= USUAL.most_tied:
        assert said == ""
    else:
        assert [line for line in LINES if f"{line}. Line" in said] == sorted(tied)


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ({"I": (5, 10), "II": (6, 10), "III": (9, 10)}, ["I"]),
        ({"I": (5, 10), "II": (10, 20), "III": (9, 10)}, ["I", "II"]),
        ({"I": (5, 10), "II": (5, 10), "III": (5, 10)}, []),
        ({"I": (5, 10), "II": (5, 10), "III": (5, 10), "IV": (9, 10)}, []),
        ({"I": (10, 10), "II": (10, 10), "III": (10, 10)}, []),
        ({"I": (0, 9), "II": (6, 10), "III": (9, 10), "IV": (9, 10)}, ["II"]),
        ({"I": (0, 10), "II": (6, 10)}, []),
    ],
)
def test_groups_stand_out_by_the_rules(groups, found):
    assert [*findings.smallest(groups, USUAL)] == found


@many
@given(worlds, cutoffs, languages)
def test_activities_are_counted_as_fulfilled_country_by_country(world, cutoff, language):
    last: dict[tuple[str, str], tuple[str, str]] = {}
    for (country, activity, period), row in in_force(world, cutoff).items():
        if period >= last.get((country, activity), ("", ""))[0]:
            last[country, activity] = period, row[3]
    by_all = by_none = 0
    for activity in ACTIVITIES:
        states = [last.get((country, activity), ("", ""))[1] for country in MEMBERS]
        applies = [state for state in states if state != State.NO_APLICA]
        by_all += bool(applies) and all(state == State.CUMPLIDA for state in applies)
        by_none += State.CUMPLIDA not in states
    states = measures.in_force(world.history, cutoff)
    done = measures.fulfilment([*ACTIVITIES], states, set(MEMBERS))
    assert (done.by_all, done.by_none) == (by_all, by_none)
    said = numbers(findings.fulfilled(words_for(language), done))
    assert said == [len(ACTIVITIES) - by_none, len(ACTIVITIES), *([by_all] if by_all else [])]


@many
@given(worlds, cutoffs, languages)
def test_the_longest_pending_is_the_first_period_of_which_something_is_missing(
    world, cutoff, language
):
    said = in_force(world, cutoff)
    missing = [(period, activity) for country, activity, period in due_slots(world, cutoff)
               if (country, activity, period) not in said]  # fmt: skip
    sentence = findings.longest_pending(words_for(language), world.cells(cutoff), cutoff)
    if not missing:
        nothing = words_for(language)("Nothing is pending.")
        assert sentence == (nothing if any(due_slots(world, cutoff)) else "")
        return
    first = min(missing)[0]
    count = len({activity for period, activity in missing if period == first})
    assert Period.parse(first).label in sentence
    assert re.search(rf": {count} \w+ (of|de) {first[:4]}", sentence)


@many
@given(worlds, cutoffs, st.sampled_from(MEMBERS))
def test_where_a_country_stands_is_what_it_last_said_of_each_activity(world, cutoff, country):
    last: dict[str, tuple[str, str]] = {}
    for (who, activity, period), row in in_force(world, cutoff).items():
        if who == country and period >= last.get(activity, ("", ""))[0]:
            last[activity] = period, row[3]
    counts = [state for _, state in last.values()]
    states = measures.in_force(world.history, cutoff)
    said = findings.stand(EN, states, [*ACTIVITIES], country, "Country")
    assert numbers(said) == [
        counts.count(State.CUMPLIDA), len(ACTIVITIES), counts.count(State.EN_CURSO),
    ]  # fmt: skip


@pytest.mark.parametrize("words", [ES, EN])
def test_nothing_expected_is_said_to_be_nothing(words):
    nothing = Measured(*[0] * 8, *[float("nan")] * 4, withheld=False)
    assert numbers(findings.arrival(words, nothing)) == []
    assert numbers(findings.arrival(words, nothing, "Honduras")) == []


@pytest.mark.parametrize("words", [ES, EN])
def test_no_sentence_ranks_countries(words):
    superlatives = ("menor", "mayor", "peor", "mejor", "primer", "últim", "most", "least", "best",
                    "worst", "first", "last", "small", "larg")  # fmt: skip
    done = measures.Fulfilment(97, 3, 20)
    whole = Measured(10, 5, 1, 2, 1, 1, 5, 0, 0.5, 40.0, 20.0, 70.0, withheld=False)
    said = findings.arrival(words, whole, "Honduras") + findings.fulfilled(words, done)
    said = said.replace("at least", "")
    assert [each for each in superlatives if each in said.lower()] == []


@pytest.mark.parametrize(("days", "months"), [(0, 0), (29, 0), (31, 1), (365, 12)])
def test_how_long_something_is_pending_is_said_in_months(days, months):
    ended = date(2018, 12, 31)
    said = findings.pending_since(EN, "2018-2", ended + timedelta(days=days))
    assert ("month" in said) == (months > 0)
    assert str(months) in said or not months
    assert label(EN, State.CUMPLIDA) not in said


@many
@given(worlds, cutoffs)
def test_who_reported_and_has_reports_pending_is_counted_country_by_country(world, cutoff):
    said, owed = in_force(world, cutoff), dict[str, list[bool]]()
    for country, activity, period in due_slots(world, cutoff):
        report = said.get((country, activity, period))
        if report is None or report[3] != State.NO_APLICA:
            owed.setdefault(country, []).append(report is not None)
    n, pending = sum(map(any, owed.values())), sum(not all(each) for each in owed.values())
    sentence = findings.who_reported(EN, world.cells(cutoff))
    among = len(owed)
    if not among:
        assert numbers(sentence) == []
    elif among == 1:
        assert numbers(sentence) == []
        assert ("has arrived" in sentence) == (not n)
    elif not pending or n == pending == among:
        assert numbers(sentence) == [among]
        assert ("pending" in sentence) == bool(pending)
    else:
        assert numbers(sentence) == [n, among, pending, among]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("state", [None, State.CUMPLIDA])
def test_of_one_country_nothing_is_counted_in_countries(language, state):
    cells = pd.DataFrame({"country": ["HND"], "due": [True], "state": [state]})
    sentence = findings.who_reported(words_for(language), cells)
    assert numbers(sentence) == []
    assert not re.search("países|countries", sentence)


def new_reports(world: World, first: date, last: date) -> dict[tuple[str, str, str], list[float]]:
    """Return the new and corrected reports of members on slots, each with the percent that the
    country had reported on the activity by the first day, if any, and the percent now.
    """
    before, now = in_force(world, first), in_force(world, last)
    slots = {(slot["activity"], slot["semester"]) for slot in world.slots.to_dict("records")}
    found = {}
    for key, row in now.items():
        country, activity, period = key
        if country not in MEMBERS or (activity, period) not in slots or before.get(key) is row:
            continue
        earlier = [each for each in before
                   if each[:2] == key[:2] and each[2] <= period and each[1:] in slots]  # fmt: skip
        percents = [before[max(earlier, key=lambda each: each[2])][4]] if earlier else []
        found[key] = [*percents, row[4]]
    return found


@many
@given(worlds, cutoffs, cutoffs)
def test_what_fell_back_and_advanced_is_counted_report_by_report(world, one, other):
    first, last = sorted((one, other))
    changes = measures.change_between(world.cells(first), world.cells(last))
    pairs = [pair for pair in new_reports(world, first, last).values()
             if len(pair) == 2 and not any(map(math.isnan, pair))]  # fmt: skip
    down, up = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    said = findings.moved(EN, changes, first).replace(EN.date(first), "")
    same = sum(a == b for a, b in pairs)
    assert numbers(said) == ([len(pairs), up, down, same] if pairs else [])


def test_a_new_reporter_is_no_advance():
    world = World({("I.1.1", 2018): "Continuo"}, [
        report("HND", "I.1.1", "2018-1", 10, "2018-03-01"),
        report("HND", "I.1.1", "2018-2", 10, "2018-09-01"),
        report("MEX", "I.1.1", "2018-2", 90, "2018-09-02"),
    ])  # fmt: skip
    first, last = date(2018, 6, 1), date(2019, 2, 1)
    changes = measures.change_between(world.cells(first), world.cells(last))
    assert numbers(findings.moved(EN, changes, first).partition("2018, ")[2]) == [1, 0, 0, 1]


@many
@given(worlds, cutoffs, cutoffs)
def test_what_came_in_is_counted_report_by_report(world, one, other):
    first, last = sorted((one, other))
    changes = measures.change_between(world.cells(first), world.cells(last))
    before, new = in_force(world, first), new_reports(world, first, last)
    corrected = sum(key in before for key in new)
    assert numbers(findings.came_in(EN, changes)) == [len(new) - corrected, corrected]


@many
@given(worlds, cutoffs, cutoffs)
def test_what_is_newly_pending_is_counted_slot_by_slot(world, one, other):
    first, last = sorted((one, other))
    changes = measures.change_between(world.cells(first), world.cells(last))
    said, due_then = in_force(world, last), {*due_slots(world, first)}
    fell = {*due_slots(world, last)} - due_then
    owed = [key for key in fell if key not in said or said[key][3] != State.NO_APLICA]
    silent = sum(key not in said for key in owed)
    assert numbers(findings.newly_pending(EN, changes)) == ([silent, len(owed)] if owed else [])


def test_what_nobody_supports_is_counted_by_activity_and_what_of_it_is_asked_for():
    rows = pd.DataFrame(
        [
            ("I.1", "OIM", "en_curso", "HND"),
            ("I.1", None, "solicitada", "HND"),
            ("I.2", None, "solicitada", "MEX"),
            ("I.3", "OIM", "cancelada", "MEX"),
        ],
        columns=["activity", "partner", "state", "countries"],
    )
    said = findings.alone(EN, ["I.1", "I.2", "I.3", "I.4"], rows)
    assert numbers(said) == [3, 4, 1]
    partners = {"ACNUR": Name("UNHCR", "UNHCR"), "OIM": Name("IOM", "IOM")}
    counted = findings.by_partner(EN, ["I.1", "I.2", "I.3", "I.4"], rows, partners)
    assert counted == "Activities with support by partner, given or offered: UNHCR 0 and IOM 1."


def test_where_a_partner_stands_by_everything_it_is_said():
    rows = pd.DataFrame([("I.1", "OIM", "en_curso", "HND")],
                        columns=["activity", "partner", "state", "countries"])  # fmt: skip
    assert findings.alone(EN, ["I.1"], rows) == (
        "1 of 1 activity has the support of a partner, given or offered."
    )


# Activities, and the sheet of one


def silences(world: World, cutoff: date) -> list[tuple[str, str, str]]:
    """Return country, activity and period of each due slot without a report."""
    said = in_force(world, cutoff)
    return [slot for slot in due_slots(world, cutoff) if slot not in said]


@many
@given(worlds, cutoffs, languages)
def test_activities_with_something_pending_are_counted_one_by_one(world, cutoff, language):
    words, missing = words_for(language), silences(world, cutoff)
    said = findings.pending_in(words, world.cells(cutoff), [*ACTIVITIES], cutoff)
    if not missing:
        assert numbers(said) == []
        return
    oldest = Period.parse(min(period for *_, period in missing)).ends
    assert numbers(said)[:2] == [len({activity for _, activity, _ in missing}), len(ACTIVITIES)]
    assert words.date(oldest, "medium") in said


@many
@given(worlds, cutoffs, st.sampled_from([*ACTIVITIES]))
def test_countries_are_counted_by_what_they_last_said_of_an_activity(world, cutoff, activity):
    last: dict[str, tuple[str, str]] = {}
    for (country, code, period), row in in_force(world, cutoff).items():
        if code == activity and country in MEMBERS and period >= last.get(country, ("", ""))[0]:
            last[country] = period, row[3]
    counts = [state for _, state in last.values()]
    states = measures.in_force(world.history, cutoff)
    own = states.loc[states["activity"] == activity]
    said = findings.countries_done(EN, own, set(MEMBERS), "Activity")
    among = len(MEMBERS) - counts.count(State.NO_APLICA)
    done, under_way = counts.count(State.CUMPLIDA), counts.count(State.EN_CURSO)
    expected = [done, among, under_way] if done else [under_way, among]
    assert numbers(said) == (expected if counts else [])


@many
@given(worlds, cutoffs)
def test_the_countries_with_something_pending_are_named_alphabetically(world, cutoff):
    countries = {code: Name(code, f"Country {code}") for code in sorted(MEMBERS)}
    owing = sorted({country for country, *_ in silences(world, cutoff)})
    said = findings.pending_by(EN, world.cells(cutoff), countries, cutoff)
    assert re.findall(r"Country (\w+)", said) == owing


def test_many_countries_with_something_pending_are_counted():
    codes = [f"C{n:02}" for n in range(11)]
    cells = pd.DataFrame(
        [("I.1.1", "2018-1", code, True, "sin_reporte", "1", "I", "I.1") for code in codes],
        columns=["activity", "semester", "country", "due", "reporting", "axis", "line", "result"],
    )
    countries = {code: Name(code, code) for code in codes}
    said = findings.pending_by(EN, cells, countries, date(2019, 6, 30))
    assert said == (
        "Reports of 11 of 11 countries are pending; the oldest, pending since Jun 30, 2018, "
        "for 12 months."
    )


@pytest.mark.parametrize(
    ("activities", "counted"), [(["I.1", "I.2", "I.3"], [1, 3, 1, 1]), (["I.1", "I.3"], [1, 2, 1])]
)
def test_the_support_of_a_country_is_counted_by_activity(activities, counted):
    rows = pd.DataFrame(
        [
            ("I.1", "OIM", "en_curso", "HND"),
            ("I.1", "ACNUR", "concluida", "HND"),
            ("I.2", None, "solicitada", "HND"),
            ("I.9", "OIM", "en_curso", "HND"),
        ],
        columns=["activity", "partner", "state", "countries"],
    )
    reports = pd.DataFrame(
        [("I.1", "OIM"), ("I.2", ""), ("I.3", "UNICEF"), ("I.9", "OIM")],
        columns=["activity", "partners"],
    )
    said = findings.backed_in(EN, activities, rows, reports, "Honduras")
    assert numbers(said) == counted
    assert "1 more its reports name partners whose support is not registered" in said
