"""What is said of activities: since when something is pending, who said what, nothing left out."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from crmdata import view
from crmdata.content import due
from crmdata.content.activities import listing, sheet, standings
from crmdata.content.calendar import schedule
from crmdata.content.cell_tables import FaceTable, Kind
from crmdata.content.papers import line
from crmdata.content.parts import GroupedBars, Note, Part, Section, Speaker, Statements, Terms
from crmdata.i18n import words_for
from crmdata.labels import NO_REPORT, label
from crmdata.store import db
from crmdata.terms import Period
from crmdata.view import View

EN = words_for("en")
CUTOFF = date(2019, 11, 15)


@pytest.fixture(scope="module")
def seen(demo_file) -> Iterator[View]:
    engine = db.connect(f"sqlite:///{demo_file}")
    with db.reading(engine) as session:
        yield view.read(session, CUTOFF)
    engine.dispose()


def part(section: Section, kind: type[Part]) -> Part:
    (found,) = (each for each in section.parts if isinstance(each, kind))
    return found


def speakers(seen: View, code: str, picked: str | None = None, **may: bool) -> dict[str, Speaker]:
    made = sheet.sections(seen, EN, code, picked, may_report=may.get("may_report", False))
    (said,) = (each for each in made if each.key == "reportes")
    found = part(said, Statements)
    assert isinstance(found, Statements)
    return {speaker.name.short: speaker for speaker in found.speakers}


def table(seen: View, code: str) -> FaceTable:
    return standings.table(seen, EN, code, "", None)


def test_each_activity_says_since_when_its_oldest_silence_is_pending(seen):
    cells, said = seen.frame("cells"), due.pending_notes(seen, EN, seen.frame("cells"))
    assert set(said) == set(cells["activity"])
    for code, own in cells.groupby("activity"):
        silent = own.loc[own["due"] & own["state"].isna()]
        if silent.empty:
            assert said[code].startswith("nothing ")
            continue
        ended = Period.parse(silent["semester"].min()).ends
        assert f"since {EN.date(ended, 'medium')}, for " in said[code]
        assert f"in {silent['country'].nunique()} countr" in said[code]


@pytest.mark.parametrize("picked", [None, "HND"])
def test_a_sheet_says_by_when_before_it_says_how_much_has_arrived(seen, picked):
    slots = seen.frame("slots")
    for code, own in slots.groupby("activity"):
        first, *_ = sheet.sections(seen, EN, code, picked, may_report=False)
        assert first.finding is not None
        notes = [each.text for each in first.parts if isinstance(each, Note)]
        said = " ".join([*first.finding.sentences[1:], *notes])
        ends = sorted(Period.parse(semester).ends for semester in own["semester"])
        ahead = [day for day in ends if day >= CUTOFF]
        kind = "next due on" if ahead else "last due on"
        day = EN.date(ahead[0] if ahead else ends[-1], "medium")
        assert re.match(rf"By the plan: [-I, to0-9]+; {kind} {day}\. .*expected", said), code


def test_a_sheet_without_a_semester_says_so_beneath_its_headline(seen):
    code = min(set(seen.frame("activities")["activity"]) - set(seen.frame("slots")["activity"]))
    first, *_ = sheet.sections(seen, EN, code, None, may_report=False)
    assert first.finding is not None
    assert "The plan schedules no semester for it" in first.finding.sentences[1]


def test_the_document_of_a_line_says_by_when_each_activity_is_due(seen):
    slots = seen.frame("slots")
    planned = line.sections(line.LinePart(seen, EN, "IV", schedule(seen, EN)))
    (plan,) = (each for each in planned if each.key == "plan")
    terms = part(plan, Terms)
    assert isinstance(terms, Terms)
    said = dict(terms.terms)
    for code, text in said.items():
        own = slots.loc[slots["activity"] == code, "semester"]
        assert text.endswith(due.scheduled(EN, own, CUTOFF)), code


def test_of_one_country_no_number_of_countries_is_said(seen):
    cells = seen.frame("cells")
    said = due.pending_notes(seen, EN, cells.loc[cells["country"] == "HND"])
    assert any("pending since" in note for note in said.values())
    assert not any("countr" in note for note in said.values())


def listed(seen: View, codes: list[str]) -> list[GroupedBars]:
    results = listing.Results(codes, seen.frame("cells"))
    made = listing.sections(seen, EN, results)
    return [each for said in made for each in said.parts if isinstance(each, GroupedBars)]


def rows(parts: GroupedBars) -> list[str]:
    return [bar.name.short for group in parts.groups for bar in group.bars]


def test_every_activity_stands_once_in_the_list_under_its_line(seen):
    codes = list(seen.frame("activities")["activity"])
    shown, folded = listed(seen, codes)
    assert rows(shown) + rows(folded) == codes
    for group in [*shown.groups, *folded.groups]:
        assert {bar.name.short.split(".")[0] for bar in group.bars} == {group.name.short}
    assert (shown.folded, folded.folded) == (False, True)
    assert len(rows(shown)) <= 10


def test_of_a_long_line_the_first_activities_stand_open(seen):
    activities = seen.frame("activities")
    codes = list(activities.loc[activities["line"] == "IV", "activity"])
    shown, folded = listed(seen, codes)
    assert (len(rows(shown)), len(rows(folded))) == (10, 2)
    assert folded.groups[0].total == "2 more activities"


def test_a_line_of_which_little_would_stand_open_unfolds_whole(seen):
    codes = [*seen.frame("activities")["activity"]]
    shown, folded = listed(seen, codes[:9] + codes[16:20])
    assert (rows(shown), rows(folded)) == (codes[:9], codes[16:20])


def test_an_overdue_place_says_for_how_many_months(seen):
    faces = [
        (period, cell.face)
        for (_, period), cell in table(seen, "I.1.1").cells.items()
        if cell.face.kind == Kind.OVERDUE
    ]
    assert faces
    for period, face in faces:
        ended = Period.parse(period).ends
        months = 12 * (CUTOFF.year - ended.year) + CUTOFF.month - ended.month
        assert face.note == f"{months - (CUTOFF.day < ended.day)} months"


def test_a_silence_within_the_time_to_report_is_not_overdue(demo_file):
    engine = db.connect(f"sqlite:///{demo_file}")
    with db.reading(engine) as session:
        seen = view.read(session, date(2019, 7, 2))
        kinds = {
            cell.face.kind
            for (_, period), cell in table(seen, "I.1.1").cells.items()
            if period == "2019-1"
        }
    engine.dispose()
    assert Kind.SILENT in kinds
    assert Kind.OVERDUE not in kinds


def test_every_report_on_an_activity_is_said_once_newest_period_first(seen):
    for code in ("I.1.1", "IV.3.2", "XIV.4.1"):
        said = speakers(seen, code)
        history = seen.history_of(code)
        assert sum(len(each.statements) for each in said.values()) == len(history)
        for country, own in history.groupby("country"):
            periods = [each.head.split(" · ")[0] for each in said[country].statements]
            expected = sorted(own["semester"], reverse=True)
            assert periods == [EN.period(each) for each in expected]


def test_who_owes_a_report_stands_among_those_who_reported_with_what_is_missing(seen):
    cells = standings.of_activity(seen.frame("cells"), "I.1.1")
    silent = cells.loc[cells["due"] & cells["state"].isna()]
    said = speakers(seen, "I.1.1")
    for country, own in silent.groupby("country"):
        for period in own["semester"]:
            assert EN.period(period) in said[country].note
    assert list(said) == sorted(said, key=lambda code: said[code].name.text)


def test_a_corrected_report_says_on_which_day_and_which_one_is_in_force(seen):
    reports = seen.frame("reports")
    row = reports.loc[reports["earlier"] > 0].iloc[0]
    heads = [each.head for each in speakers(seen, row["activity"])[row["country"]].statements]
    own = [head for head in heads if head.startswith(EN.period(row["semester"]))]
    assert "In force" in own[0]
    assert all("Corrected on " in head for head in own[1:])
    assert len(own) == 1 + row["earlier"]


def sentences(seen: View, code: str, picked: str | None) -> tuple[str, ...]:
    finding = sheet.sections(seen, EN, code, picked, may_report=False)[0].finding
    assert finding is not None
    return finding.sentences


def test_with_a_country_chosen_the_sheet_says_first_what_it_said_last(seen):
    reports = standings.of_activity(seen.frame("reports"), "IV.3.2")
    own = reports.loc[reports["country"] == "HND"].sort_values("semester").iloc[-1]
    said = sentences(seen, "IV.3.2", "HND")[0]
    assert said.startswith("IV.3.2. ")
    assert f" Honduras: {label(EN, own['state'])}" in said
    assert f"({EN.period(own['semester'])})" in said


def test_with_a_country_chosen_the_sheet_says_next_what_it_lacks(seen):
    cells = standings.of_activity(seen.frame("cells"), "I.1.1")
    own = cells.loc[cells["due"] & cells["state"].isna() & cells["country"].eq("HND")]
    assert len(own)
    arrived, due = int(cells.loc[cells["country"].eq("HND"), "due"].sum()) - len(own), len(own)
    said = sentences(seen, "I.1.1", "HND")[1]
    assert f", {arrived} of {arrived + due}. No report of " in said
    assert all(EN.period(period) in said for period in own["semester"])
    assert "pending since" in said


def test_a_country_without_a_report_on_an_activity_is_told_so(seen):
    reported = set(zip(*(seen.frame("reports")[name] for name in ("activity", "country")),
                       strict=True))  # fmt: skip
    silent = [
        code for code in seen.frame("activities")["activity"] if (code, "HND") not in reported
    ]
    assert "Honduras has not reported on it." in sentences(seen, silent[0], "HND")[0]


def test_who_owes_of_all_countries_stands_after_a_countrys_own(seen):
    *_, owing = sentences(seen, "I.1.1", None)
    assert "pending" in owing
    first = sheet.sections(seen, EN, "I.1.1", "HND", may_report=False)[0]
    # Beneath the picture, for which a phone's first screen must have room.
    assert part(first, Note) == Note(owing)


def test_who_may_report_is_led_there_from_the_country_looked_at(seen):
    may = speakers(seen, "I.1.1", "HND", may_report=True)
    assert [way.changes for _, way in may["HND"].actions] == [{"pais": "HND", "actividad": "I.1.1"}]
    assert not any(each.actions for code, each in may.items() if code != "HND")
    assert not any(each.actions for each in speakers(seen, "I.1.1", "HND").values())


def test_what_stands_outside_the_calendar_is_marked_in_the_head_of_its_column(seen):
    made = table(seen, "IV.3.2")
    slots = standings.of_activity(seen.frame("slots"), "IV.3.2")["semester"]
    marked = {code for code, name in made.columns.items() if name.short.endswith("*")}
    assert marked == set(made.columns) - set(slots)
    assert marked


def test_the_table_to_take_along_says_in_words_what_the_picture_shows(seen):
    grid, cells = standings.grid(seen, EN, "I.1.1"), seen.frame("cells")
    shown = table(seen, "I.1.1")
    own = standings.of_activity(cells, "I.1.1")
    assert list(grid.iloc[:, 0]) == [name.full for name in shown.rows.values()]
    silent = own.loc[own["due"] & own["state"].isna()]
    said = [str(cell) for cell in grid.iloc[:, 1:].to_numpy().flat]
    assert sum(cell.startswith(NO_REPORT) for cell in said) == len(silent)


def test_what_does_not_stand_open_says_how_many_there_are_of_it(seen):
    codes = [*seen.frame("activities")["activity"]]
    made = listing.sections(seen, EN, listing.Results(codes, seen.frame("cells")))
    others = len(codes) - len(rows(listed(seen, codes)[0]))
    assert made[-1].title == f"The other {others} activities"


def test_what_is_pending_unfolds_at_once_and_a_line_alone(seen):
    cells = seen.frame("cells")
    silent = sorted(set(cells.loc[cells["due"] & cells["state"].isna(), "activity"]))
    pending = listing.sections(seen, EN, listing.Results(silent, cells, pending=True))
    [of_found] = pending[-1].parts
    _, of_lines = listed(seen, [*seen.frame("activities")["activity"]])
    assert (of_found.at_once, of_lines.at_once) == (True, False)
