"""Files to the store: all or nothing, each file once, nothing lost, kinds never mixed."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text

from crmdata import plan, settings
from crmdata.access import secretariat
from crmdata.errors import AccessDenied, ImportRefused, StoreError
from crmdata.files import COLUMNS
from crmdata.intake.reports import check, import_files, read_files
from crmdata.store import db, queries
from crmdata.store.db import engine as db_engine
from crmdata.terms import DataKind
from crmdata.workflow import review
from tests.books import book
from tests.sheets import a_file, many_reports, text_of
from tests.support import EVERY_PLACE

STORED = ("batch", "report", "report_partner", "cooperation", "cooperation_country", "meeting")


def counts(engine) -> dict[str, int]:
    """Return the number of rows of each table that imports write."""
    with db.reading(engine) as session:
        return {
            table: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in (*STORED, "audit")
        }


def rows(engine, sql: str) -> list[tuple]:
    with db.reading(engine) as session:
        return [tuple(row) for row in session.execute(text(sql))]


def refused(engine, *files) -> list[str]:
    """Return the rules for which files are refused."""
    with pytest.raises(ImportRefused) as caught:
        import_files(engine, files, by="Ana")
    return [problem.rule for problem in caught.value.problems]


def written(tmp_path, reports, name="many.csv"):
    file = tmp_path / name
    file.write_text(text_of(reports), "utf-8")
    return file


# What is stored


def test_a_report_is_stored_as_it_was_written(engine, tmp_path):
    change = {"narrative": " =1+1\n«sí» 👧", "evidence": "https://b.org; https://a.org",
              "partners": "UNICEF;OIM", "percent": "33.33"}  # fmt: skip
    import_files(engine, [a_file(tmp_path, change)], by="Ana")
    with db.reading(engine) as session:
        (report,) = queries.report_history(session, date(2018, 12, 31)).to_dict("records")
    assert {name: report[name] for name in change} == change | {
        "evidence": "https://b.org;https://a.org", "percent": 33.33,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "stored"), [("no_iniciada", 0.0), ("cumplida", 100.0), ("no_aplica", None)]
)
def test_the_percent_that_a_state_implies_is_stored(engine, tmp_path, state, stored):
    file = a_file(tmp_path, {"state": state, "percent": "", "reason": "x"})
    import_files(engine, [file], by="Ana")
    assert rows(engine, "SELECT percent FROM report") == [(stored,)]


def test_cooperation_and_its_countries_are_stored(engine, tmp_path):
    file = a_file(tmp_path, {}, {"partner": "", "state": "solicitada"}, subject="cooperation")
    import_files(engine, [file], by="Ana")
    assert rows(engine, "SELECT partner, state FROM cooperation ORDER BY id") == [
        ("OIM", "ofrecida"), (None, "solicitada"),
    ]  # fmt: skip
    assert rows(
        engine,
        "SELECT country, position FROM cooperation_country ORDER BY cooperation_id, position",
    ) == [("HND", 1), ("GTM", 2), ("HND", 1), ("GTM", 2)]


def test_a_meeting_becomes_a_cut_off(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, subject="meetings")], by="Ana")
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) == date(2018, 10, 31)


def test_codes_belong_to_their_own_rows(engine, tmp_path):
    partners = ["OIM", "", "UNICEF;ACNUR", "ACNUR;OIM;UNICEF", ""]
    countries = ["HND", "GTM", "MEX", "USA", "CAN"]
    changes = [
        {"country": country, "partners": named}
        for country, named in zip(countries, partners, strict=True)
    ]
    import_files(engine, [a_file(tmp_path, *changes)], by="Ana")
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, date(2018, 12, 31)).set_index("country")
    assert [found.loc[country, "partners"] for country in countries] == partners


def test_the_batch_says_who_what_and_how_much(engine, tmp_path):
    (stored,) = import_files(engine, [a_file(tmp_path)], by=" Ana  Paz ", note="primer envío")
    assert rows(engine, "SELECT id, subject, imported_by, file_name, rows, note FROM batch") == [
        (stored.batch_id, "reports", "Ana Paz", "r.csv", 1, "primer envío")
    ]


def test_every_batch_has_its_row_in_the_audit_chain(engine, tmp_path):
    (stored,) = import_files(engine, [a_file(tmp_path)], by="Ana")
    ((actor, action, thing, detail),) = rows(
        engine, "SELECT actor, action, object, detail FROM audit ORDER BY seq DESC LIMIT 1"
    )
    assert (actor, action, thing) == ("Ana", "import", f"batch:{stored.batch_id}")
    assert json.loads(detail)["new"] == 1
    with db.reading(engine) as session:
        assert db.verify(session) == []


@pytest.mark.parametrize("by", ["", "  ", "Ana\0"])
def test_nobody_imports_without_a_name(engine, tmp_path, by):
    with pytest.raises(AccessDenied, match="not said who"):
        import_files(engine, [a_file(tmp_path)], by=by)


# All or nothing


def test_one_bad_row_in_three_thousand_writes_nothing_and_is_listed(engine, tmp_path):
    reports = many_reports(3000)
    reports[1500] |= {"percent": "101"}
    before = counts(engine)
    with pytest.raises(ImportRefused) as caught:
        import_files(engine, [written(tmp_path, reports)], by="Ana")
    assert [(p.rule, p.row) for p in caught.value.problems] == [("percent_range", 1502)]
    assert counts(engine) == before


def test_three_thousand_rows_are_stored_in_their_order(engine, tmp_path):
    reports = many_reports(3000)
    (stored,) = import_files(engine, [written(tmp_path, reports)], by="Ana")
    assert (stored.new, stored.corrections) == (1848, 1152)
    found = rows(engine, "SELECT country, activity, semester FROM report ORDER BY id")
    assert found == [(r["country"], r["activity"], r["semester"]) for r in reports]


def test_several_files_are_one_transaction(engine, tmp_path):
    good = a_file(tmp_path)
    bad = a_file(tmp_path, {"modality": "otra"}, name="c.csv", subject="cooperation")
    before = counts(engine)
    assert refused(engine, good, bad) == ["unknown_modality"]
    assert counts(engine) == before


def test_the_errors_of_all_files_are_listed(engine, tmp_path):
    files = [a_file(tmp_path, {"country": "X"}), a_file(tmp_path, {"state": "x"}, name="s.csv")]
    assert refused(engine, *files, tmp_path / "nada.csv") == [
        "unknown_country", "unknown_state", "no_file",
    ]  # fmt: skip


def test_each_of_several_files_becomes_a_batch(engine, tmp_path):
    files = [a_file(tmp_path), a_file(tmp_path, name="m.csv", subject="meetings")]
    stored = import_files(engine, files, by="Ana")
    assert [(batch.file, batch.subject) for batch in stored] == [
        ("r.csv", "reports"), ("m.csv", "meetings"),
    ]  # fmt: skip


def test_an_import_that_fails_while_writing_leaves_nothing(engine, tmp_path, monkeypatch):
    def full(*_args, **_values):
        raise OSError("disk")

    before = counts(engine)
    monkeypatch.setattr(db, "audit", full)
    with pytest.raises(OSError, match="disk"):
        import_files(engine, [a_file(tmp_path)], by="Ana")
    assert counts(engine) == before


def test_a_database_without_plan_takes_nothing(database_url, tmp_path):
    engine = db.connect(database_url)
    db.upgrade(engine)
    with pytest.raises(StoreError, match="crmdata load"):
        import_files(engine, [a_file(tmp_path)], by="Ana")
    engine.dispose()


# The same again


def test_the_same_file_is_taken_once(engine, tmp_path):
    file = a_file(tmp_path)
    (first,) = import_files(engine, [file], by="Ana")
    with pytest.raises(ImportRefused) as caught:
        import_files(engine, [file], by="Ana")
    (problem,) = caught.value.problems
    assert problem.rule == "already_imported"
    assert problem.values["batch"] == first.batch_id


def test_rows_that_are_stored_already_are_not_stored_again(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, {"partners": "OIM"})], by="Ana")
    again = a_file(tmp_path, {"partners": "OIM"}, {"country": "GTM"}, name="more.csv")
    (stored,) = import_files(engine, [again], by="Ana")
    assert (stored.new, stored.corrections, stored.unchanged) == (1, 0, 1)
    assert counts(engine)["report"] == 2


def test_no_change_since_then_is_a_report_of_its_own(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    later = a_file(tmp_path, {"reported_on": "2018-09-01"}, name="later.csv")
    (stored,) = import_files(engine, [later], by="Ana")
    assert stored.corrections == 1


def test_a_correction_leaves_the_corrected_report_where_it_is(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    file = a_file(tmp_path, {"percent": "60"}, name="s.csv")
    import_files(engine, [file], by="Ana", confirmed=EVERY_PLACE)
    assert rows(engine, "SELECT percent FROM report ORDER BY id") == [(45.0,), (60.0,)]
    with db.reading(engine) as session:
        assert queries.reports_in_force(session, date(2018, 12, 31))["percent"].tolist() == [60.0]


def test_an_error_may_be_taken_back_on_the_same_day(engine, tmp_path):
    for name, percent in (("a.csv", "45"), ("b.csv", "60"), ("c.csv", "45.0")):
        file = a_file(tmp_path, {"percent": percent}, name=name)
        import_files(engine, [file], by="Ana", confirmed=EVERY_PLACE)
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, date(2018, 12, 31)).set_index("country")
    assert found.loc["HND", "percent"] == 45.0


# Kinds of data


def test_demonstration_data_never_enters_a_database_for_real_data(engine, tmp_path):
    before = counts(engine)
    assert refused(engine, a_file(tmp_path, {"data_kind": "demostracion"})) == ["kinds_never_mix"]
    assert counts(engine) == before


def test_real_data_never_enters_a_demonstration_database(database_url, tmp_path):
    engine = db.connect(database_url)
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.DEMO)
    import_files(engine, [a_file(tmp_path, {"data_kind": "demostracion"}, name="d.csv")], by="Ana")
    before = counts(engine)
    assert refused(engine, a_file(tmp_path)) == ["kinds_never_mix"]
    assert counts(engine) == before
    engine.dispose()


# Several at once


def outcome(engine, file) -> str:
    try:
        import_files(engine, [file], by="Ana")
    except (ImportRefused, StoreError) as error:
        return error.problems[0].rule
    return "stored"


def at_once(engine, jobs) -> list[list[str]]:
    """Import lists of files in threads, each on connections of its own.

    Who is told that another import runs tries again, as a person would. Return for each thread
    what became of its files: `stored`, or the rule of the refusal.
    """
    url = engine.url.render_as_string(hide_password=False)
    together = threading.Barrier(len(jobs))

    def work(files) -> list[str]:
        mine = db.connect(url)
        together.wait()
        outcomes = []
        for file in files:
            outcomes.append("locked")
            while outcomes[-1] == "locked":
                outcomes[-1] = outcome(mine, file)
        mine.dispose()
        return outcomes

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(work, jobs))


def test_four_people_importing_at_once_lose_nothing(engine, tmp_path):
    reports = many_reports(4 * 10 * 5)
    files = [
        written(tmp_path, reports[start : start + 5], f"{start}.csv")
        for start in range(0, len(reports), 5)
    ]
    assert at_once(engine, [files[n::4] for n in range(4)]) == [["stored"] * 10] * 4
    assert counts(engine)["batch"] == 40
    found = rows(engine, "SELECT country, activity, semester FROM report")
    assert sorted(found) == sorted((r["country"], r["activity"], r["semester"]) for r in reports)
    with db.reading(engine) as session:
        assert db.verify(session) == []


def test_the_same_file_from_four_people_at_once_is_stored_once(engine, tmp_path):
    files = [written(tmp_path, many_reports(n), f"{n}.csv") for n in (40, 41, 42)]
    outcomes = at_once(engine, [files] * 4)
    for of_one_file in zip(*outcomes, strict=True):
        assert sorted(of_one_file) == ["already_imported"] * 3 + ["stored"]
    assert counts(engine)["report"] == 42


def test_who_waits_too_long_is_told_that_another_import_runs(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(db_engine, "LOCK_SECONDS", 0)
    waiting = db.connect(engine.url.render_as_string(hide_password=False))
    if waiting.dialect.name == "sqlite":
        db_engine.event.listen(
            waiting, "connect", lambda c, _: c.execute("PRAGMA busy_timeout = 50")
        )
    else:
        # PostgreSQL reads 0 as "for ever".
        monkeypatch.setattr(db_engine, "LOCK_SECONDS", "0.05")
    with db.writing(engine), pytest.raises(StoreError) as caught:
        import_files(waiting, [a_file(tmp_path)], by="Ana")
    assert caught.value.problems[0].rule == "locked"
    waiting.dispose()


# Nothing to import


def headings_only(folder, subject: str, ending: str):
    """Write a file that names the columns of a subject and says nothing under them."""
    file = folder / f"{subject}.{ending}"
    if ending == "csv":
        file.write_text(text_of([], subject), "utf-8")
    elif ending == "json":
        file.write_text(json.dumps({subject: []}), "utf-8")
    else:
        file.write_bytes(book([], header=COLUMNS[subject]))
    return file


def by_command(engine, file):
    import_files(engine, [file], by="Ana")


def by_command_for_the_review(engine, file):
    import_files(engine, [file], by="Ana", submit=True)


def by_the_page(engine, file):
    review.submit(engine, secretariat("Eva"), read_files([file]))


def by_the_desk(engine, file):
    review.record(engine, secretariat("Eva"), read_files([file]), note="Por teléfono")


@pytest.mark.parametrize("way", [by_command, by_command_for_the_review, by_the_page, by_the_desk])
@pytest.mark.parametrize(
    ("subject", "ending"),
    [("reports", "csv"), ("cooperation", "xlsx"), ("observations", "json"), ("meetings", "csv")],
)
def test_a_file_of_headings_alone_has_nothing_to_import_whoever_sends_it(
    engine, tmp_path, subject, ending, way
):
    file = headings_only(tmp_path, subject, ending)
    before = counts(engine)
    with pytest.raises(ImportRefused) as caught:
        way(engine, file)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.file) == ("no_rows", file.name)
    assert "There is nothing to import" in problem.text()
    assert counts(engine) == before


def test_a_check_of_headings_alone_says_what_an_import_does(engine, tmp_path):
    found = check(engine, read_files([headings_only(tmp_path, "reports", "csv")]))
    assert [problem.rule for problem in found.problems] == ["no_rows"]


def test_beside_a_file_with_rows_one_of_headings_alone_is_told_of_and_makes_no_batch(
    engine, tmp_path
):
    empty = headings_only(tmp_path, "cooperation", "csv")
    (stored,) = import_files(engine, [empty, a_file(tmp_path)], by="Ana")
    assert (stored.file, stored.new) == ("r.csv", 1)
    assert [(note.rule, note.file) for note in stored.warnings] == [("no_rows", empty.name)]
    assert counts(engine)["batch"] == 1


def test_a_file_in_which_only_a_total_stands_has_nothing_to_import(engine, tmp_path):
    file = a_file(tmp_path, dict.fromkeys(COLUMNS["reports"], "") | {"country": "Total"})
    assert refused(engine, file) == ["no_rows"]
    assert counts(engine)["batch"] == 0
