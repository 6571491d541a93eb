"""Every cell of `authz.csv`, asked for through the functions that read and write the store.

A cell is an action × a role × own or another's × a semester open or closed. What is denied is
tried on one database, which must be unchanged at the end, and so is what only reads; what else is
allowed, on a copy of its own.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import ANONYMOUS, Action, Actor, Role, may
from crmdata.errors import AccessDenied, ReviewRefused
from crmdata.intake.reports import read_files
from crmdata.store import db, queries
from crmdata.workflow import agreements, redaction, review, snapshots
from tests.sheets import a_file
from tests.support import DUTY, it_is

pytestmark = pytest.mark.slow(reason="hundreds of acts, each on a store of its own")

DAY = date(2018, 12, 1)
OPEN, CLOSED = "2017-2", "2018-1"
ACTORS = {
    Role.ANONYMOUS: ANONYMOUS,
    Role.PARTNER: Actor("Luis", Role.PARTNER, partner="OIM"),
    Role.FOCAL_POINT: Actor("Ana", Role.FOCAL_POINT, country="HND"),
    Role.SECRETARIAT: Actor("Eva", Role.SECRETARIAT),
    Role.OPERATOR: Actor("Oto", Role.OPERATOR),
}
OTHERS = {
    "GTM": Actor("Juan", Role.FOCAL_POINT, country="GTM"),
    "ACNUR": Actor("Iris", Role.PARTNER, partner="ACNUR"),
    "OIM": ACTORS[Role.PARTNER],
    "HND": ACTORS[Role.FOCAL_POINT],
}


@dataclass(frozen=True)
class Cell:
    """One cell, and what it is tried on."""

    action: Action
    role: Role
    own: bool
    closed: bool

    @property
    def actor(self) -> Actor:
        return ACTORS[self.role]

    @property
    def of_partner(self) -> bool:
        return self.role == Role.PARTNER

    @property
    def whose(self) -> str:
        """The country or partner whose rows they are."""
        if self.of_partner:
            return "OIM" if self.own else "ACNUR"
        return "HND" if self.own else "GTM"

    @property
    def country(self) -> str:
        return "HND" if self.own or self.of_partner else "GTM"

    @property
    def semester(self) -> str:
        return CLOSED if self.closed else OPEN

    @property
    def allowed(self) -> bool:
        about = {"partner": self.whose} if self.of_partner else {"country": self.whose}
        return may(self.actor, self.action, closed=self.closed, **about)

    def __str__(self) -> str:
        whose, when = "own" if self.own else "other", "closed" if self.closed else "open"
        return f"{self.action}-{self.role}-{whose}-{when}"

    def file(self, folder: Path, name: str, activity: str, **values: str):
        """Read a file with one row of whose rows they are."""
        if self.of_partner:
            row = {"activity": activity, "partner": self.whose, "countries": "HND",
                   "semester_from": self.semester, "semester_to": "2018-2"}  # fmt: skip
            subject = "cooperation"
        else:
            row = {"activity": activity, "country": self.country, "semester": self.semester}
            subject = "reports"
        row |= values
        return read_files([a_file(folder, row, name=f"{name}.csv", subject=subject)])


CELLS = [
    Cell(action, role, own, closed)
    for action, role, own, closed in product(Action, Role, (True, False), (False, True))
]
PLACES = [Cell(Action.SUBMIT, role, own, closed)
          for role, own, closed in product((Role.FOCAL_POINT, Role.PARTNER), (True, False),
                                           (False, True))]  # fmt: skip


@pytest.fixture(scope="module")
def prepared(sqlite_with_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with something counted, waiting and sent back everywhere."""
    folder = tmp_path_factory.mktemp("cells")
    file = Path(shutil.copy(sqlite_with_plan, folder / "prepared.sqlite3"))
    engine = db.connect(f"sqlite:///{file}")
    eva = ACTORS[Role.SECRETARIAT]
    for place in PLACES:
        name = f"{place.whose}-{place.semester}"
        sender = OTHERS[place.whose]
        review.record(engine, eva, place.file(folder, f"{name}-1", "I.1.1"), today=DAY)
        review.submit(engine, sender, place.file(folder, f"{name}-2", "I.1.2"), today=DAY)
        (back,) = review.submit(engine, sender, place.file(folder, f"{name}-3", "I.1.3"), today=DAY)
        review.send_back(engine, eva, back.batch_id, comment="No", today=DAY)
    for country in ("HND", "GTM"):
        # As the secretariat's own hand would, were nothing waiting.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(queries, "batch_slots", _nothing_waits)
            review.close(engine, eva, country, CLOSED, today=DAY)
    engine.dispose()
    return file


_slots = queries.batch_slots


def _nothing_waits(session, batches=None):
    return _slots(session, batches).iloc[:0]


@pytest.fixture(scope="module")
def untouched(prepared: Path) -> Iterator[Engine]:
    """Return the database on which everything is denied; fail if anything was written."""
    engine = db.connect(f"sqlite:///{prepared}")
    before = prepared.read_bytes()
    yield engine
    engine.dispose()
    assert prepared.read_bytes() == before


def batch_of(engine: Engine, cell: Cell, step: str) -> int:
    """Return the number of the batch with the cell's rows in a certain step."""
    column = "partners" if cell.of_partner else "countries"
    mine = [
        row["batch_id"]
        for row in _handed_in(engine)
        if row["step"] == step
        and row[column] == [cell.whose]
        and row["semesters"] == [cell.semester]
        and bool(row["partners"]) == cell.of_partner
    ]
    return mine[0]


@cache
def _handed_in(engine: Engine) -> list[dict]:
    with db.reading(engine) as session:
        return queries.submissions(session).to_dict("records")


def rows_of(engine: Engine, batch: int) -> list[int]:
    with db.reading(engine) as session:
        return queries.batch_rows(session, batch)["row"].tolist()


# What each action is, in terms of the functions that do it


def _see_published(engine, cell, folder) -> None:
    with db.reading(engine) as session:
        assert len(queries.reports_in_force(session, DAY)) == 4


def _see(step: str) -> Callable[[Engine, Cell, Path], None]:
    def see(engine, cell, folder) -> None:
        if batch_of(engine, cell, step) not in _seen(engine, cell.actor):
            raise AccessDenied(())

    return see


@cache
def _seen(untouched: Engine, actor: Actor) -> list[int]:
    """Return the numbers of the batches that an actor sees."""
    with db.reading(untouched) as session:
        seen = review.overview(session, actor, DAY).submissions
    return seen["batch_id"].tolist()


def _by_row(
    step: str, do: Callable[..., None], **said: str
) -> Callable[[Engine, Cell, Path], None]:
    """Return what does something to the rows of a batch, each named."""

    def act(engine, cell, folder) -> None:
        batch = batch_of(engine, cell, step)
        do(engine, cell.actor, batch, rows=rows_of(engine, batch), today=DAY, **said)

    return act


def _correction(engine, cell, folder) -> None:
    changed = {"text": "Otro"} if cell.of_partner else {"percent": "60"}
    files = cell.file(folder, "c", "I.1.1", reported_on="2018-08-01", **changed)
    review.submit(engine, cell.actor, files, note="Un error", today=DAY)


def _edit(engine, cell, folder) -> None:
    form = {"country": cell.country, "activity": "I.1.4", "semester": cell.semester,
            "state": "en_curso", "percent": "10"}  # fmt: skip
    review.edit_report(engine, cell.actor, form, today=DAY)


def _offer(engine, cell, folder) -> None:
    whose = cell.whose if cell.of_partner else "OIM"
    line = {"partner": whose, "activity": "I.1.4", "countries": cell.country, "modality": "tecnica",
            "semester_from": cell.semester, "semester_to": "2018-2", "text": "Apoyo"}  # fmt: skip
    review.offer(engine, cell.actor, line, today=DAY)


def _unchanged(engine, cell, folder) -> None:
    # 2018-2 is open in either case; what repeats a closed semester is tried on that one.
    first = {"country": cell.country, "activity": "I.1.4", "semester": "2017-1"}
    operator = ACTORS[Role.OPERATOR]
    if cell.allowed:
        file = a_file(folder, first | {"reported_on": "2017-09-01"}, name="before.csv")
        review.record(engine, operator, read_files([file]), today=DAY)
    slots = [(cell.country, "I.1.4", cell.semester)]
    review.sin_cambios(engine, cell.actor, slots, today=DAY)


def _meeting(engine, cell, folder) -> None:
    file = a_file(folder, name="m.csv", subject="meetings")
    review.record(engine, cell.actor, read_files([file]), today=DAY)


def _names(engine, cell, folder) -> None:
    """Look for the name behind the submission of whose rows they are."""
    batch = batch_of(engine, cell, "submitted")
    with db.reading(engine) as session:
        trail = review.audit_for(session, cell.actor)
    mine = trail.loc[trail["object"].eq(f"batch:{batch}") & trail["action"].eq("submit")]
    if mine["actor"].tolist() == [""]:
        raise AccessDenied(())


def _trail(engine, cell, folder) -> None:
    with db.reading(engine) as session:
        assert len(review.audit_for(session, cell.actor))


def _noted(engine, actor) -> int:
    pins = agreements.Pins(line="IV")
    return agreements.note(engine, actor, "Algo", pins, **DUTY, agreed_on=DAY)


def _to_end(engine, cell, *, done: bool = False) -> int:
    """Return an agreement, noted and perhaps done by the secretariat where the actor may end it."""
    if not cell.allowed:
        return 1
    eva = ACTORS[Role.SECRETARIAT]
    number = _noted(engine, eva)
    if done:
        agreements.complete(engine, eva, number, how="Se envió", done_on=DAY)
    return number


def _redaction(engine, cell, folder) -> None:
    spot = redaction.Spot("report", 1, "narrative")
    reasons = {"reason_es": "Era un nombre", "reason_en": "It was a name"}
    redaction.redact(engine, cell.actor, [spot], **reasons)
    with db.reading(engine) as session:
        assert redaction.find(session, cell.actor, "zzz") == []


def _clock(step: timedelta) -> Callable[[Engine, Cell, Path], None]:
    def confirm(engine, cell, folder) -> None:
        with pytest.MonkeyPatch.context() as patch:
            it_is(patch, clock.now() + step)
            db.confirm_clock(engine, cell.actor, reason="Por el reloj de la sala")

    return confirm


DO: dict[Action, Callable[[Engine, Cell, Path], object]] = {
    Action.SEE_PUBLISHED: _see_published,
    Action.SEE_SUBMITTED: _see("submitted"),
    Action.SEE_RETURNED: _see("sent_back"),
    Action.CHECK_FILE: lambda engine, cell, folder: review.dry_run(
        engine, cell.actor, cell.file(folder, "n", "I.1.4"), today=DAY
    ),
    Action.SUBMIT: lambda engine, cell, folder: review.submit(
        engine, cell.actor, cell.file(folder, "n", "I.1.4"), today=DAY
    ),
    Action.SUBMIT_ROWS_AGAIN: _by_row("sent_back", review.submit_again),
    Action.CORRECT: _correction,
    Action.EDIT_REPORT: _edit,
    Action.SIN_CAMBIOS: _unchanged,
    Action.OFFER: _offer,
    Action.OBSERVE: lambda engine, cell, _: review.observe(
        engine, cell.actor,
        {"country": cell.country, "meeting": "m-2018", "observation": "Los datos son parciales."},
        today=DAY,
    ),
    Action.RECORD: lambda engine, cell, folder: review.record(
        engine, cell.actor, cell.file(folder, "n", "I.1.4"), today=DAY
    ),
    Action.NAME_MEETING: _meeting,
    Action.ACCEPT: lambda engine, cell, _: review.accept(
        engine, cell.actor, batch_of(engine, cell, "submitted"), today=DAY
    ),
    Action.SEND_BACK: lambda engine, cell, _: review.send_back(
        engine, cell.actor, batch_of(engine, cell, "submitted"), comment="No", today=DAY
    ),
    Action.WITHDRAW: lambda engine, cell, _: review.withdraw(
        engine, cell.actor, batch_of(engine, cell, "recorded"), reason="Un error", today=DAY
    ),
    Action.ACCEPT_ROWS: _by_row("submitted", review.accept),
    Action.SEND_BACK_ROWS: _by_row("submitted", review.send_back, comment="No"),
    Action.WITHDRAW_ROWS: _by_row("recorded", review.withdraw, reason="Un error"),
    Action.CLOSE: lambda engine, cell, _: review.close(
        engine, cell.actor, cell.country, cell.semester, today=DAY
    ),
    Action.REOPEN: lambda engine, cell, _: review.reopen(
        engine, cell.actor, cell.country, cell.semester, reason="Faltaba uno", today=DAY
    ),
    Action.NOTE_AGREEMENT: lambda engine, cell, _: _noted(engine, cell.actor),
    Action.COMPLETE_AGREEMENT: lambda engine, cell, _: agreements.complete(
        engine, cell.actor, _to_end(engine, cell), how="Se envió", done_on=DAY
    ),
    Action.REOPEN_AGREEMENT: lambda engine, cell, _: agreements.reopen(
        engine, cell.actor, _to_end(engine, cell, done=True), reason="Faltaba un anexo", today=DAY
    ),
    Action.WITHDRAW_AGREEMENT: lambda engine, cell, _: agreements.withdraw(
        engine, cell.actor, _to_end(engine, cell), reason="Se repite", today=DAY
    ),
    Action.MAKE_SNAPSHOT: lambda engine, cell, _: snapshots.create(
        engine, cell.actor, name="Para la reunión", cutoff=DAY
    ),
    Action.REDACT: _redaction,
    Action.CONFIRM_CLOCK: _clock(timedelta(days=31)),
    Action.CORRECT_CLOCK: _clock(timedelta(days=-1)),
    Action.SEE_AUDIT: _trail,
    Action.SEE_AUDIT_NAMES: _names,
}  # fmt: skip

ALLOWED = [cell for cell in CELLS if cell.allowed]
DENIED = [cell for cell in CELLS if not cell.allowed]

NOT_SO = {
    Action.CLOSE: {False: "waiting", True: "closed_already"},
    Action.REOPEN: {False: "not_closed"},
}
"""Where the actor may, but things do not stand so."""


def test_every_action_is_tried():
    assert set(DO) == set(Action)


@pytest.mark.parametrize("cell", DENIED, ids=str)
def test_what_a_cell_denies_is_refused_and_writes_nothing(untouched, tmp_path, cell):
    with pytest.raises(AccessDenied):
        DO[cell.action](untouched, cell, tmp_path)


@pytest.mark.parametrize("cell", ALLOWED, ids=str)
def test_what_a_cell_allows_is_done(prepared, untouched, tmp_path, cell):
    if cell.action.startswith("see_"):
        DO[cell.action](untouched, cell, tmp_path)
        return
    engine = db.connect(f"sqlite:///{shutil.copy(prepared, tmp_path / 'own.sqlite3')}")
    not_so = NOT_SO.get(cell.action, {}).get(cell.closed)
    if not_so is None:
        DO[cell.action](engine, cell, tmp_path)
    else:
        with pytest.raises(ReviewRefused) as caught:
            DO[cell.action](engine, cell, tmp_path)
        assert [problem.rule for problem in caught.value.problems] == [not_so]
    engine.dispose()
