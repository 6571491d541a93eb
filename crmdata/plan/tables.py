"""Reads tables that people write in a text file, a row a line, for what is no part of the plan."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from crmdata.errors import N_, Problem

_RULE = re.compile(r"[-:\s]+")


def read_rows(file: Path) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return line and cells of each row of the tables of a file, and why it cannot be read.

    Text around the tables and their headings are left out; there may be no such file.
    """
    if not file.is_file():
        return [], []
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        message, way_out = N_("is no text in UTF-8."), N_("Save it as UTF-8.")
        return [], [Problem("encoding", message, way_out, file.name)]
    return list(_rows(text)), []


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    rows = [_cells(line) for line in text.splitlines()]
    for number, (cells, below) in enumerate(pairwise([*rows, []]), start=1):
        if cells and not _is_rule(cells) and not _is_rule(below):
            yield number, cells


def _cells(line: str) -> list[str]:
    """Return the cells of a line, none where it is no row of a table."""
    written = line.strip()
    if len(written) < 2 or not written.startswith("|"):
        return []
    # The last stroke is easily left out, and a row must not be lost for it.
    return [cell.strip() for cell in written[1:].removesuffix("|").split("|")]


def _is_rule(cells: list[str]) -> bool:
    return any(cells) and all(_RULE.fullmatch(cell) or not cell for cell in cells)
