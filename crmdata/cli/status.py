"""The state of the store in words: what it holds and whether it is in order."""

from sqlalchemy import Engine, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from crmdata import start
from crmdata.errors import N_, CrmdataError, Problem
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import Audit, Cooperation, PlanVersion, Report
from crmdata.workflow.proving import proved_rows

KEPT_DIGITS = 8
"""The least of a head that somebody kept: fewer digits could be another's."""


def status_lines(
    words: Words, engine: Engine, *, head: str = ""
) -> tuple[list[str], list[Problem]]:
    """Return the lines to show, and the problems: a wrong schema, rows not as they were signed.

    `head` is one that somebody kept of the audit chain, as a hand-out or a backup prints it: a
    chain that does not hold it was cut or replaced.
    """
    lines = [words("Database: {url}", url=engine.url.render_as_string(hide_password=True))]
    problem = start.schema_problem(engine)
    if problem is not None:
        return lines, [problem]
    lines.append(words("Schema: {revision}, up to date", revision=db.head_revision()))
    with db.reading(engine) as session:
        schema = db.verify_schema(session)
        # Altered rows weigh more than what let them be altered: that is said beside them.
        problems = [*proved_rows(session), *_missing_head(session, head)] or schema
        lines += [problem.text(words) for problem in schema if problem not in problems]
        try:
            lines += _content_lines(words, session)
        except (CrmdataError, SQLAlchemyError):
            # What cannot be read is among the problems.
            if not problems:
                raise
        if not problems:
            entries = words.number(_count(session, Audit))
            lines.append(words("Audit chain: in order, {entries} entries", entries=entries))
            lines.append(words("Head of the chain: {head}", head=queries.chain_head(session)))
    return lines, problems


def _missing_head(session: Known, head: str) -> list[Problem]:
    """Return what is wrong where the chain does not hold a head that somebody kept."""
    wanted = head.strip().lower()
    if not wanted:
        return []
    number, _, digits = wanted.rpartition("-")
    digits = digits.rpartition(":")[2]
    query = select(Audit.__table__.c.seq, Audit.__table__.c.hash)  # type: ignore[attr-defined]  # every table model has it
    if len(digits) >= KEPT_DIGITS and any(
        stored.rpartition(":")[2].startswith(digits) and number in {"", str(seq)}
        for seq, stored in session.execute(query)
    ):
        return []
    return [
        Problem(
            "head_missing",
            N_("The audit chain does not hold the head {head}: it was cut or replaced."),
            N_("Compare with a backup of that day: `crmdata restore --check FILE`."),
            values={"head": head},
        )
    ]


def _content_lines(words: Words, session: Known) -> list[str]:
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


def _count(session: Known, model: type) -> int:
    table: Table = model.__table__  # type: ignore[attr-defined]  # every table model has it
    return int(session.execute(select(func.count()).select_from(table)).scalar_one())
