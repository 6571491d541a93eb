"""What a file is, by its content: a name tells it only of what has no content of its own.

Whatever cannot be read is called what the sender knows it as, with the way from that program to
a workbook.
"""

import re
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from crmdata.errors import N_, Problem
from crmdata.files import Limits


class FileKind(StrEnum):
    """The kinds of files that can be read."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


SAVE_AS = N_("Open it in Excel, choose Save As, and take “Excel workbook (.xlsx)”.")
COPY = N_(
    "Copy or write what belongs to the report into the template, which is an Excel workbook "
    "(.xlsx), and send that."
)
OPEN_LINK = N_("Open it, download the workbook (.xlsx) from there, and send that.")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\s*<(!doctype\s+html|html|head|body|table|meta|script|style)\b", re.IGNORECASE
)
_XML = re.compile(rb"\s*<(\?xml|!doctype|!entity|[a-z]+:?workbook)", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}", re.ASCII)
_MAIL_NAMES = (b"\nmime-version:", b"\nreceived:", b"\nmessage-id:", b"\nsubject:", b"\nfrom:")
_GOOGLE = re.compile(rb'\{[^{}\[\]]{0,2000}("doc_id"|docs\.google\.com)', re.DOTALL)

_PACKED = (
    N_("The file is a compressed folder (.zip or the like)."),
    N_("Unpack it, and send the workbook that lies in it."),
)

_SENTENCES: dict[str, tuple[str, str]] = {
    "is_pdf": (N_("The file is a PDF."), COPY),
    "is_document": (N_("The file is a text document (Word or the like)."), COPY),
    "is_slides": (N_("The file is a presentation (PowerPoint or the like)."), COPY),
    "is_picture": (N_("The file is a picture."), COPY),
    "is_mail": (
        N_("The file is an e-mail."),
        N_("Save the workbook that is attached to it, and send that."),
    ),
    "is_archive": _PACKED,
    "no_workbook": _PACKED,
    "is_database": (N_("The file is a database (Access or the like)."), COPY),
    "is_google_link": (
        N_("The file is only a link to a document in Google Drive."),
        N_("Open it there, choose File, Download, Microsoft Excel (.xlsx), and send that."),
    ),
    "is_link": (N_("The file is only a shortcut to an address or another file."), OPEN_LINK),
    "is_lock_file": (
        N_("This is a temporary file that stands beside a workbook while it is open."),
        N_("Close the workbook, and choose the file without “~” at the beginning of its name."),
    ),
    "is_numbers": (
        N_("The file is of Numbers, Apple's spreadsheet."),
        N_("Open it in Numbers, choose File, Export To, Excel, and send that."),
    ),
    "open_document": (
        N_("The file is a spreadsheet of LibreOffice (.ods)."),
        N_("Open it in LibreOffice, choose Save As, and take “Excel 2007–365 (.xlsx)”."),
    ),
    "binary_workbook": (N_("The file is a binary workbook (.xlsb)."), SAVE_AS),
    "is_web_page": (N_("The file is a web page, whatever its name says."), SAVE_AS),
    "is_xml": (N_("The file is an old kind of spreadsheet, or none, and no workbook."), SAVE_AS),
    "encrypted_file": (
        N_("The file has a password."),
        N_("In Excel choose File, Info, Protect Workbook, and take the password off."),
    ),
    "labelled_file": (
        N_("The file is protected by a confidentiality label, so that only some may open it."),
        N_("Open it in Excel and give it a label without protection, or copy the rows into a new "
           "template."),
    ),
    "is_old_workbook": (N_("The file is an Excel 97–2003 workbook (.xls)."), SAVE_AS),
}  # fmt: skip

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "is_pdf"),
    (b"{\\rtf", "is_document"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"II*\0", "is_picture"),
    (b"MM\0*", "is_picture"),
    (b"Rar!", "is_archive"),
    (b"7z\xbc\xaf", "is_archive"),
    (b"\x1f\x8b", "is_archive"),
    (b"SQLite format 3\0", "is_database"),
    (b"\0\1\0\0Standard ", "is_database"),
    (b"[InternetShortcut]", "is_link"),
    (b"L\0\0\0\1\x14\2\0", "is_link"),
    (b"bplist0", "is_link"),
)

_STREAMS = (
    ("DRMEncrypted", "labelled_file"),
    ("EncryptedPackage", "encrypted_file"),
    ("__substg1.0_", "is_mail"),
    ("__properties_version1", "is_mail"),
    ("__nameid_version1", "is_mail"),
    ("WordDocument", "is_document"),
    ("PowerPoint Document", "is_slides"),
)
"""Names of streams in the container that all old Office files share."""

_PARTS = (
    ("xl/workbook.bin", "binary_workbook"),
    ("word/document.xml", "is_document"),
    ("ppt/presentation.xml", "is_slides"),
    ("index/document.iwa", "is_numbers"),
    ("index.zip", "is_numbers"),
    ("index.apxl", "is_numbers"),
)
"""Parts of archives that are no workbook."""

_MIMETYPES = ((b"opendocument.text", "is_document"), (b"opendocument.presentation", "is_slides"))


_MOST_ENTRIES = 2_000
"""Of an archive that is looked into outside the process that reads it."""


def kind_of(data: bytes) -> FileKind:
    """Return what readable bytes are; what is neither a workbook nor JSON is tried as CSV."""
    if data.startswith(b"PK"):
        return FileKind.XLSX
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return FileKind.JSON if start in (b"{", b"[") else FileKind.CSV


def of_the_whole(name: str, data: bytes, limits: Limits) -> Problem | None:
    """Return why a file is not even opened, or None."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    if not text.strip(b"\0") or _ends_in_zeros(data):
        return _not_complete()
    if not text.strip():
        return empty()
    rule = _rule_of(name, data)
    if rule is not None:
        return _problem(rule)
    return _too_big(data, limits) if len(data) > limits.bytes else None


def _rule_of(name: str, data: bytes) -> str | None:
    if _is_lock_file(name, data):
        return "is_lock_file"
    if data.startswith(_OLE[:4]):
        return _in_container(data)
    if data.startswith(b"PK"):
        return _in_archive(data)
    return _by_its_start(data[:4096])


def _problem(rule: str) -> Problem:
    return Problem(rule, *_SENTENCES[rule])


def _by_its_start(start: bytes) -> str | None:
    head = start.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head) or (_XML.match(head) and b"<html" in head.lower()):
        return "is_web_page"
    if _XML.match(head):
        return "is_link" if b"<!DOCTYPE plist" in head else "is_xml"
    for signature, rule in _SIGNATURES:
        if head.startswith(signature):
            return rule
    if start[4:8] == b"ftyp" or (start.startswith(b"RIFF") and start[8:12] == b"WEBP"):
        return "is_picture"
    if _GOOGLE.match(head.lstrip()):
        return "is_google_link"
    return "is_mail" if _is_mail(head) else None


def _is_mail(head: bytes) -> bool:
    """Tell whether a text begins with the head of an e-mail."""
    match = _MAIL.match(head.replace(b"\r\n", b"\n"))
    if match is None:
        return False
    lines = b"\n" + match[0].lower()
    return sum(name in lines for name in _MAIL_NAMES) >= 2


def _is_lock_file(name: str, data: bytes) -> bool:
    """Tell whether it is what Excel or LibreOffice keeps beside a workbook that is open."""
    if len(data) > 1024:
        return False
    excel = len(data) == 165 and data[0] <= 54 and data[1:55].strip()
    return bool(excel) or name.startswith((".~lock.", "~$"))


def _ends_in_zeros(data: bytes) -> bool:
    """Tell whether an archive lacks its end: no directory of its parts, but a stretch of zeros.

    They hold the place of what a cloud has not brought onto the machine yet.
    """
    return data.startswith(b"PK") and data.endswith(bytes(512))


def _not_complete() -> Problem:
    """Say that the file, or its end, has not arrived."""
    return Problem(
        "empty_file",
        N_("The file is empty, or was not downloaded from the cloud completely."),
        N_("In OneDrive, Google Drive or the like download it, wait until it is complete, open it "
           "to see that it is right, and send it again."),
    )  # fmt: skip


def empty() -> Problem:
    """Say that a file holds nothing."""
    return Problem("empty_file", N_("The file is empty."))


def _in_container(data: bytes) -> str:
    """Tell apart what shares the old container: mails, letters, a password, an old workbook."""
    # Names of streams stand in UTF-16; the directory may lie anywhere in the file.
    for stream, rule in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return rule
    return "is_old_workbook"


def _in_archive(data: bytes) -> str | None:
    """Return what an archive is that is no workbook; None where it is one, or is damaged."""
    if data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        return None  # the reading process says so, within its limits
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
            if "xl/workbook.xml" in names:
                return None
            for part, rule in _PARTS:
                if part in names:
                    return rule
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return _of_mimetype(archive.read("mimetype"))
    except (BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        return None
    return "open_document" if "content.xml" in names else "no_workbook"


def _of_mimetype(kind: bytes) -> str:
    return next((rule for end, rule in _MIMETYPES if end in kind), "open_document")


def _too_big(data: bytes, limits: Limits) -> Problem:
    pictures = _bytes_of_pictures(data)
    if pictures * 2 > len(data):
        return Problem(
            "pictures_too_big",
            N_("The file has {size} MB, {pictures} of them pictures; {megabytes} MB are the most."),
            N_("Take the pictures out (publish them and give their links), and send it again."),
            values={
                "size": _megabytes(len(data)), "pictures": _megabytes(pictures),
                "megabytes": limits.megabytes,
            },
        )  # fmt: skip
    return Problem(
        "file_too_big",
        N_("The file is larger than {megabytes} MB."),
        N_("Divide it into several files."),
        values={"megabytes": limits.megabytes},
    )


def _bytes_of_pictures(data: bytes) -> int:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError):
        return 0
    return sum(part.compress_size for part in parts if part.filename.startswith("xl/media/"))


def _megabytes(count: int) -> int:
    return -(-count // 1024**2)
