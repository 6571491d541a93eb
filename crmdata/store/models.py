"""All tables. The constraints live in the database itself, not only in the code above it.

`table=True` classes do not validate: rows are checked where they enter (`crmdata.plan`,
`intake.reports`) and again by the constraints here. Times are UTC text (`2026-11-24T01:02:03Z`)
since SQLite returns zoned times without their zone. No `from __future__ import annotations`:
SQLModel reads the annotations at run time.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel

from crmdata.fields import REDACTABLE
from crmdata.terms import (
    AgreementStep,
    ChangeKind,
    Closing,
    CooperationState,
    DataKind,
    MarkKind,
    Modality,
    Reading,
    State,
    Step,
)


class Table(SQLModel):
    """Base of all tables: constraint names that both databases and Alembic agree on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


_NO_COUNTER = {"autoincrement": False}
"""For a key that another table counts."""


_SALT: Any = Field(default="", sa_column_kwargs={"server_default": ""})
"""Random digits that the row's hash covers: it goes with a redacted text, which nobody who guesses
can then prove by the hash. Empty in rows that an earlier version stored.
"""


def _of_version(table: str, *columns: tuple[str, str]) -> ForeignKeyConstraint:
    """Refer to a row of the same plan version."""
    return ForeignKeyConstraint(
        ["version_id", *(here for here, _ in columns)],
        [f"{table}.version_id", *(f"{table}.{there}" for _, there in columns)],
    )


class Store(Table, table=True):
    """The one row that says what the database holds: real or demonstration data."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"), _one_of("kind", DataKind))
    id: int = Field(default=1, primary_key=True)
    kind: str
    created_at: str


class PlanVersion(Table, table=True):
    """A state of the plan's files.

    The version in force at a cut-off is the last one whose `in_force_from` is not after it,
    else the first.
    """

    __tablename__ = "plan_version"
    id: int = Field(primary_key=True)
    plan_id: str
    """By which the plan names itself in its files: one database holds versions of one plan."""
    content_sha256: str
    in_force_from: date
    loaded_at: str
    loaded_by: str
    note: str
    first_year: int
    year_columns: int
    """How many years have a column in the source, from `first_year` on."""
    period_from: int
    period_to: int
    title: str
    title_en: str
    short_title: str
    short_title_en: str
    objective: str
    objective_en: str
    principle: str
    principle_en: str
    footnote: str
    footnote_en: str


class Axis(Table, table=True):
    """A thematic axis of a plan version."""

    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    axis: int = Field(primary_key=True)
    title: str
    title_en: str
    objective: str
    objective_en: str


class Line(Table, table=True):
    """A strategic line (`IV`) of a plan version."""

    __table_args__ = (_of_version("axis", ("axis", "axis")),)
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    line: str = Field(primary_key=True)
    position: int
    axis: int
    title: str
    title_en: str


class Result(Table, table=True):
    """An expected result (`IV.3`) of a plan version."""

    __table_args__ = (_of_version("line", ("line", "line")),)
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    result: str = Field(primary_key=True)
    position: int
    line: str
    title: str
    title_en: str


class Activity(Table, table=True):
    """The identity of an activity (`IV.3.2`) over all versions: what reports attach to."""

    activity: str = Field(primary_key=True)


class PlannedActivity(Table, table=True):
    """What a plan version says of an activity."""

    __tablename__ = "planned_activity"
    __table_args__ = (_of_version("result", ("result", "result")), _one_of("reading", Reading))
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    activity: str = Field(primary_key=True, foreign_key="activity.activity")
    position: int
    result: str
    text: str
    text_en: str
    responsible: str
    responsible_en: str
    reading: str
    note: str
    note_en: str


class Mark(Table, table=True):
    """A filled year cell of the plan, verbatim, and what it means."""

    __table_args__ = (
        _of_version("planned_activity", ("activity", "activity")),
        _one_of("kind", MarkKind),
    )
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    activity: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    mark: str
    kind: str


class SemesterRow(Table, table=True):
    """A period (`2018-1`) that reports and slots may name."""

    __tablename__ = "semester"
    semester: str = Field(primary_key=True)
    starts: date
    ends: date


class Slot(Table, table=True):
    """An activity × period in which a plan version foresees work."""

    __table_args__ = (_of_version("planned_activity", ("activity", "activity")),)
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    activity: str = Field(primary_key=True)
    semester: str = Field(primary_key=True, foreign_key="semester.semester")
    quarter: bool
    """True where the mark names only the first quarter of the period."""


class PlanChange(Table, table=True):
    """A difference of a plan version against the one before it."""

    __tablename__ = "plan_change"
    __table_args__ = (_one_of("kind", ChangeKind),)
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    position: int = Field(primary_key=True)
    kind: str
    level: str
    code: str
    field: str
    before: str
    after: str


class Country(Table, table=True):
    """A party, who reports: the member countries, and the region itself (`member` false)."""

    country: str = Field(primary_key=True)
    member: bool
    name_es: str
    name_en: str
    tile_row: int | None
    tile_column: int | None


class OtherName(Table, table=True):
    """Another code or name that people write for a party, in small letters without accents.

    It decides nothing: it only lets a refused row say who was probably meant.
    """

    __tablename__ = "other_name"
    name: str = Field(primary_key=True)
    country: str = Field(foreign_key="country.country")


PROCESS, TOPIC = "process", "topic"
"""The words of a plan for the process that it is of, in short, and for itself in a letter."""

NAME_OF = "name "
"""Stands before the code of an item in the word that is its short name."""

SEARCHED_AS = "search "
"""Stands before what the search opens by the words of that row."""

SAME_WORDS = "same "
"""Stands before the number of a row of words that mean the same in the search."""


THRESHOLD = "threshold "
"""Stands before the name of a threshold, whose value is its word in either language."""


class PlanWord(Table, table=True):
    """A word by which pages and files speak of the plan, and no part of the plan itself."""

    __tablename__ = "plan_word"
    word: str = Field(primary_key=True)
    es: str
    en: str


class Partner(Table, table=True):
    """A cooperation agency, with its acronym and name in both languages."""

    partner: str = Field(primary_key=True)
    acronym_en: str
    name_es: str
    name_en: str


class PlanMention(Table, table=True):
    """A place where the plan's own text names a partner."""

    __tablename__ = "plan_mention"
    __table_args__ = (_of_version("planned_activity", ("activity", "activity")),)
    version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    partner: str = Field(primary_key=True, foreign_key="partner.partner")
    activity: str = Field(primary_key=True)
    quote: str


class Batch(Table, table=True):
    """One imported file. Its hash makes a retry of the same file harmless."""

    __table_args__ = (UniqueConstraint("file_sha256"),)
    id: int | None = Field(default=None, primary_key=True)
    subject: str
    imported_at: str
    imported_by: str
    file_name: str
    file_sha256: str
    rows: int
    note: str


class Meeting(Table, table=True):
    """A named cut-off. A later row with the same code replaces an earlier one in the views."""

    __table_args__ = (UniqueConstraint("batch_id", "meeting"),)
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    meeting: str
    name_es: str
    name_en: str
    held_on: date
    corte: date


class Report(Table, table=True):
    """What a country says of an activity in a period. Append-only by trigger.

    `evidence` holds the links separated by `;`, as in the file.
    """

    __table_args__ = (
        UniqueConstraint("batch_id", "country", "activity", "semester", "reported_on"),
        _one_of("state", State),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint(
            "(state = 'no_iniciada' AND percent IS NOT NULL AND percent = 0)"
            " OR (state = 'cumplida' AND percent IS NOT NULL AND percent = 100)"
            " OR (state IN ('en_curso', 'suspendida') AND percent IS NOT NULL)"
            " OR (state = 'no_aplica' AND percent IS NULL)",
            name="percent_of_state",
        ),
        CheckConstraint(
            "state NOT IN ('suspendida', 'no_aplica') OR reason <> ''", name="reason_of_state"
        ),
        # What is in force, first and last of a slot; with the batch nothing else is looked at.
        Index(None, "country", "activity", "semester", "reported_on", "id", "batch_id"),
        Index(None, "reported_on", "id", "batch_id"),
        Index(None, "activity"),
    )
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    country: str = Field(foreign_key="country.country")
    activity: str = Field(foreign_key="activity.activity")
    semester: str = Field(foreign_key="semester.semester")
    state: str
    percent: float | None
    narrative: str
    reason: str
    evidence: str
    reported_on: date
    salt: str = _SALT


class ReportPartner(Table, table=True):
    """A partner that a report names as supporting. Append-only by trigger."""

    __tablename__ = "report_partner"
    report_id: int = Field(primary_key=True, foreign_key="report.id")
    partner: str = Field(primary_key=True, foreign_key="partner.partner")
    position: int


class Cooperation(Table, table=True):
    """What a partner offers or does for an activity, or what is asked for. Append-only.

    A later row with the same partner, activity, countries, modality and first period
    takes the place of an earlier one in the views.
    """

    __table_args__ = (
        _one_of("modality", Modality),
        _one_of("state", CooperationState),
        CheckConstraint("partner IS NOT NULL OR state = 'solicitada'", name="partner_or_request"),
        CheckConstraint("semester_from <= semester_to", name="period"),
    )
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    partner: str | None = Field(default=None, foreign_key="partner.partner")
    activity: str = Field(foreign_key="activity.activity")
    semester_from: str = Field(foreign_key="semester.semester")
    semester_to: str = Field(foreign_key="semester.semester")
    modality: str
    state: str
    text: str
    evidence: str
    reported_on: date
    salt: str = _SALT


class CooperationCountry(Table, table=True):
    """A party a line of cooperation is for: a country, or the region. Append-only by trigger."""

    __tablename__ = "cooperation_country"
    cooperation_id: int = Field(primary_key=True, foreign_key="cooperation.id")
    country: str = Field(primary_key=True, foreign_key="country.country")
    position: int


class Observation(Table, table=True):
    """What a country says beside its figures, for a meeting. Append-only.

    A later row with the same country and meeting takes the place of an earlier one in the views.
    `meeting` is a meeting's code.
    """

    __table_args__ = (
        UniqueConstraint("batch_id", "country", "meeting", "reported_on"),
        CheckConstraint("observation <> ''", name="observation"),
    )
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    country: str = Field(foreign_key="country.country")
    meeting: str
    observation: str
    reported_on: date
    salt: str = _SALT


class Audit(Table, table=True):
    """Who did what, when: one row an act, in the act's own transaction, chained by hash.

    `hash` is the SHA-256 of the previous hash and this row's other columns
    (`crmdata.store.db.audit`); the first row's `previous` is empty. Append-only by trigger.
    """

    seq: int = Field(primary_key=True)
    at: str
    actor: str
    action: str
    object: str
    detail: str
    content_sha256: str
    previous: str
    hash: str


class ReviewAct(Table, table=True):
    """A step of a batch: what is counted, and since when, follows from these. Append-only.

    `seq` is the act's row in the audit chain, `day` the one from which it counts, `identity`
    what tells its actor from others of the same name, `text` the comment or the reason.
    """

    __tablename__ = "review_act"
    __table_args__ = (_one_of("step", Step), Index(None, "batch_id"))
    seq: int = Field(primary_key=True, foreign_key="audit.seq", sa_column_kwargs=_NO_COUNTER)
    batch_id: int = Field(foreign_key="batch.id")
    step: str
    day: date
    at: str
    actor: str
    role: str
    identity: str
    text: str


class ReviewRow(Table, table=True):
    """A row that an act on a batch names; one that names none is of the whole. Append-only.

    `row` is the id in the table of the batch's subject: a report or a line of cooperation.
    """

    __tablename__ = "review_row"
    seq: int = Field(primary_key=True, foreign_key="review_act.seq", sa_column_kwargs=_NO_COUNTER)
    row: int = Field(primary_key=True, sa_column_kwargs=_NO_COUNTER)


class ClosingAct(Table, table=True):
    """A country's period closed or opened again; columns as in `ReviewAct`. Append-only."""

    __tablename__ = "closing_act"
    __table_args__ = (_one_of("step", Closing), Index(None, "country", "semester"))
    seq: int = Field(primary_key=True, foreign_key="audit.seq", sa_column_kwargs=_NO_COUNTER)
    country: str = Field(foreign_key="country.country")
    semester: str = Field(foreign_key="semester.semester")
    step: str
    day: date
    at: str
    actor: str
    role: str
    identity: str
    text: str


class Agreement(Table, table=True):
    """An agreement noted, or what became of it by a later row; columns as in `ReviewAct`.

    `agreement` is the `seq` of the row that noted it. Pinned to a line, an activity or a
    country, or to several of them; a `party` (a country, or the region) or a `partner` answers
    for it until `due_on`: neither is said of those that an earlier version noted. `day` is the
    one on which it was agreed, done, opened again or withdrawn, `text` the agreement, how it was
    done or the reason; `meeting` a meeting's code, or empty. Append-only.
    """

    __table_args__ = (
        _one_of("step", AgreementStep),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint(
            "step <> 'noted' OR line IS NOT NULL OR activity IS NOT NULL OR country IS NOT NULL",
            name="pinned",
        ),
        CheckConstraint("party IS NULL OR partner IS NULL", name="responsible"),
        Index(None, "agreement"),
    )
    seq: int = Field(primary_key=True, foreign_key="audit.seq", sa_column_kwargs=_NO_COUNTER)
    agreement: int = Field(foreign_key="agreement.seq")
    step: str
    day: date
    line: str | None
    activity: str | None = Field(foreign_key="activity.activity")
    country: str | None = Field(foreign_key="country.country")
    party: str | None = Field(default=None, foreign_key="country.country")
    partner: str | None = Field(default=None, foreign_key="partner.partner")
    due_on: date | None = None
    meeting: str
    text: str
    at: str
    actor: str
    role: str
    identity: str


class Snapshot(Table, table=True):
    """A picture that is named and can be opened again for years. Append-only by trigger.

    `snapshot` is its id: the cut-off `corte` and the beginning of `content_sha256`, the hash of
    all that it shows. It shows what the store knew up to row `until` of the audit chain and plan
    version `version_id`, by the rules `threshold` and `grace_days`; `places` holds the rows of
    countries and partners as JSON, since those are not kept in versions. `meeting` is a
    meeting's code, or empty.
    """

    __table_args__ = (
        UniqueConstraint("snapshot"),
        CheckConstraint("name <> '' OR meeting <> ''", name="named"),
    )
    seq: int = Field(primary_key=True, foreign_key="audit.seq", sa_column_kwargs=_NO_COUNTER)
    snapshot: str
    content_sha256: str
    name: str
    meeting: str
    corte: date
    until: int = Field(foreign_key="audit.seq")
    version_id: int = Field(foreign_key="plan_version.id")
    threshold: float
    grace_days: int
    places: str
    at: str
    actor: str
    role: str
    identity: str


class OpenLogin(Table, table=True):
    """A login that has not ended. `login` and `person` are hashes (`crmdata.workflow.accounts`)."""

    __tablename__ = "open_login"
    login: str = Field(primary_key=True)
    person: str
    ends_at: str


class Redaction(Table, table=True):
    """A text that redaction `seq` of the audit chain took out, by its place. Append-only.

    Of a row of `audit` the column is named with the key in its detail: `detail.text`. The
    triggers of the tables let the change through that a row here names, and no other.
    """

    __table_args__ = (
        UniqueConstraint("table_name", "row_id", "column_name"),
        CheckConstraint(
            "table_name || '.' || column_name IN ("
            + ", ".join(f"'{place}'" for place in REDACTABLE)
            + ")",
            name="place",
        ),
        # The act is written last: it holds the hashes of what the change leaves.
        ForeignKeyConstraint(["seq"], ["audit.seq"], deferrable=True, initially="DEFERRED"),
    )
    seq: int = Field(primary_key=True, sa_column_kwargs=_NO_COUNTER)
    position: int = Field(primary_key=True, sa_column_kwargs=_NO_COUNTER)
    table_name: str
    row_id: int
    column_name: str


APPEND_ONLY = (
    "batch",
    "meeting",
    "report",
    "report_partner",
    "cooperation",
    "cooperation_country",
    "observation",
    "audit",
    "review_act",
    "review_row",
    "closing_act",
    "agreement",
    "snapshot",
    "redaction",
)
"""Tables whose rows are never updated, replaced or deleted; migrations lay the triggers."""


class Proof(StrEnum):
    """How `crmdata status` knows that the rows of a table are what they were."""

    SIGNED = "signed"
    """The audit chain holds a hash, or the words, of every cell."""
    DERIVED = "derived"
    """Reckoned again from what is signed."""
    OPERATIONAL = "operational"
    """Says nothing of plan or reports."""


PROOFS: dict[str, Proof] = {
    "store": Proof.SIGNED,
    "plan_version": Proof.SIGNED,
    "axis": Proof.SIGNED,
    "line": Proof.SIGNED,
    "result": Proof.SIGNED,
    "activity": Proof.DERIVED,
    "planned_activity": Proof.SIGNED,
    "mark": Proof.SIGNED,
    "semester": Proof.DERIVED,
    "slot": Proof.SIGNED,
    "plan_change": Proof.SIGNED,
    "country": Proof.SIGNED,
    "other_name": Proof.SIGNED,
    "plan_word": Proof.SIGNED,
    "partner": Proof.SIGNED,
    "plan_mention": Proof.SIGNED,
    "batch": Proof.SIGNED,
    "meeting": Proof.SIGNED,
    "report": Proof.SIGNED,
    "report_partner": Proof.SIGNED,
    "cooperation": Proof.SIGNED,
    "cooperation_country": Proof.SIGNED,
    "observation": Proof.SIGNED,
    "audit": Proof.SIGNED,
    "review_act": Proof.SIGNED,
    "review_row": Proof.SIGNED,
    "closing_act": Proof.SIGNED,
    "agreement": Proof.SIGNED,
    "snapshot": Proof.SIGNED,
    "open_login": Proof.OPERATIONAL,
    "redaction": Proof.SIGNED,
}
"""Every table, once; `tests/test_proofs.py` changes a cell of each column and has it found."""
