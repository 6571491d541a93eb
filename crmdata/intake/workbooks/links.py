"""The links behind the words of cells: a sheet names their cells, its relations their targets."""

from io import BytesIO
from posixpath import basename, dirname, join
from xml.parsers import expat
from zipfile import ZipFile

_Place = tuple[int, int]


def behind(data: bytes, part: str) -> dict[_Place, str]:
    """Return the target of each linked cell of a sheet's part, by row and column from 1."""
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read(part)
        if b"hyperlink" not in sheet:
            return {}
        relations = join(dirname(part), "_rels", f"{basename(part)}.rels")
        content = archive.read(relations) if relations in archive.namelist() else b""
    targets = {
        each.get("Id", ""): each.get("Target", "") for each in _elements(content, "Relationship")
    }
    addresses: dict[_Place, str] = {}
    for link in _elements(sheet, "hyperlink"):
        identity = next((value for name, value in link.items() if name.endswith(":id")), "")
        target, place = targets.get(identity, ""), link.get("location", "")
        whole = f"{target}#{place}" if place else target
        for cell in _cells(link.get("ref", "")):
            addresses[cell] = whole
    return addresses


def _elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of every element of a name."""
    elements: list[dict[str, str]] = []
    if not xml:
        return elements

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            elements.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return elements


_MOST = 200
"""Cells of one link: nobody lays one over more of them."""


def _cells(reference: str) -> list[_Place]:
    """Return the places of `H2` or `H2:H4`."""
    first, _, last = reference.replace("$", "").partition(":")
    begin, end = _place(first), _place(last or first)
    if begin is None or end is None:
        return []
    rows, columns = range(begin[0], end[0] + 1), range(begin[1], end[1] + 1)
    if len(rows) * len(columns) > _MOST:
        return []
    return [(row, column) for row in rows for column in columns]


def _place(reference: str) -> _Place | None:
    letters = reference.rstrip("0123456789")
    row = reference[len(letters) :]
    if not row or len(row) > 7 or not letters.isascii() or not letters.isalpha():
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(row), column
