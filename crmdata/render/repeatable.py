"""Office files that do not tell when they were written: the same content, the same bytes.

The libraries that write them put the present moment into the ZIP, into the properties and into
the workbooks behind charts.
"""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the earliest that the format can write."""

_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


def timeless(content: bytes, day: date) -> bytes:
    """Return an Office file that says it was made on a day, its own workbooks too."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w") as file:
        for name in source.namelist():
            file.writestr(entry(name), _part(name, source.read(name), day))
    return target.getvalue()


def entry(name: str) -> ZipInfo:
    """Return what a ZIP says of a file in it, whenever and on whatever system it is written."""
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # as on Unix
    return info


def _part(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return timeless(content, day)
    if name == _PROPERTIES:
        moment = f"{day.isoformat()}T00:00:00Z".encode()
        return _MOMENT.sub(rb"\g<1>" + moment + rb"\g<2>", content)
    return content
