"""docs/views.md names what exists: every page, test and picture in it."""

import ast
import re
from pathlib import Path

from crmdata.settings import ROOT
from scripts import screenshots

DOCUMENT = (ROOT / "docs" / "views.md").read_text("utf-8")
NAMED = re.findall(r"`([^`\s]+)`", DOCUMENT)
TESTS = sorted({name for name in NAMED if "::" in name})
PICTURES = sorted({name for name in NAMED if name.endswith(".png") and "<" not in name})
FILES = sorted({name for name in NAMED if "/" in name and "::" not in name and "<" not in name})
PAGES = sorted((ROOT / "pages").glob("*.py"))


def defined_in(file: Path) -> set[str]:
    if not file.exists():
        return set()
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_named_exists():
    assert TESTS
    pairs = [name.split("::") for name in TESTS]
    assert [
        f"{file}::{function}"
        for file, function in pairs
        if function not in defined_in(ROOT / "tests" / file)
    ] == []


def test_every_file_named_exists():
    assert [name for name in FILES if not (ROOT / name).exists()] == []


def test_every_picture_named_is_one_that_the_script_takes():
    taken = set(screenshots.files()) | {f"docs/img/{name}.png" for name in screenshots.SHOWN}
    assert PICTURES
    assert [name for name in PICTURES if name not in taken] == []


def test_every_row_names_a_page_a_test_and_a_picture():
    rows = [line.split("|")[1:-1] for line in DOCUMENT.splitlines() if line.count("|") == 5]
    told = [row for row in rows if "`" in "".join(row)]
    assert told
    assert [
        row[0] for row in told if not ("`" in row[1] and "::" in row[2] and ".png" in row[3])
    ] == []
