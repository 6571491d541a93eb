"""What questions, measures and whole pages cost where the store is 10 and 100 times as large.

The floor of each row is the same thing on the demonstration data in a database of the same kind:
SQLite and, from Debian's packages, PostgreSQL.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from benchmarks.multiply import SIZES, multiplied, sqlite_of
from benchmarks.table import Goal, Row, show
from crmdata import measures
from crmdata.settings import ROOT
from crmdata.store import db, queries
from tests import postgres

_ROUNDS = 5
_GOAL = Goal("≤", 2.0, "ratio")

PAGES = ("inicio", "calendario", "lineas", "paises", "cooperacion", "novedades")


def timed(do: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Return the median seconds of a few runs, the first of which is not counted."""
    do()
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        do()
        found.append(time.perf_counter() - begun)
    return median(found)


def rows() -> Iterator[Row]:
    """Measure every question and page at each size."""
    floor: dict[str, float] = {}
    for times in SIZES:
        with sqlite_of(times) as engine:
            yield from _rows(f"×{times}", _measured(engine), floor)
    yield from on_postgresql()


def on_postgresql() -> Iterator[Row]:
    """Measure the same on PostgreSQL, at the smallest and the largest size."""
    floor: dict[str, float] = {}
    with postgres.running() as server:
        for times in (SIZES[0], SIZES[-1]):
            engine = multiplied(server.url(server.create()), times)
            yield from _rows(f"×{times} on PostgreSQL", _measured(engine), floor)
            engine.dispose()


def _measured(engine: Engine) -> dict[str, float]:
    url = engine.url.render_as_string(hide_password=False)
    return {**_questions(engine), **_pages(url)}


def _rows(size: str, found: dict[str, float], floor: dict[str, float]) -> Iterator[Row]:
    for name, seconds in found.items():
        before = floor.setdefault(name, seconds)
        is_page = name.startswith("page")
        yield Row(
            f"{name}, {size}", seconds * 1000, "ms",
            floor=before * 1000 if seconds is not before else None,
            goal=_GOAL if is_page and seconds is not before else None,
        )  # fmt: skip


def _questions(engine: Engine) -> dict[str, float]:
    """Return the seconds of each question that a reader's pages ask, and of the measures."""
    with db.reading(engine) as session:
        day = queries.default_cutoff(session)
        plan = queries.plan_at(session, day).version_id
        slots, countries = queries.slots(session, plan), queries.countries(session)
        states = queries.states_in_force(session, day)
        cells = measures.cells(slots, countries, states, day)
        asked: dict[str, Callable[[], object]] = {
            "query: data version": lambda: queries.data_version(session),
            "query: default cut-off": lambda: queries.default_cutoff(session),
            "query: states in force": lambda: queries.states_in_force(session, day),
            "query: reports in force": lambda: queries.reports_in_force(session, day),
            "query: first days": lambda: queries.first_days(session, day),
            "query: newest ten": lambda: queries.report_history(session, day, limit=10),
            "query: cooperation in force": lambda: queries.cooperation_in_force(session, day),
            "measure: cells": lambda: measures.cells(slots, countries, states, day),
            "measure: summary by line and country": lambda: measures.summary(
                cells, ["line", "country"], threshold=0.6
            ),
        }
        return {name: timed(question) for name, question in asked.items()}


def _pages(url: str) -> dict[str, float]:
    """Return the seconds of each page's first run after the data changed: nothing is cached."""
    os.environ["CRMDATA_DATABASE_URL"] = url
    st.cache_resource.clear()
    found = {}
    for page in PAGES:
        test = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=300)

        def run(test: AppTest = test) -> None:
            _forget_data()
            test.run()
            if test.exception:
                raise RuntimeError(test.exception[0].message)

        found[f"page: {page}"] = timed(run, rounds=3)
    return found


def _forget_data() -> None:
    """Forget what was read and drawn; the open database stays."""
    from crmdata.web.data import cache  # noqa: PLC0415 - Streamlit's part of the app, for pages only

    cache.forget()


if __name__ == "__main__":
    show(on_postgresql() if sys.argv[1:] == ["postgresql"] else rows())
