"""Reads what people write in the search beside the plan's own words: tables that they correct."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from crmdata.errors import N_, Problem
from crmdata.files import SEPARATOR
from crmdata.plan.tables import read_rows
from crmdata.search import query_words
from crmdata.store.models import SAME_WORDS, SEARCHED_AS
from crmdata.terms import PAGES, SearchList

FILE = "search_words.md"

KEYS = (*PAGES, *(each.value for each in SearchList))
"""What the first column of a table with three columns may name."""

_KEYED, _SAME = 3, 2
"""Columns of a row that names what its words stand for, and of one of words that mean the same."""


def read_search_words(folder: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the rows of `plan_word` for the words of the search, and what is wrong with them.

    A plan may have no such file: then the search knows the plan's own words alone.
    """
    rows, problems = read_rows(folder / FILE)
    entries: list[dict[str, Any]] = []
    keyed = Counter[str]()
    for number, cells in rows:
        *key, es, en = cells if len(cells) in {_KEYED, _SAME} else ["", "", *cells[:1]]
        keyed.update(key)
        problems += _wrong(number, cells, keyed)
        word = f"{SEARCHED_AS}{key[0]}" if key else f"{SAME_WORDS}{number}"
        entries.append({"word": word, "es": es, "en": en})
    return entries, problems


def _wrong(number: int, cells: Sequence[str], keyed: Counter[str]) -> Iterator[Problem]:
    """Yield what is wrong with one row beside those before it."""
    if len(cells) not in {_KEYED, _SAME}:
        message = N_("has {count} columns; a row has two, or three with a name first.")
        way_out = N_("Write “Spanish | English”, several words separated by a semicolon.")
        yield Problem("columns", message, way_out, FILE, number, values={"count": len(cells)})
        return
    if len(cells) == _KEYED and cells[0] not in KEYS:
        near = get_close_matches(cells[0].lower(), KEYS, n=1)
        way_out = N_("Name a page as its address does, or pendientes, reportados or ignoradas.")
        if near:
            way_out = N_("Perhaps “{nearest}” was meant.")
        yield Problem("unknown_key", N_("is nothing that words can stand for."), way_out, FILE,
                      number, "", cells[0], values={"nearest": "".join(near)})  # fmt: skip
    elif len(cells) == _KEYED and keyed[cells[0]] > 1:
        message, way_out = N_("stands in an earlier row already."), N_("Each name stands once.")
        yield Problem("duplicate", message, way_out, FILE, number, "", cells[0])
    for language, cell in zip(("es", "en"), cells[-2:], strict=True):
        for text in cell.split(SEPARATOR):
            if text.strip() and not query_words(text):
                message, way_out = N_("holds no word."), N_("Write a word, or leave it out.")
                yield Problem("no_word", message, way_out, FILE, number, language, text.strip())
    if not any(query_words(cell) for cell in cells[-2:]):
        yield Problem("empty", N_("must not be empty."), N_("Fill it in."), FILE, number)
