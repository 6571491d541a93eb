"""Every door by which something is written, for tests that try them all."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from crmdata import plan
from crmdata.access import Actor, Role, secretariat
from crmdata.intake.reports import import_files, read_files
from crmdata.workflow import agreements, review, snapshots
from crmdata.workflow.agreements import Pins
from tests.sheets import a_file
from tests.support import DUTY, changed, copied_plan

EVA = secretariat("Eva")
ANA = Actor("Ana", Role.FOCAL_POINT, country="HND")

FORM = {"country": "HND", "activity": "I.1.4", "semester": "2018-1", "state": "en_curso",
        "percent": "10"}  # fmt: skip


def prepared(engine: Engine, folder: Path) -> Engine:
    """Store a batch that counts and one that waits; the doors below are about them."""
    import_files(engine, [a_file(folder)], by="Ana")
    file = a_file(folder, {"activity": "I.1.2"}, name="w.csv")
    review.submit(engine, ANA, read_files([file]))
    return engine


def _import(engine: Engine, folder: Path) -> None:
    import_files(engine, [a_file(folder, {"activity": "I.1.3"}, name="i.csv")], by="Ana")


def _submit(engine: Engine, folder: Path) -> None:
    review.submit(engine, ANA, read_files([a_file(folder, {"activity": "I.1.4"}, name="s.csv")]))


def _load(engine: Engine, folder: Path) -> None:
    other = copied_plan(folder)
    changed(other, "countries.csv", "Honduras", "Honduras.")
    plan.load(engine, other, by="tests")


DOORS: dict[str, Callable[[Engine, Path], object]] = {
    "import": _import,
    "submit": _submit,
    "edit": lambda engine, _: review.edit_report(engine, ANA, FORM),
    "accept": lambda engine, _: review.accept(engine, EVA, 2),
    "send_back": lambda engine, _: review.send_back(engine, EVA, 2, comment="No"),
    "withdraw": lambda engine, _: review.withdraw(engine, EVA, 1, reason="Un error"),
    "close": lambda engine, _: review.close(engine, EVA, "GTM", "2018-1"),
    "agree": lambda engine, _: agreements.note(engine, EVA, "Se acuerda.", Pins(line="IV"), **DUTY),
    "snapshot": lambda engine, _: snapshots.create(engine, EVA, name="Cierre"),
    "load": _load,
}
