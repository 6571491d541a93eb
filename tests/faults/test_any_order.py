"""Random imports, submissions, decisions, withdrawals and closings against a simple model."""

import shutil
import tempfile
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

from crmdata import db, queries, review
from crmdata.access import Actor, Role
from crmdata.errors import ReviewRefused
from crmdata.reports import read_bytes
from crmdata.terms import Semester
from tests.long import rounds
from tests.sheets import REPORT, text_of

ANA = Actor("Ana", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")
EVA = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example", editors=2)

SLOTS = [
    (activity, semester) for activity in ("I.1.1", "III.1.1") for semester in ("2018-1", "2018-2")
]
FIRST = date(2019, 1, 10)

Slot = tuple[str, str]


@dataclass
class Batch:
    """What the model remembers of a batch: its rows and the days of its steps."""

    rows: dict[Slot, tuple[date, float]]
    step: str
    recorded: bool
    accepted: date | None = None
    withdrawn: date | None = None

    def counts(self, slot: Slot, cutoff: date) -> bool:
        if slot not in self.rows or self.rows[slot][0] > cutoff:
            return False
        entered = self.recorded or (self.accepted is not None and self.accepted <= cutoff)
        return entered and (self.withdrawn is None or self.withdrawn > cutoff)


@dataclass
class Model:
    """The picture at a cut-off by the plainest reckoning."""

    batches: dict[int, Batch] = field(default_factory=dict)

    def picture(self, cutoff: date) -> dict[Slot, float]:
        found = {}
        for slot in SLOTS:
            said = [
                (batch.rows[slot][0], number, batch.rows[slot][1])
                for number, batch in self.batches.items()
                if batch.counts(slot, cutoff)
            ]
            if said:
                found[slot] = max(said)[2]
        return found


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

    def _source(
        self, said: dict[Slot, int], back: int
    ) -> tuple[list, dict[Slot, tuple[date, float]]]:
        self.told += 1
        day = self.today - timedelta(days=back)
        rows = [
            REPORT | {"country": "HND", "activity": activity, "semester": semester,
                      "percent": str(percent), "narrative": f"Parte {self.told}.",
                      "reported_on": day.isoformat()}
            for (activity, semester), percent in said.items()
        ]  # fmt: skip
        source = read_bytes(f"parte-{self.told}.csv", text_of(rows).encode())
        return [source], {slot: (day, float(percent)) for slot, percent in said.items()}

    SAID = st.dictionaries(st.sampled_from(SLOTS), st.integers(1, 99), min_size=1)
    BACK = st.integers(0, 9)

    @rule(said=SAID, back=BACK)
    def record(self, said, back):
        sources, rows = self._source(said, back)
        (stored,) = review.record(self.engine, EVA, sources, note="por correo", today=self.today)
        self.model.batches[stored.batch_id] = Batch(rows, "recorded", recorded=True)

    @precondition(lambda self: not self.closed)
    @rule(said=SAID, back=BACK)
    def submit(self, said, back):
        sources, rows = self._source(said, back)
        (stored,) = review.submit(self.engine, ANA, sources, today=self.today)
        self.model.batches[stored.batch_id] = Batch(rows, "submitted", recorded=False)

    @rule(data=st.data(), step=st.sampled_from(["accept", "send_back", "submit_again", "withdraw"]))
    def decide(self, data, step):
        if not self.model.batches:
            return
        number = data.draw(st.sampled_from(sorted(self.model.batches)))
        batch, today = self.model.batches[number], self.today
        allowed = {
            "accept": {"submitted"}, "send_back": {"submitted"}, "submit_again": {"sent_back"},
            "withdraw": {"recorded", "accepted", "submitted"},
        }[step]  # fmt: skip
        if step == "submit_again" and self.closed:
            return
        try:
            if step == "accept":
                review.accept(self.engine, EVA, number, today=today)
            elif step == "send_back":
                review.send_back(self.engine, EVA, number, comment="Falta la fecha", today=today)
            elif step == "submit_again":
                review.submit_again(self.engine, ANA, number, today=today)
            else:
                review.withdraw(self.engine, EVA, number, reason="De otro país", today=today)
        except ReviewRefused:
            assert batch.step not in allowed
            return
        assert batch.step in allowed
        batch.step = {"accept": "accepted", "send_back": "sent_back", "submit_again": "submitted",
                      "withdraw": "withdrawn"}[step]  # fmt: skip
        batch.accepted = today if step == "accept" else batch.accepted
        batch.withdrawn = today if step == "withdraw" else batch.withdrawn

    @rule(semester=st.sampled_from(["2018-1", "2018-2"]))
    def close_or_open(self, semester):
        waiting = any(
            batch.step == "submitted" and any(where == semester for _, where in batch.rows)
            for batch in self.model.batches.values()
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

    @rule(back=st.integers(0, 200))
    def look(self, back):
        self._compare(self.today - timedelta(days=back))

    @invariant()
    def today_is_as_the_model_says(self):
        self._compare(self.today)

    def _compare(self, cutoff: date) -> None:
        with db.reading(self.engine) as session:
            found = queries.reports_in_force(session, cutoff)
        shown = zip(found["activity"], found["semester"], found["percent"], strict=True)
        assert {(activity, semester): percent for activity, semester, percent in shown} == (
            self.model.picture(cutoff)
        )


TEMPLATE: list[Path] = []
"""The file with the plan that every run of the machine copies."""


def test_any_order_of_acts_gives_the_picture_of_the_plainest_reckoning(sqlite_with_plan):
    assert all(Semester.parse(semester).ends < FIRST for _, semester in SLOTS)
    TEMPLATE[:] = [sqlite_with_plan]
    run_state_machine_as_test(
        Store,
        settings=settings(
            max_examples=rounds(8, full=100), stateful_step_count=40,
            suppress_health_check=list(HealthCheck), derandomize=True,
        ),
    )  # fmt: skip
