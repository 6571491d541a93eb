"""Sixty faulty files, each with the causes that are in it: one cause in many rows, or several.

A cause is what somebody did wrong once, however many cells show it. Rows are those of one report
file; a cause changes some of them, or what is made of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl

from tests.bad.make import BAD
from tests.sheets import REPORT, text_of

Rows = list[dict[str, Any]]
ROWS = 12


def in_rows(column: str, *values: Any, rows: Sequence[int] = range(0, ROWS, 2)) -> "Cause":
    """Return a cause that shows in a column of several rows, where a value may differ."""

    def change(file: "Faulty") -> None:
        for number, row in enumerate(rows):
            file.rows[row][column] = values[number % len(values)]

    return change


def together(column: str, value: Any, **others: Any) -> "Cause":
    """Return a cause that takes more than one cell of a row to show."""

    def change(file: "Faulty") -> None:
        for row in range(1, ROWS, 3):
            file.rows[row] |= {column: value, **others}

    return change


@dataclass
class Faulty:
    """A file while it is made: its rows, and what is done to the sheet or the text of them."""

    rows: Rows
    columns: list[str] = field(default_factory=lambda: list(REPORT))
    sheet: list[Callable[[Any, Any], None]] = field(default_factory=list)
    text: list[Callable[[str], str]] = field(default_factory=list)
    encoding: str = "utf-8"

    def csv(self) -> bytes:
        """Return the rows as a CSV."""
        text = text_of(self.rows)
        for change in self.text:
            text = change(text)
        return text.encode(self.encoding)

    def xlsx(self) -> bytes:
        """Return the rows as a workbook."""
        book = openpyxl.Workbook()
        page = book.active
        page.append(self.columns)
        for row in self.rows:
            page.append([row.get(column) or None for column in self.columns])
        for change in self.sheet:
            change(book, page)
        target = BytesIO()
        book.save(target)
        return target.getvalue()


Cause = Callable[[Faulty], None]


def sheet(change: Callable[[Any, Any], None]) -> Cause:
    """Return a cause of a workbook alone."""
    return lambda file: file.sheet.append(change)


def text(change: Callable[[str], str]) -> Cause:
    """Return a cause of a CSV alone."""
    return lambda file: file.text.append(change)


def _put(column: str, value: Any) -> Callable[[Any, Any], None]:
    def change(_: Any, page: Any) -> None:
        for row in range(2, ROWS + 2, 2):
            page.cell(row, list(REPORT).index(column) + 1).value = value

    return change


def _in_arabic(file: Faulty) -> None:
    for row in file.rows:
        line, _, rest = row["activity"].partition(".")
        row["activity"] = f"{('I', 'II', 'III', 'IV', 'V', 'VI').index(line) + 1}.{rest}"


def _twice(file: Faulty) -> None:
    file.rows += [file.rows[row] | {"narrative": "Otra vez."} for row in (1, 3, 5)]


def _wrong_twice(file: Faulty) -> None:
    file.rows[1] |= {"percent": "450"}
    file.rows += [dict(file.rows[1])] * 3


def _insert(place: int, *cells: Any) -> Callable[[Any, Any], None]:
    def change(_: Any, page: Any) -> None:
        page.insert_rows(place)
        for column, value in enumerate(cells, start=1):
            page.cell(place, column).value = value

    return change


def _merge(_: Any, page: Any) -> None:
    for row in (2, 5, 8):
        page.merge_cells(start_row=row, end_row=row + 1, start_column=3, end_column=3)


def _long_rows(written: str) -> str:
    lines = written.split("\n")
    return "\n".join(f"{line},ojo, revisar" if n % 3 == 1 else line for n, line in enumerate(lines))


CAUSES: Mapping[str, Cause] = {
    "country": in_rows("country", "HON", rows=range(ROWS)),
    "country-empty": in_rows("country", ""),
    "country-foreign": in_rows("country", "COL", "FRA"),
    "activity-arabic": _in_arabic,
    "activity-unknown": in_rows("activity", "IV.9.9", "V.9.9", "XII.8.1", "I.7.1", "II.8.8", "X"),
    "activity-no-line": in_rows("activity", "1.1", "2.3", "3.2", "1.2", "2.2", "1.3"),
    "semester-month": in_rows("semester", "2019-02", "2019-01"),
    "semester-outside": in_rows("semester", "2016-2", "2027-1"),
    "semester-future": in_rows("semester", "2022-2", rows=range(ROWS)),
    "state-unknown": in_rows("state", "casi lista", "detenida", "por iniciar", "a medias"),
    "percent-range": in_rows("percent", "450", "101", "-1"),
    "percent-words": in_rows("percent", "mucho", "la mitad", "poco"),
    "percent-empty": in_rows("percent", ""),
    "percent-of-none": together("percent", "40", state="no_aplica", reason="No procede."),
    "percent-of-all": together("percent", "90", state="cumplida", evidence="https://a.org"),
    "no-reason": together("reason", "", state="suspendida"),
    "day-ambiguous": in_rows("reported_on", "03/04/2019", "05/06/2019", rows=range(ROWS)),
    "day-impossible": in_rows("reported_on", "2019-02-30", "2019-06-31"),
    "day-words": in_rows("reported_on", "a mediados de julio", "en agosto"),
    "day-future": in_rows("reported_on", "2999-01-01"),
    "day-early": in_rows("reported_on", "2018-01-01"),
    "link": in_rows("evidence", "javascript:alert(1)", "ver archivo", "carpeta compartida"),
    "partner": in_rows("partners", "UNESCO", "Cruz Roja", "UNESCO;Banco Mundial"),
    "too-long": in_rows("narrative", "x" * 10_001),
    "turned": in_rows("narrative", "a\u202eb"),
    "invented": in_rows("data_kind", "demostracion", rows=range(ROWS)),
    "nothing-before": in_rows("unchanged", "sí"),
    "neither-yes-nor-no": in_rows("unchanged", "quizás", "no sé"),
    "no-base": in_rows("base", "x", "y"),
    "twice": _twice,
    "wrong-and-pasted-again": _wrong_twice,
    "two-percents": together("state", "En curso (60 %)", percent="45"),
    "fulfilled-in-part": in_rows("state", "Cumplida (80 %)", "Cumplida al 90%"),
    "formulas": sheet(_put("percent", "=40+5")),
    "errors-of-formulas": sheet(_put("percent", "#N/A")),
    "code-as-number": sheet(_put("activity", 1.1)),
    "merged": sheet(_merge),
    "at-the-right": sheet(lambda _, page: [setattr(page.cell(row, 14), "value", "ojo")
                                           for row in (2, 4, 6)]),
    "title": sheet(_insert(1, "Ministerio de Relaciones Exteriores")),
    "second-header": sheet(_insert(2, *REPORT)),
    "units": sheet(_insert(2, "", "", "", "", "%")),
    "total": sheet(_insert(ROWS + 2, "TOTAL", "", "", "", "43.2")),
    "column-gone": sheet(lambda _, page: page.delete_cols(5)),
    "column-renamed": sheet(lambda _, page: setattr(page["F1"], "value", "Comentarios varios")),
    "column-added": sheet(lambda _, page: setattr(page["K1"], "value", "Color")),
    "column-twice": sheet(lambda _, page: setattr(page["G1"], "value", "percent")),
    "long-rows": text(_long_rows),
    "unclosed": text(lambda written: written.replace("La campaña sigue.", '"La campaña', 1)),
    "other-letters": lambda file: setattr(file, "encoding", "cp850"),
}  # fmt: skip
"""By a name for the tester."""

SEVERAL = (
    ("country", "state-unknown"), ("country", "day-ambiguous", "partner"),
    ("activity-arabic", "percent-range"), ("semester-outside", "link", "state-unknown"),
    ("percent-words", "day-words", "partner", "activity-unknown"),
    ("no-reason", "day-impossible", "link"), ("country", "semester-future", "percent-empty"),
    ("percent-of-none", "partner", "turned"), ("day-future", "percent-of-all"),
    ("activity-no-line", "state-unknown", "percent-range", "day-words", "link", "partner"),
    ("formulas", "country"), ("column-renamed", "state-unknown"), ("total", "partner", "country"),
    ("merged", "day-ambiguous"),
)  # fmt: skip
"""Causes that come together."""

WHOLE = ("informe.pdf", "antiguo.xls", "con-contrasena.xlsx", "pagina-web.xlsx", "otro-zip.xlsx",
         "vacio.csv", "sin-encabezado.csv", "cortado.xlsx", "macros.xlsm", "foto.xlsx")  # fmt: skip
"""Of the corpus: files that are another thing than a workbook, which is one cause each."""


def files(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[bytes, int]]:
    """Return faulty files and how many causes are in each; `rows` are those of a right one."""
    made = {name: (BAD[name](), 1) for name in WHOLE}
    for names in (*((name,) for name in CAUSES), *SEVERAL):
        file = Faulty([dict(row) for row in rows])
        for name in names:
            CAUSES[name](file)
        only_text = file.text or file.encoding != "utf-8" or set(file.rows[0]) - set(REPORT)
        kind, data = ("csv", file.csv()) if only_text else ("xlsx", file.xlsx())
        made[f"{'+'.join(names)}.{kind}"] = (data, len(names))
    return made
