"""The state of the store in words: what it holds and whether it is in order."""

from sqlalchemy import Engine, Table, func, select
from sqlmodel import Session

from crmdata import db, queries, snapshots, start
from crmdata.errors import Problem
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.models import Audit, Cooperation, PlanVersion, Report


def status_lines(words: Words, engine: Engine) -> tuple[list[str], list[Problem]]:
    """Return the lines to show, and the problems: a wrong schema, a broken audit chain."""
    lines = [words("Database: {url}", url=engine.url.render_as_string(hide_password=True))]
    problem = start.schema_problem(engine)
    if problem is not None:
        return lines, [problem]
    lines.append(words("Schema: {revision}, up to date", revision=db.head_revision()))
    with db.reading(engine) as session:
        problems = [*db.prove(session), *snapshots.verify(session)]
        lines += _content_lines(words, session)
        if not problems:
            entries = words.number(_count(session, Audit))
            lines.append(words("Audit chain: in order, {entries} entries", entries=entries))
    return lines, problems


def _content_lines(words: Words, session: Session) -> list[str]:
    kind = queries.data_kind(session)
    newest = int(queries.plan_versions(session)["version_id"].iloc[0])
    version = session.get_one(PlanVersion, newest)
    batches = queries.batches(session)
    return [
        words("Kind of data: {kind}", kind=label(words, kind)),
        words(
            "Plan: version {version}, in force from {day}, loaded by {by}",
            version=version.id,
            day=words.date(version.in_force_from),
            by=version.loaded_by,
        ),
        words("Activities: {n}", n=words.number(len(queries.activities(session, newest)))),
        words("Slots: {n}", n=words.number(len(queries.slots(session, newest)))),
        words("Reports: {n}", n=words.number(_count(session, Report))),
        words("Lines of cooperation: {n}", n=words.number(_count(session, Cooperation))),
        words("Meetings: {n}", n=words.number(len(queries.meetings(session)))),
        words("Snapshots: {n}", n=words.number(len(queries.snapshots(session)))),
        words("Batches: {n}", n=words.number(len(batches))),
    ]


def _count(session: Session, model: type) -> int:
    table: Table = model.__table__  # type: ignore[attr-defined]  # every table model has it
    return int(session.execute(select(func.count()).select_from(table)).scalar_one())
