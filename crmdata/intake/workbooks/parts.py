"""A workbook's ZIP directory: nothing is unpacked that it has not announced within the limits."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from crmdata.errors import N_, Problem

MEMBERS = 64
PART_BYTES = 10 * 1024 * 1024
WHOLE_BYTES = 20 * 1024 * 1024
RATIO = 100

_FROM_RATIO = 1024 * 1024
"""Below this a great ratio is only an empty sheet, and harmless."""

DAMAGE = (
    expat.ExpatError, BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError,
    OverflowError, RuntimeError,
)  # fmt: skip
"""What the libraries raise on damaged archives and parts, which fuzzing has shown."""

AGAIN = N_("Open it in Excel or LibreOffice, save it as .xlsx, and send it again.")


def directory_problems(data: bytes) -> Iterator[Problem]:
    """Yield what is wrong with the ZIP archive as its directory tells it."""
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except DAMAGE:
        cut = b"PK\x05\x06" not in data[-66_000:]
        yield truncated() if cut else damaged()
        return
    names = [part.filename for part in parts]
    yield from _active_problems(names)
    if any(part.flag_bits & 1 for part in parts):
        yield encrypted()
    if len(parts) > MEMBERS:
        yield Problem(
            "too_many_parts",
            N_("The workbook consists of {parts} parts; {limit} are the most."),
            N_("Copy the rows into a new template."),
            values={"parts": len(parts), "limit": MEMBERS},
        )
    whole = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    greatest = max((part.file_size for part in parts), default=0)
    if whole > WHOLE_BYTES or greatest > PART_BYTES:
        yield Problem(
            "zip_bomb",
            N_("Opened, the file would take {megabytes} MB; {limit} MB are the most."),
            N_("Copy the rows into a new template."),
            values={"megabytes": -(-whole // 1024**2), "limit": WHOLE_BYTES // 1024**2},
        )
    elif whole > _FROM_RATIO and whole / packed > RATIO:
        yield Problem(
            "zip_bomb",
            N_("Opened, the file would grow more than {ratio} times."),
            N_("Copy the rows into a new template."),
            values={"ratio": RATIO},
        )
    elif any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        yield damaged()
    if len(set(names)) != len(names):
        yield damaged()


def _active_problems(names: list[str]) -> Iterator[Problem]:
    """Yield what could do something, or comes from elsewhere."""
    lower = [name.lower() for name in names]
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in lower):
        yield macros()
    if (
        any(name.startswith(("xl/externallinks/", "xl/querytables/")) for name in lower)
        or "xl/connections.xml" in lower
    ):
        yield external()
    if any(name.startswith(("xl/embeddings/", "xl/activex/")) for name in lower):
        yield Problem(
            "embedded_objects",
            N_("The workbook holds embedded files or controls."),
            N_("Delete them, or copy the rows into a new template."),
        )


SAVE_AS_XLSX = N_("Save it as “Excel workbook (.xlsx)”.")


def truncated() -> Problem:
    """Say that the end of the file is missing."""
    return Problem(
        "truncated_file",
        N_("The file is incomplete: a download or an e-mail cut it off."),
        N_("Send it again from where it was made."),
    )


def damaged() -> Problem:
    """Say that no reader makes sense of the file."""
    return Problem("damaged_workbook", N_("The workbook is damaged."), AGAIN)


def encrypted() -> Problem:
    """Say that the file asks for a password."""
    return Problem(
        "encrypted_file", N_("The file has a password."), N_("Take it off and send it again.")
    )


def macros() -> Problem:
    """Say that programs are not accepted."""
    return Problem("macros", N_("The workbook holds macros, which are not accepted."), SAVE_AS_XLSX)


def external() -> Problem:
    """Say that a workbook must stand by itself."""
    return Problem(
        "external_links",
        N_("The workbook takes data from other files or addresses."),
        N_("Break the links (in Excel: Data, Edit Links), or copy the values into a new template."),
    )
