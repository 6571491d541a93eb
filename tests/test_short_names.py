"""The table of short names: every item of the plan once, short, and told from all others."""

import re
from pathlib import Path

import pytest

from crmdata import plan, settings
from crmdata.search import plain
from crmdata.settings import ROOT

TABLE = Path(ROOT / "docs" / "short_names.md").read_text("utf-8")
NAMES = {code: {"es": es, "en": en} for code, es, en in
         re.findall(r"^\| ([0-9IVX.]+) \| (.+?) \| (.+?) \|$", TABLE, re.MULTILINE)}  # fmt: skip


def items() -> list[str]:
    """Return the codes of everything that the plan names, in its order."""
    tables = plan.read(settings.plan_folder()).tables
    levels = ("axis", "line", "result", "planned_activity")
    keys = dict(zip(levels, ("axis", "line", "result", "activity"), strict=True))
    return [str(row[keys[level]]) for level in levels for row in tables[level]]


def test_every_item_of_the_plan_has_one_name_in_its_order():
    assert list(NAMES) == items()


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_name_is_longer_than_its_room(language):
    room = {code: 50 if "." in code else 32 for code in NAMES}
    long = [code for code, names in NAMES.items() if len(names[language]) > room[code]]
    assert long == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_name_stands_twice(language):
    said = [plain(names[language]) for names in NAMES.values()]
    assert sorted(said) == sorted(set(said))
