"""What `make mutants` is told: modules, tests and reasons that exist."""

import tomllib
from importlib import import_module
from itertools import chain

import pytest

from crmdata.settings import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
TOLD = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text("utf-8"))
REASONS, BESIDE = TOLD["alive"], TOLD["beside"]
CHANGED = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for pattern in SETTINGS["only_mutate"]
    for file in ROOT.glob(pattern)
}


@pytest.mark.parametrize("pattern", SETTINGS["only_mutate"])
def test_every_module_to_be_changed_exists(pattern):
    assert list(ROOT.glob(pattern))


@pytest.mark.parametrize("path", sorted({*chain(*BESIDE.values())}))
def test_every_test_that_is_asked_exists(path):
    assert (ROOT / path).exists()


def test_every_module_that_is_changed_has_tests_beside_it():
    packages = tuple(f"{name}." for name in BESIDE)
    assert [module for module in CHANGED if not f"{module}.".startswith(packages)] == []


@pytest.mark.parametrize("where", sorted({row["where"] for row in REASONS if "where" in row}))
def test_a_reason_speaks_of_a_function_that_is_changed(where):
    parts = where.split(".")
    module = next(".".join(parts[:n]) for n in range(len(parts), 0, -1)
                  if ".".join(parts[:n]) in CHANGED)  # fmt: skip
    found = import_module(module)
    for name in where.removeprefix(f"{module}.").split("."):
        found = getattr(found, name)
    assert callable(found)


def test_every_reason_is_a_sentence_and_names_what_it_lets_live():
    assert [row for row in REASONS if not row["changes"] or not row["why"].endswith(".")] == []
