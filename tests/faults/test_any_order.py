"""Random imports, submissions, decisions, withdrawals and closings against a simple model."""

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from crmdata.access import Actor, Role
from crmdata.errors import ReviewRefused
from crmdata.intake.reports import read_bytes
from crmdata.store import db, queries
from crmdata.terms import Period
from crmdata.workflow import review
from tests.long import rounds
from tests.sheets import REPORT, text_of
from tests.support import EVERY_PLACE

ANA = Actor("Ana", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")
EVA = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example", editors=2)

SLOTS = [
    (activity, semester) for activity in ("I.1.1", "III.1.1") for semester in ("2018-1", "2018-2")
]
FIRST = date(2019, 1, 10)

Slot = tuple[str, str]


@dataclass
class Row:
    """What the model remembers of a row: what it says, and the days of its own steps."""

    day: date
    percent: float
    step: str
    accepted: date | None = None
    withdrawn: date | None = None
    sent: list[date] = field(default_factory=list)

    def counts(self, cutoff: date) -> bool:
        """Tell whether it is in the picture of a day."""
        entered = not self.sent or (self.accepted is not None and self.accepted <= cutoff)
        return self.day <= cutoff and entered and self._stays(cutoff)

    def waits(self, cutoff: date) -> bool:
        """Tell whether it is provisional in the picture of a day."""
        sent = self.step == "submitted" and self.sent[-1] <= cutoff
        return self.day <= cutoff and sent and self._stays(cutoff)

    def _stays(self, cutoff: date) -> bool:
        return self.withdrawn is None or self.withdrawn > cutoff

    def take(self, step: str, today: date) -> None:
        self.step = {"accept": "accepted", "send_back": "sent_back",
                     "submit_again": "submitted", "withdraw": "withdrawn"}[step]  # fmt: skip
        self.accepted = today if step == "accept" else self.accepted
        self.withdrawn = today if step == "withdraw" else self.withdrawn
        if step == "submit_again":
            self.sent.append(today)


Batch = dict[Slot, Row]


@dataclass
class Model:
    """The picture at a cut-off by the plainest reckoning, row by row."""

    batches: dict[int, Batch] = field(default_factory=dict)

    def give_way(self, sent: Batch, today: date) -> None:
        """Withdraw what still waits for a slot on which something is sent anew."""
        for batch in self.batches.values():
            for slot, row in batch.items():
                if slot in sent and row.step == "submitted":
                    row.take("withdraw", today)

    def picture(self, cutoff: date, *, provisional: bool = False) -> dict[Slot, float]:
        found = {}
        for slot in SLOTS:
            said = [
                (batch[slot].day, number, batch[slot].percent)
                for number, batch in self.batches.items()
                if slot in batch
                and (batch[slot].counts(cutoff) or (provisional and batch[slot].waits(cutoff)))
            ]
            if said:
                found[slot] = max(said)[2]
        return found


FOLLOWS = {
    "accept": {"submitted"}, "send_back": {"submitted"}, "submit_again": {"sent_back"},
    "withdraw": {"recorded", "accepted", "submitted"},
}  # fmt: skip


class Store(RuleBasedStateMachine):
    """The real store on a file, and the model beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="crmdata-any-order-"))
        self.engine = db.connect(f"sqlite:///{shutil.copy(TEMPLATE[0], self.folder / 's.sqlite3')}")
        self.model, self.today, self.told = Model(), FIRST, 0
        self.closed: set[str] = set()

    def teardown(self) -> None:
        with db.reading(self.engine) as session:
            assert db.verify(session) == []
        self.engine.dispose()
        shutil.rmtree(self.folder)

    def _source(self, said: dict[Slot, int], back: int, step: str) -> tuple[list, Batch]:
        self.told += 1
        day = self.today - timedelta(days=back)
        rows = [
            REPORT | {"country": "HND", "activity": activity, "semester": semester,
                      "percent": str(percent), "narrative": f"Parte {self.told}.",
                      "reported_on": day.isoformat()}
            for (activity, semester), percent in said.items()
        ]  # fmt: skip
        source = read_bytes(f"parte-{self.told}.csv", text_of(rows).encode())
        sent = [self.today] if step == "submitted" else []
        return [source], {
            slot: Row(day, float(percent), step, sent=list(sent)) for slot, percent in said.items()
        }

    SAID = st.dictionaries(st.sampled_from(SLOTS), st.integers(1, 99), min_size=1)
    BACK = st.integers(0, 9)

    @rule(said=SAID, back=BACK)
    def record(self, said, back):
        sources, rows = self._source(said, back, "recorded")
        (stored,) = review.record(
            self.engine, EVA, sources, note="por correo", today=self.today, confirmed=EVERY_PLACE
        )
        self.model.batches[stored.batch_id] = rows

    @precondition(lambda self: not self.closed)
    @rule(said=SAID, back=BACK)
    def submit(self, said, back):
        sources, rows = self._source(said, back, "submitted")
        (stored,) = review.submit(
            self.engine, ANA, sources, today=self.today, confirmed=EVERY_PLACE
        )
        self.model.give_way(rows, self.today)
        self.model.batches[stored.batch_id] = rows

    @rule(data=st.data(), step=st.sampled_from(sorted(FOLLOWS)), by_row=st.booleans())
    def decide(self, data, step, by_row):
        if not self.model.batches or (step == "submit_again" and self.closed):
            return
        number = data.draw(st.sampled_from(sorted(self.model.batches)))
        batch, today = self.model.batches[number], self.today
        follow = [slot for slot in batch if batch[slot].step in FOLLOWS[step]]
        slots, rows = follow, None
        if by_row:
            slots = data.draw(st.lists(st.sampled_from(sorted(batch)), min_size=1, unique=True))
            rows = [self._numbers(number)[slot] for slot in slots]
        possible = bool(slots) and set(slots) <= set(follow)
        try:
            self._do(step, number, rows)
        except ReviewRefused:
            assert not possible
            return
        assert possible
        for slot in slots:
            batch[slot].take(step, today)

    def _numbers(self, batch: int) -> dict[Slot, int]:
        with db.reading(self.engine) as session:
            found = queries.batch_rows(session, batch)
        slots = zip(found["activity"], found["semester"], strict=True)
        return dict(zip(slots, found["row"], strict=True))

    def _do(self, step, number, rows) -> None:
        how = {"rows": rows, "today": self.today}
        if step == "accept":
            review.accept(self.engine, EVA, number, **how)
        elif step == "send_back":
            review.send_back(self.engine, EVA, number, comment="Falta la fecha", **how)
        elif step == "submit_again":
            review.submit_again(self.engine, ANA, number, **how)
        else:
            review.withdraw(self.engine, EVA, number, reason="De otro país", **how)

    @rule(semester=st.sampled_from(["2018-1", "2018-2"]))
    def close_or_open(self, semester):
        waiting = any(
            row.step == "submitted" and where == semester
            for batch in self.model.batches.values()
            for (_, where), row in batch.items()
        )
        try:
            if semester in self.closed:
                luz = Actor("Luz", Role.SECRETARIAT, email="luz@crm.example", editors=2)
                review.reopen(
                    self.engine, luz, "HND", semester, reason="Un error", today=self.today
                )
            else:
                review.close(self.engine, EVA, "HND", semester, today=self.today)
        except ReviewRefused:
            assert waiting
            assert semester not in self.closed
            return
        self.closed ^= {semester}

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today += timedelta(days=days)

    @rule(back=st.integers(0, 200), provisional=st.booleans())
    def look(self, back, provisional):
        self._compare(self.today - timedelta(days=back), provisional=provisional)

    @invariant()
    def today_is_as_the_model_says(self):
        self._compare(self.today)

    def _compare(self, cutoff: date, *, provisional: bool = False) -> None:
        whose = queries.Provisional() if provisional else None
        with db.reading(self.engine) as session:
            found = queries.reports_in_force(session, cutoff, provisional=whose)
        shown = zip(found["activity"], found["semester"], found["percent"], strict=True)
        assert {(activity, semester): percent for activity, semester, percent in shown} == (
            self.model.picture(cutoff, provisional=provisional)
        )

    @invariant()
    def each_batch_says_where_its_rows_stand(self):
        with db.reading(self.engine) as session:
            found = queries.submissions(session)
            waiting = queries.batches_waiting(session)
        told = dict(zip(found["batch_id"], found["counts"], strict=True))
        steps = {number: [row.step for row in batch.values()]
                 for number, batch in self.model.batches.items()}  # fmt: skip
        assert told == {number: dict(Counter(of)) for number, of in steps.items()}
        assert waiting == sum("submitted" in of for of in steps.values())


TEMPLATE: list[Path] = []
"""The file with the plan that every run of the machine copies."""


def test_any_order_of_acts_gives_the_picture_of_the_plainest_reckoning(sqlite_with_plan):
    assert all(Period.parse(semester).ends < FIRST for _, semester in SLOTS)
    TEMPLATE[:] = [sqlite_with_plan]
    run_state_machine_as_test(
        Store,
        settings=settings(
            max_examples=rounds(4, full=100), stateful_step_count=40,
            suppress_health_check=list(HealthCheck), derandomize=True,
        ),
    )  # fmt: skip
