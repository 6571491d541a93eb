"""docs/reliability.md names what exists: every test, file and command in it."""

import ast
import re

from crmdata.settings import ROOT

DOCUMENT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
NAMED = re.findall(r"`([^`\s]+)`", DOCUMENT)
TESTS = sorted({name for name in NAMED if "::" in name})
COMMANDS = re.findall(r"`(make [^`]+)`", DOCUMENT)


def test_every_test_named_exists():
    missing = []
    for name in TESTS:
        file, _, function = name.partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        if function not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
            missing.append(name)
    assert TESTS
    assert missing == []


def test_every_command_is_one_that_make_knows():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {command.split("make ")[1].split()[0] for command in COMMANDS}
    assert COMMANDS
    assert named <= targets


def test_every_test_of_a_fault_is_told_of():
    made = {
        f"faults/{file.name}::{node.name}"
        for file in (ROOT / "tests" / "faults").glob("test_*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert made - set(TESTS) == set()


def test_every_row_has_a_test_a_figure_and_an_outcome():
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in DOCUMENT.splitlines()
        if line.startswith("|") and "::" in line
    ]
    assert rows
    assert [row[0] for row in rows if len(row) != 5 or not re.search(r"\d", row[2])] == []
