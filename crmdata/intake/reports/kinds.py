"""What a file is, by its first bytes and never by its name."""

import re
from enum import StrEnum

from crmdata.errors import N_, Problem
from crmdata.files import Limits


class FileKind(StrEnum):
    """The kinds of files that can be read."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


_SAVE = N_("Save it as “Excel workbook (.xlsx)”.")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\s*<(!doctype\s+html|html|head|body|table|meta|script|style)\b", re.IGNORECASE
)
_XML = re.compile(rb"\s*<(\?xml|!doctype|!entity|[a-z]+:?workbook)", re.IGNORECASE)

_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "is_pdf", N_("The file is a PDF.")),
    (b"{\\rtf", "is_document", N_("The file is a text document.")),
    (b"\x89PNG", "is_picture", N_("The file is a picture.")),
    (b"\xff\xd8\xff", "is_picture", N_("The file is a picture.")),
    (b"GIF8", "is_picture", N_("The file is a picture.")),
    (b"Rar!", "is_archive", N_("The file is a compressed archive.")),
    (b"7z\xbc\xaf", "is_archive", N_("The file is a compressed archive.")),
    (b"\x1f\x8b", "is_archive", N_("The file is a compressed archive.")),
    (b"SQLite format 3\0", "is_database", N_("The file is a database.")),
)


def kind_of(data: bytes) -> FileKind:
    """Return what readable bytes are; what is neither a workbook nor JSON is tried as CSV."""
    if data.startswith(b"PK"):
        return FileKind.XLSX
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return FileKind.JSON if start in (b"{", b"[") else FileKind.CSV


def of_the_whole(data: bytes, limits: Limits) -> Problem | None:
    """Return why a file is not even opened, or None."""
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return empty()
    if len(data) > limits.bytes:
        return Problem(
            "file_too_big",
            N_("The file is larger than {megabytes} MB."),
            N_("Divide it into several files."),
            values={"megabytes": limits.megabytes},
        )
    return _ole(data) if data.startswith(_OLE[:4]) else _of_the_start(data[:2048])


def _of_the_start(start: bytes) -> Problem | None:
    head = start.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head) or (_XML.match(head) and b"<html" in head.lower()):
        return Problem(
            "is_web_page",
            N_("The file is a web page, whatever its name says."),
            N_("Open it in Excel and save it as “Excel workbook (.xlsx)”."),
        )
    if _XML.match(head):
        return Problem("is_xml", N_("The file is XML, and no workbook."), _SAVE)
    for signature, rule, message in _OTHERS:
        if start.startswith(signature):
            return Problem(rule, message, N_("Send a workbook (.xlsx), CSV or JSON."))
    return None


def empty() -> Problem:
    """Say that a file holds nothing."""
    return Problem("empty_file", N_("The file is empty."))


def _ole(data: bytes) -> Problem:
    """Tell a workbook with a password from an old one: both are in the same container."""
    # Names of streams stand in UTF-16; the directory may lie anywhere in the file.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Problem(
            "encrypted_file", N_("The file has a password."), N_("Take it off and send it again.")
        )
    return Problem("is_old_workbook", N_("The file is an Excel 97–2003 workbook."), _SAVE)
