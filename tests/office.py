"""LibreOffice without a screen, doing by a script what a person does in it by hand."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.patience import PATIENCE

Cell = tuple[str, str, str | float]
"""A sheet's name, a cell's address, and what somebody types into it."""

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{text}</script:module>"""
_SCRIPT = """Sub Fill
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{steps}
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName" : form(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", form())
  book.close(True)
End Sub"""


def fill(source: Path, target: Path, cells: Iterable[Cell]) -> None:
    """Open a workbook, type into its cells, and save it as a workbook of Excel's."""
    profile = target.parent / "profile"
    library = profile / "user" / "basic" / "Standard"
    if not library.exists():
        # The first start fills a profile, and would write over a script that lies there.
        _office(profile, "--terminate_after_init")
    script = _SCRIPT.format(
        source=source.as_uri(), target=target.as_uri(), steps="\n".join(map(_typed, cells))
    )
    (library / "Module1.xba").write_text(_MODULE.format(text=escape(script)), "utf-8")
    _office(profile, "macro:///Standard.Module1.Fill")


def converted(file: Path, ending: str) -> Path:
    """Open a file and save it in another format, in a folder beside it; return where it is."""
    return convert([file], ending)[0]


def convert(files: Sequence[Path], ending: str, how: str = "", read: str = "") -> list[Path]:
    """Open files that lie in one folder and save them in another format, with one start.

    `how` is what the filter of the format is told, behind the ending; `read` the filter that
    opens them, where the program would ask.
    """
    if not files:
        return []
    folder = files[0].parent / "converted"
    opened = [f"--infilter={read}"] if read else []
    _office(files[0].parent / "profile", *opened, "--convert-to", f"{ending}{how}",
            "--outdir", str(folder), *map(str, files))  # fmt: skip
    made = [folder / file.with_suffix(f".{ending}").name for file in files]
    missing = [file.name for file in made if not file.is_file()]
    assert not missing, f"LibreOffice did not make {missing}."
    return made


def _office(profile: Path, *arguments: str) -> None:
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", *arguments],
        check=True, capture_output=True, timeout=2 * PATIENCE,
    )  # fmt: skip


def _typed(cell: Cell) -> str:
    """Return the step that types into a cell, as at the keyboard: numbers as numbers."""
    sheet, address, value = cell
    place = f'  book.Sheets.getByName("{sheet}").getCellRangeByName("{address}")'
    if isinstance(value, float):
        return f"{place}.Value = {value}"
    return f'{place}.String = "{value.replace(chr(34), chr(34) * 2)}"'
