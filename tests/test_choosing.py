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


def test_of_what_runs_on_both_databases_a_part_is_tried_on_postgresql_and_all_of_it_in_a_long_run():
    some, everything = (
        {line for line in ran("pytest", "tests/test_held_texts.py", "--collect-only", "-q", LONG=of)
         .splitlines() if "::" in line}
        for of in ("0", "1")
    )  # fmt: skip
    left_out = everything - some
    assert left_out
    assert {name.replace("postgresql", "sqlite") for name in left_out} <= some
    assert any("postgresql" in name for name in some)


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
