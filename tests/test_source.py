"""The data behind a page: whose they are at another cut-off, and the plan before this one."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st

from crmdata import plan
from crmdata.memo import Memo
from crmdata.store.queries import Provisional
from crmdata.view import View
from crmdata.web.data import cache
from tests.support import changed, copied_plan

NOW, THEN = date(2020, 12, 31), date(2018, 12, 31)


@pytest.fixture
def folder(
    sqlite_with_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Return a plan to change and load; no data of the test stay in the app's caches."""
    file = shutil.copy(sqlite_with_plan, tmp_path / "plan.sqlite3")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")
    st.cache_resource.clear()
    st.cache_data.clear()
    yield copied_plan(tmp_path)
    st.cache_resource.clear()
    st.cache_data.clear()


def source(day: date) -> View:
    return cache.view(lambda _: day)


def adopt(folder: Path, day: str, before: str, after: str) -> None:
    """Load the plan with one mark changed, as in force from a day."""
    text = (folder / "plan.toml").read_text("utf-8")
    (old,) = (line for line in text.splitlines() if line.startswith("in_force_from"))
    changed(folder, "plan.toml", old, f"in_force_from = {day}")
    changed(folder, "activities.csv", before, after)
    plan.load(cache.engine(), folder, by="test")


def mark(marks) -> str:
    return str(marks.loc[marks["activity"] == "IV.4.1", "mark"].iloc[0])


def test_another_cutoff_is_seen_by_the_same_reader():
    whose = Provisional(country="HND")
    at_hand = {"memo": Memo(0), "open_session": cache.open_session}
    assert View(7, NOW, whose, **at_hand).at(THEN) == View(7, THEN, whose, **at_hand)


def test_the_first_plan_has_none_before_it(folder):
    assert source(NOW).earlier_marks() is None


def test_a_corrected_transcription_is_no_earlier_plan(folder):
    adopt(folder, "2017-03-17", "suscritos,,,I Trimestre", "suscritos,,,II Semestre")
    assert source(NOW).earlier_marks() is None


def test_the_plan_before_is_the_last_transcription_of_the_one_in_force_before(folder):
    adopt(folder, "2017-03-17", "suscritos,,,I Trimestre", "suscritos,,,II Semestre")
    adopt(folder, "2019-06-01", "suscritos,,,II Semestre", "suscritos,,,I Semestre")
    before = source(NOW).earlier_marks()
    assert before is not None
    assert mark(before) == "II Semestre"


def test_before_a_plan_is_in_force_it_has_no_part_in_the_picture(folder):
    adopt(folder, "2019-06-01", "suscritos,,,I Trimestre", "suscritos,,,I Semestre")
    assert source(THEN).earlier_marks() is None
    assert mark(source(THEN).frame("marks")) == "I Trimestre"
