"""Workbooks saved as “Strict Open XML”: the same parts, whose names lie in other namespaces."""

from io import BytesIO
from posixpath import splitext
from zipfile import ZIP_DEFLATED, ZipFile

_STRICT = b"http://purl.oclc.org/ooxml/"

_OURS = (
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/spreadsheetDrawing", b"drawingml/2006/spreadsheetDrawing"),
)
"""The end of a name there and here, behind the address of those who keep them."""

_HERE = b"http://schemas.openxmlformats.org/"


def transitional(data: bytes) -> bytes:
    """Return a workbook with the names that the reader knows; most have them already."""
    with ZipFile(BytesIO(data)) as archive:
        try:
            if _STRICT not in archive.read("xl/workbook.xml"):
                return data
        except Exception:  # what is damaged is said by the scan
            return data
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as book:
            for part in archive.infolist():
                content = archive.read(part)
                if splitext(part.filename)[1] in (".xml", ".rels"):
                    content = _renamed(content)
                book.writestr(part.filename, content)
    return target.getvalue()


def _renamed(content: bytes) -> bytes:
    for there, here in _OURS:
        content = content.replace(_STRICT + there, _HERE + here)
    return content
