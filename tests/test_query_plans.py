"""How the questions of a page are answered: by an index, never by reading every report."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Engine, event, insert, text
from sqlmodel import Session, select

from crmdata.store import db, queries
from crmdata.store.models import Activity, Report
from crmdata.store.queries import Provisional
from tests.support import a_batch

DAY = date(2020, 1, 1)

SLOT = ["country", "activity", "semester"]

QUESTIONS = {
    "reports in force": lambda session: queries.reports_in_force(session, DAY),
    "reports in force, provisional": lambda session: queries.reports_in_force(
        session, DAY, provisional=Provisional(country="HND")
    ),
    "states in force": lambda session: queries.states_in_force(session, DAY),
    "first days": lambda session: queries.first_days(session, DAY),
    "newest reports": lambda session: queries.report_history(session, DAY, limit=10),
    "an activity's history": lambda session: queries.report_history(
        session, DAY, activity="IV.3.2"
    ),
    "certain reports": lambda session: queries.reports_numbered(session, [1, 2]),
    "default cut-off": queries.default_cutoff,
    "data version": queries.data_version,
}


@contextmanager
def asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Yield the statements that the database is sent."""
    statements: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def full_scans(session: Session, statement: str, parameters: Any) -> list[str]:
    """Return the steps of a plan that read the reports from the first to the last."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        names = ("report", "at", "after", "head", "one", "other", "kept")
        return [
            row.detail
            for row in plan
            # In the order of an index, up to the first few that are wanted, is no full scan.
            if any(f"{row.detail} ".startswith(f"SCAN {name} ") for name in names)
            and "USING COVERING INDEX ix_report_reported_on" not in row.detail
        ]
    # To read so few rows whole is quicker: what counts is whether there is another way.
    for way in ("seqscan", "hashjoin", "mergejoin"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
    return [step["Node Type"] for step in _steps(plan[0]["Plan"]) if _reads_all(step)]


def _steps(step: dict[str, Any], *, limited: bool = False) -> Iterator[dict[str, Any]]:
    """Yield a step and those below it, with whether it stops once enough was found."""
    kind = step["Node Type"]
    limited = kind == "Limit" or (limited and kind in {"Nested Loop", "Result"})
    yield step | {"limited": limited or step.get("limited", False)}
    for below in step.get("Plans", ()):
        yield from _steps(below | {"limited": limited}, limited=limited)


def _reads_all(step: dict[str, Any]) -> bool:
    """Tell whether a step reads all reports; one that stops at the first few does not."""
    if step.get("Relation Name") != "report" or step["limited"]:
        return False
    return "Index Cond" not in step and "Recheck Cond" not in step


def many_corrections(session: Session) -> None:
    """Store twenty reports on each activity of three countries, a month apart."""
    batch = a_batch(session, "many")
    said = {"batch_id": batch, "semester": "2018-1", "state": "en_curso", "percent": 40.0,
            "narrative": "n", "reason": "", "evidence": ""}  # fmt: skip
    activities = session.exec(select(Activity.activity)).all()
    days = [date(2018, 1, 1) + timedelta(days=30 * place) for place in range(20)]
    reports = [
        {**said, "country": country, "activity": activity, "reported_on": day}
        for country in ("CRI", "HND", "PAN")
        for activity in activities
        for day in days
    ]
    session.execute(insert(Report), reports)


def test_no_question_of_a_page_reads_every_report(engine):
    with db.writing(engine) as session:
        many_corrections(session)
        session.execute(text("ANALYZE"))
    found = {}
    with db.reading(engine) as session:
        for name, question in QUESTIONS.items():
            with asked(engine) as statements:
                question(session)
            told = [(said, given) for said, given in statements if "FROM" in said]
            scans = [full_scans(session, said, given) for said, given in told]
            found[name] = [step for steps in scans for step in steps]
    assert found == {name: [] for name in QUESTIONS}


def test_what_is_looked_up_says_what_the_whole_history_says(demo_engine):
    with db.reading(demo_engine) as session:
        for day in (date(2018, 8, 1), date(2019, 6, 30), DAY):
            whole = queries.report_history(session, day)
            oldest_first = whole.sort_values(["country", "activity", "semester", "reported_on",
                                              "report_id"])  # fmt: skip
            newest = oldest_first.drop_duplicates(SLOT, keep="last")
            firsts = oldest_first.drop_duplicates(SLOT)
            in_force = queries.reports_in_force(session, day)
            states = queries.states_in_force(session, day)
            first_days = queries.first_days(session, day)
            limited = queries.report_history(session, day, limit=30)
            named = queries.reports_numbered(session, whole["report_id"])
            same(in_force, newest[in_force.columns])
            same(states, newest[states.columns])
            same(first_days, firsts[first_days.columns])
            same(limited, whole.head(30))
            same(named.sort_values("report_id"), whole.sort_values("report_id")[named.columns])


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_dtype=False
    )
