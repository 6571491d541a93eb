"""Which tests are run, and what they ask for: told by the tests themselves."""

import os
import subprocess
import sys
from itertools import chain

import pytest

from crmdata.settings import ROOT
from tests import long, needs


def ran(module: str, *arguments: str, **environment: str) -> str:
    """Return what a module of Python's prints, run from the project's folder."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | environment,
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "packages"),
    [
        (["tests/test_markup.py"], ()),
        (["tests/test_start.py", "-k", "sqlite"], ()),
        (["tests/test_start.py"], needs.PACKAGES["postgres"]),
        (["tests/browser/test_console.py"], needs.PACKAGES["browser"]),
    ],
)
def test_tests_ask_only_for_the_packages_that_they_need(arguments, packages):
    assert ran("tests.needs", *arguments).split() == list(packages)


def test_all_tests_ask_for_every_package_but_those_of_the_long_ones():
    packages = [names for need, names in needs.PACKAGES.items() if need not in needs.ONLY_LONG]
    assert ran("tests.needs").split() == [*chain.from_iterable(packages)]


def test_what_begins_too_late_is_left_out_and_named():
    said = ran("pytest", "tests/test_markup.py", "-q", LONG_UNTIL="0")
    left_out = [line for line in said.splitlines() if line.startswith("Left out")]
    assert left_out
    assert all("tests/test_markup.py::test_" in line for line in left_out)
    assert "passed" not in said


ENDLESS = """
import time
def test_without_end():
    time.sleep(60)
"""


@pytest.mark.parametrize(("until", "outcome"), [("9999999999", "skipped"), ("", "failed")])
def test_what_the_limit_of_one_test_ended_is_left_out_where_time_is_short_and_else_has_failed(
    tmp_path, until, outcome
):
    (tmp_path / "test_endless.py").write_text(ENDLESS)
    conftest = ["-p", "tests.conftest", "--rootdir", str(tmp_path), "-c", "/dev/null"]
    told = ran("pytest", str(tmp_path), "-q", "--timeout=0.5", *conftest, LONG_UNTIL=until)
    assert f"1 {outcome}" in told


REVIEWED = "test_a_comment_of_the_review_is_held_until_it_is_confirmed"


def chosen(*arguments: str, long: str = "0") -> set[str]:
    told = ran("pytest", *arguments, "--collect-only", "-q", LONG=long)
    return {line for line in told.splitlines() if "::" in line}


def test_of_what_runs_on_both_databases_a_part_is_tried_on_postgresql_and_all_of_it_in_a_long_run():
    some, everything = (chosen("tests/test_held_texts.py", long=which) for which in "01")
    left = everything - some
    assert left
    assert {name.replace("postgresql", "sqlite") for name in left} <= some
    assert any("postgresql" in name for name in some)


def test_of_each_module_that_opens_a_browser_half_is_tried_and_all_of_it_in_a_long_run():
    some, everything = (chosen("tests/browser/test_work.py", long=which) for which in "01")
    assert some < everything
    assert len(some) >= len(everything) / 2


@pytest.mark.parametrize(
    "asked",
    [["tests/test_held_texts.py", "-k", REVIEWED], [f"tests/test_held_texts.py::{REVIEWED}"]],
)
def test_who_asks_for_a_test_by_its_name_gets_it_on_both_databases(asked):
    names = chosen(*asked)
    assert len([name for name in names if "postgresql" in name]) == len(names) / 2


def test_a_sample_is_the_same_every_time_and_in_the_order_of_its_cases(monkeypatch):
    monkeypatch.setattr(long, "LONG", False)
    cases = list(range(1000))
    assert long.sample(cases, 20) == sorted(long.sample(cases, 20))
    assert long.sample(cases, 20) == long.sample(cases, 20)
    assert len(long.sample(cases, 20)) == 20


def test_of_few_cases_the_sample_is_all_of_them(monkeypatch):
    monkeypatch.setattr(long, "LONG", False)
    assert long.sample("abc", 5) == ["a", "b", "c"]


def test_a_long_run_takes_all_cases(monkeypatch):
    monkeypatch.setattr(long, "LONG", True)
    assert (long.sample("abc", 1), long.rounds(2, full=50)) == (["a", "b", "c"], 50)
