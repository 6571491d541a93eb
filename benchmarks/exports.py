"""What it costs to make what people take home, each as a whole process from a shell.

The floor of each is a process that imports the same library and writes the same number of slides
or pages with a content that stands ready: no database, no numbers, no charts.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import openpyxl
import pptx
import pypdf

from benchmarks.table import Goal, Row, show
from crmdata import start

ROUNDS = 3

_SLIDES = """
import sys
import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
made = pptx.Presentation()
for place in range(int(sys.argv[2])):
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = f"Slide {place}"
    data = CategoryChartData()
    data.categories = list("ABCDEFGHIJK")
    for state in range(5):
        data.add_series(f"State {state}", range(11))
    box = Inches(1), Inches(2), Inches(6), Inches(4)
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *box, data)
    slide.notes_slide.notes_text_frame.text = "What is behind the slide. " * 20
made.save(sys.argv[1])
"""

_PAGES = """
import sys
from pathlib import Path
import typst
from crmdata.render.typst import letters
cells = "range(360).map(it => [#it])"
page = f"#table(columns: 6, inset: 2pt, ..{cells})"
source = "#set text(font: \\"Source Sans 3\\", size: 7pt)\\n" + "\\n#pagebreak()\\n".join(
    [page] * int(sys.argv[2])
)
typst.compile(source.encode(), output=sys.argv[1], font_paths=[letters.RANGES.parent],
              ignore_system_fonts=True)
"""

_ROWS = """
import csv, io, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as made:
    text = io.StringIO()
    csv.writer(text).writerows([[row, *("a value" for _ in range(19))] for row in range(5000)])
    made.writestr("rows.csv", text.getvalue())
"""

_SHEETS = """
import sys
import xlsxwriter
made = xlsxwriter.Workbook(sys.argv[1])
for place in range(int(sys.argv[2])):
    sheet = made.add_worksheet(f"Sheet {place}")
    for row in range(200):
        sheet.write_row(row, 0, [row, *("a value" for _ in range(15))])
    chart = made.add_chart({"type": "bar", "subtype": "percent_stacked"})
    chart.add_series({"values": [sheet.name, 0, 0, 10, 0]})
    sheet.insert_chart("R2", chart)
made.close()
"""


@dataclass(frozen=True)
class Export:
    """A file, the verb that writes it, its floor, and within how many seconds it should be."""

    figure: str
    verb: tuple[str, ...]
    ending: str
    floor: str
    size: Callable[[Path], int]
    limit: float | None = None


def _slides(file: Path) -> int:
    return len(pptx.Presentation(str(file)).slides)


def _sheets(file: Path) -> int:
    return len(openpyxl.load_workbook(file, read_only=True).sheetnames)


def _pages(file: Path) -> int:
    return len(pypdf.PdfReader(file).pages)


EXPORTS = (
    Export("deck, {n} slides", ("deck", "--lang", "es"), "pptx", _SLIDES, _slides, 5),
    Export("report, {n} pages", ("report",), "pdf", _PAGES, _pages, 6),
    Export("country sheet, {n} pages", ("sheet", "country", "NIC"), "pdf", _PAGES, _pages, 3),
    Export("line sheet, {n} pages", ("sheet", "line", "IV"), "pdf", _PAGES, _pages, 3),
    Export("workbook of the plan, {n} sheets", ("workbook",), "xlsx", _SHEETS, _sheets, 5),
    Export("data package", ("package",), "zip", _ROWS, lambda _: 0),
)


def rows() -> Iterator[Row]:
    """Yield a row for each export of the demonstration data."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        url = f"sqlite:///{folder / 'demo.sqlite3'}"
        start.prepare(url).dispose()
        os.environ["CRMDATA_DATABASE_URL"] = url
        os.environ["CRMDATA_PUBLIC_URL"] = "https://follow.example.org"
        for export in EXPORTS:
            file = folder / f"made.{export.ending}"
            value = seconds([sys.executable, "-m", "crmdata", *export.verb, "-o", str(file)])
            count = export.size(file)
            floor = [sys.executable, "-c", export.floor, str(folder / "floor"), str(count)]
            goal = Goal("<", export.limit) if export.limit else None
            figure = export.figure.format(n=count)
            yield Row(figure, value, floor=seconds(floor), goal=goal)


def seconds(command: list[str]) -> float:
    """Return the median time of a whole process, after one that fills the caches."""
    taken = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - begun)
    return median(taken[1:])


if __name__ == "__main__":
    show(rows())
