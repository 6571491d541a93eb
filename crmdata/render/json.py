"""A document as JSON, for programs: the same chapters, sections, sentences and parts as on paper.

Each part has its `kind`. `status` says which reports count, as a code and in words; docs/data.md
names what stands at the top. What nobody has measured is null. Where a row leads on the screen
stands as the page and what it chooses there.
"""

import json as format_of
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content.calendar import Extract
from crmdata.content.papers import Paper


def json(paper: Paper) -> bytes:
    """Return the file's bytes."""
    return (format_of.dumps(_plain(paper), ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:  # noqa: PLR0911 - a line a kind of value
    """Return a value as JSON has it."""
    if isinstance(value, Extract):
        return _extract(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, pd.DataFrame):
        return [{str(name): _plain(cell) for name, cell in row.items()}
                for row in value.to_dict("records")]  # fmt: skip
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, Mapping):
        return _mapping(value)
    if value is pd.NaT or value is pd.NA:  # pandas has NaT among the dates
        return None
    if isinstance(value, date):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value  # a number of numpy
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def _fields(value: Any) -> dict[str, Any]:
    own = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return {"kind": type(value).__name__, **own}


def _mapping(value: Mapping[Any, Any]) -> Any:
    """Return an object by the mapping's keys; of cells by row and column, a list of them."""
    if any(isinstance(key, tuple) for key in value):
        return [{"at": [*map(str, key)], **_plain(each)} for key, each in value.items()]
    return {str(key): _plain(each) for key, each in value.items()}


def _extract(part: Extract) -> dict[str, Any]:
    """Return some of the calendar: its rows, and whose states stand in their slots, in turn."""
    return {
        "kind": "Extract", "title": part.title, "cutoff": part.schedule.cutoff.isoformat(),
        "parties": _plain(part.schedule.parties), "rows": _plain(part.rows),
    }  # fmt: skip
