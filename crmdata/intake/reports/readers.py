"""Readers of cells by the type of their column: each returns what is stored, or complains.

A column whose cell depends on another one has a rule of its own beside these
(`crmdata.intake.reports.progress`, `crmdata.intake.reports.cooperation`).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from crmdata.fields import Field, Type
from crmdata.intake.reports import codes, values, web_links
from crmdata.intake.reports.cells import Cells

READERS: Mapping[Type, Callable[[Cells, str], Any]] = {
    Type.PERCENT: values.percent,
    Type.LINKS: web_links.links,
    Type.PARTNERS: codes.partners,
    Type.TEXT: Cells.public_text,
    Type.REASON: Cells.public_text,
}


def read(cells: Cells, fields: Iterable[Field]) -> dict[str, Any]:
    """Return what the cells of columns say, by the columns' codes."""
    return {field.code: READERS[field.type](cells, field.code) for field in fields}
