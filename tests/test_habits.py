"""Workbooks as offices make them: nothing is stored otherwise than its right original says
without a note that names it, and what has one reading is taken.

What fails names its seed: `pytest tests/test_habits.py -k "batch3"` makes its batch again.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from crmdata.access import operator
from crmdata.errors import CrmdataError, Problem
from crmdata.exports.template import template
from crmdata.files import cell_of
from crmdata.i18n import words_for
from crmdata.intake.reports import check, import_files, read_files
from crmdata.intake.reports.batches import store
from crmdata.store import db, queries
from tests.habits import cells, programs, rightly, rows
from tests.habits.rightly import COUNTRY, PERIOD, TODAY
from tests.habits.sent import Key, Sent
from tests.long import sample
from tests.sheets import REPORT, text_of
from tests.support import EVERY_PLACE

pytestmark = [
    pytest.mark.office,
    pytest.mark.slow(reason="each workbook is read by a process of its own"),
]

A_BATCH = 20
"""So many are saved by one start of LibreOffice."""

HABITS = (*rows.HABITS, *cells.HABITS)

BEFORE = {
    ("I.1.1", "2019-2"): "en_curso", ("I.1.1", "2019-1"): "en_curso",
    ("I.1.2", "2019-1"): "suspendida", ("II.1.1", "2019-1"): "cumplida",
    ("IV.3.2", "2018-2"): "en_curso", ("IV.3.2", "2019-2"): "en_curso",
}  # fmt: skip
"""What was reported before the files were sent."""


@pytest.fixture(scope="module")
def prepared(sqlite_with_plan, tmp_path_factory):
    """Return a database with a few reports, and its templates by language."""
    file = tmp_path_factory.mktemp("habits") / "store.sqlite3"
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, file)}")
    reports = [
        REPORT | {"activity": activity, "semester": semester, "state": state,
                  "percent": "100" if state == "cumplida" else "30", "reason": "Falta personal.",
                  "evidence": "https://example.org/a", "reported_on": "2019-12-20",
                  "narrative": f"{rightly.token(900 + number)}. Lo de antes."}
        for number, ((activity, semester), state) in enumerate(BEFORE.items())
    ]  # fmt: skip
    before = file.with_name("before.csv")
    before.write_text(text_of(reports), "utf-8")
    import_files(engine, [before], by="test", confirmed=EVERY_PLACE)
    with db.reading(engine) as session:
        templates = {
            language: template(session, COUNTRY, PERIOD, words_for(language), today=TODAY)
            for language in ("es", "en")
        }
        activities = sorted(queries.slots(session, 1)["activity"].unique())
    engine.dispose()
    return file, templates, activities


def made(seed: int, templates: dict[str, bytes], activities: list[str]) -> Sent:
    """Return the file of a seed: a right one, changed by one to three habits."""
    random = Random(seed)
    language = random.choice(("es", "es", "en"))
    if random.random() < 0.6:
        sent = rightly.filled_template(random, templates[language], language)
    else:
        sent = rightly.table(random, activities, language)
    for habit in random.sample(HABITS, random.randint(1, 3)):
        habit(sent, random)
        sent.habits.append(habit.__name__)
    others = [] if sent.template or sent.named else programs.EXCEL
    sent.saved_by = random.choice(("", "", "", *programs.LIBREOFFICE, *others))
    if sent.saved_by in programs.EXCEL:
        sent.doubt()  # days are written as they are shown
    programs.drop(sent)
    return sent


def test_rows_that_a_note_names_are_understood():
    note = Problem("x", "", values={"rows": "2, 4–6", "cells": "H12, AB3:AB4"})
    assert rows_named(note) == {2, 3, 4, 5, 6, 12}


def test_every_habit_changes_some_file(prepared):
    _, templates, activities = prepared
    unchanged = []
    for habit in HABITS:
        for seed in range(6):
            random = Random(seed)
            sent = rightly.filled_template(random, templates["es"], "es") if seed % 2 else (
                rightly.table(random, activities, "es"))  # fmt: skip
            before = repr(sent)
            habit(sent, random)
            if repr(sent) != before:
                break
        else:
            unchanged.append(habit.__name__)
    assert unchanged == []


@pytest.mark.parametrize("column", ["percent", "narrative", "state"])
def test_what_is_stored_otherwise_than_meant_is_found(prepared, tmp_path, column):
    database, templates, _ = prepared
    sent = rightly.filled_template(Random(3), templates["es"], "es")
    file = tmp_path / "t.xlsx"
    file.write_bytes(sent.bytes())
    assert list(what_is_wrong(sent, file, database)) == []
    key = next(iter(sent.meant))
    sent.meant[key][column] = "otra cosa"
    assert [fault for fault in what_is_wrong(sent, file, database) if str(key) in fault]


@pytest.mark.parametrize("batch", sample(range(100), few=5), ids="batch{}".format)
def test_nothing_is_stored_otherwise_than_its_right_original_without_a_note(
    prepared, tmp_path, batch
):
    database, templates, activities = prepared
    seeds = range(batch * A_BATCH, (batch + 1) * A_BATCH)
    sent = [made(seed, templates, activities) for seed in seeds]
    faults = []
    for seed, one, (name, data) in zip(seeds, sent, programs.saved(sent, tmp_path), strict=True):
        folder = tmp_path / f"{seed}"
        folder.mkdir()
        (folder / name).write_bytes(data)
        found = list(what_is_wrong(one, folder / name, database))
        faults += [f"{seed} ({', '.join(one.habits)}; {one.saved_by}): {each}" for each in found]
    assert not faults, "\n".join(faults)


def what_is_wrong(sent: Sent, file: Path, prepared: Path) -> Iterator[str]:
    """Yield what became otherwise of a file than its sender meant, and was not told."""
    engine = db.connect(f"sqlite:///{shutil.copy(prepared, file.with_name('own.sqlite3'))}")
    sources = read_files([file])
    told = check(engine, sources, today=TODAY).warnings  # what is asked is among them
    try:
        store(engine, sources, by=operator("test"), today=TODAY, confirmed=EVERY_PLACE)
    except CrmdataError as refused:
        if sent.one_reading:
            yield f"refused, though it has one reading: {refused}"
    else:
        notes = [each for note in told for each in note.each()]
        yield from (
            f"{fault}, and no note names it"
            for fault, key, column in otherwise(sent, newly_stored(engine))
            if not named(notes, sent, key, column)
        )
    finally:
        engine.dispose()


def otherwise(sent: Sent, now: dict[Key, dict[str, str]]) -> Iterator[tuple[str, Key | None, str]]:
    """Yield what is to be named: a sentence for the tester, what it is about, and the column."""
    apart = ((key, column) for key, column in sent.named.items() if sent.row_of(key))
    yield from ((f"{key} stands apart", key, column) for key, column in apart)
    for key, said in now.items():
        if key not in sent.meant:
            yield f"{key} was stored and not meant: {said}", written_for(sent, said), ""
    for key, meant in sent.meant.items():
        if key not in now:
            yield f"{key} was lost", key, ""
        else:
            yield from (
                (f"{key} {column}: {now[key][column]!r}, not {text!r}", key, column)
                for column, text in meant.items()
                if not same(column, text, now[key][column])
            )


def newly_stored(engine: Engine) -> dict[Key, dict[str, str]]:
    """Return what was stored behind the first batch, by what it is about."""
    with db.reading(engine) as session:
        found = queries.report_history(session, date.max)
    return {
        (row["country"], row["activity"], row["semester"]): {
            str(column): cell_of(value) for column, value in row.items()
        }
        for row in found.loc[found["batch_id"].gt(1)].to_dict("records")
    }


def written_for(sent: Sent, said: dict[str, str]) -> Key | None:
    """Return what the row was written for that now says something else."""
    token = plainly(said["narrative"])[: len(rightly.token(0))]
    mine = (key for key, one in sent.meant.items() if plainly(one["narrative"]).startswith(token))
    return next(mine, None)


def plainly(text: str) -> str:
    """Return a text with plain spaces, whatever spaces a program pasted."""
    return " ".join(text.split())


def named(notes: list[Problem], sent: Sent, key: Key | None, column: str = "") -> bool:
    """Tell whether a note names a row of the file, or the column once for all rows."""
    row = sent.row_of(key) if key else 0
    return any(
        (row and (note.row == row or row in rows_named(note)))
        or (column and note.row is None and note.field == column)
        for note in notes
    )


def rows_named(note: Problem) -> set[int]:
    """Return the rows that a note of many names: `2, 4–7`, or by their cells: `H12, H14`."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", str(note.values.get("rows", ""))):
        found |= set(range(int(first), int(last or first) + 1))
    cells = str(note.values.get("cells", ""))
    return found | {int(row) for row in re.findall(r"[A-Z]+(\d+)", cells)}


def same(column: str, meant: str, stored: str) -> bool:
    """Tell whether a reader sees the same: spaces of any kind and invisible signs are none."""
    if column == "partners":
        return set(meant.split(";")) == set(stored.split(";"))
    return _seen(meant) == _seen(stored)


def _seen(text: str) -> str:
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in {"Cf", "Cc"} or char.isspace()
    )
    return " ".join(visible.split())
