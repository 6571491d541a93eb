"""A PDF made light: what is no stream goes into compressed streams of objects.

Typst writes each of a report's thousands of tags as an object in plain text (typst/typst#7142).
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(
    rb"xref\s+0 \d+\s+(?P<rows>(?:\d{10} \d{5} [nf][\r\n ]{2})+)trailer\s+<<(?P<entries>.*)>>",
    re.DOTALL,
)
_OBJECT = re.compile(rb"(\d+) 0 obj\s+(.*?)\s+endobj\s*\Z", re.DOTALL)
_SIZE = re.compile(rb"/Size \d+")

_ABREAST = 200
"""Objects of a stream: a reader unpacks all of them for one."""

_UP = 2
"""The predictor of PNG for which a row holds what differs from the row above."""

Row = tuple[int, int, int]
"""Of the table of objects: the kind, then where in the file, or in which stream and its place."""

_FREE: Row = (0, 0, 0xFFFF)
_WIDE: Row = (1, 4, 2)
"""Bytes of the parts of a row."""


def packed(content: bytes) -> bytes:
    """Return a PDF with its objects packed; one whose objects stand in no plain table as it is."""
    end = _END.search(content)
    table = _TABLE.match(content, int(end[1])) if end else None
    if end is None or table is None:
        return content
    rows = (row.split() for row in table["rows"].splitlines())
    places = sorted(int(place) for place, _, kind in rows if kind == b"n")
    objects = dict(_object(content[at:to]) for at, to in pairwise([*places, int(end[1])]))
    return _written(content[: places[0]], objects, table["entries"])


def _object(raw: bytes) -> tuple[int, bytes]:
    """Return an object's number and what it holds. Raise ValueError for none."""
    found = _OBJECT.match(raw)
    if found is None:
        raise ValueError(raw[:40])
    return int(found[1]), found[2]


def _written(head: bytes, objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    """Return the file: its streams, those of packed objects, and the table of all."""
    streams = {number: body for number, body in objects.items() if body.endswith(b"endstream")}
    plain = [number for number in objects if number not in streams]
    rows: dict[int, Row] = {}
    following = max(objects) + 1
    for at in range(0, len(plain), _ABREAST):
        members = plain[at : at + _ABREAST]
        streams[following] = _bundle([(number, objects[number]) for number in members])
        rows |= {number: (2, following, place) for place, number in enumerate(members)}
        following += 1
    file = bytearray(head)
    for number, body in streams.items():
        rows[number] = (1, len(file), 0)
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(file)
    rows[following] = (1, start, 0)
    table = _table([rows.get(number, _FREE) for number in range(following + 1)], trailer)
    file += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (following, table, start)
    return bytes(file)


def _bundle(members: Sequence[tuple[int, bytes]]) -> bytes:
    """Return the stream of some objects: where each of them begins, then all of them."""
    starts, bodies = [], bytearray()
    for number, body in members:
        starts.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b"\n"
    index = b" ".join(starts) + b"\n"
    kind = b"/Type /ObjStm /N %d /First %d" % (len(members), len(index))
    return _stream(kind, index + bodies)


def _table(rows: Sequence[Row], trailer: bytes) -> bytes:
    """Return the stream that says of every object where it is."""
    said = [
        b"".join(part.to_bytes(wide, "big") for part, wide in zip(row, _WIDE, strict=True))
        for row in rows
    ]
    kind = b"/Type /XRef /W [%d %d %d] /DecodeParms << /Predictor 12 /Columns %d >>"
    own = kind % (*_WIDE, sum(_WIDE)) + b" /Size %d " % len(rows)
    return _stream(own + _SIZE.sub(b"", trailer).strip(), b"".join(_differences(said)))


def _differences(rows: Sequence[bytes]) -> Iterator[bytes]:
    for above, row in pairwise([bytes(sum(_WIDE)), *rows]):
        yield bytes([_UP, *((new - old) % 256 for old, new in zip(above, row, strict=True))])


def _stream(entries: bytes, body: bytes) -> bytes:
    small = zlib.compress(body, 9)
    said = b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n" % (entries, len(small))
    return said + small + b"\nendstream"
