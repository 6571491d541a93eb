"""The partners that a cell names, one after another, whatever people write between them.

`ACNUR y UNICEF`, `IOM, UNHCR, and UNICEF` and `la OIM - ACNUR` are lists of known partners. A name
that nobody knows stays as it is written, to be named by itself.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from crmdata.intake.reports.suggestions import plain_words

_SIGN = re.compile(
    r"\s*(?:[;,|&+\n•·]|(?<!\by)(?<!\band)/(?!o\b|or\b))\s*(?:(?:y|e|and|et)\s+)?"
    r"|\s+[-–—]\s+|\s+(?:y|e|and|et|con|with)\s+",
    re.IGNORECASE,
)
"""What stands between the names of several; `y/o` leaves open which of them is meant."""

_BEFORE = re.compile(
    r"(?:(?:con|with)\s+)?(?:(?:el\s+)?(?:apoyo|acompañamiento|support)\s+(?:del?|from|of)\s+)?"
    r"(?:(?:de|from)\s+)?(?:(?:del|la|el|the)\s+)?",
    re.IGNORECASE,
)
"""Beside a name it says nothing more than the column does: `con apoyo de la OIM`."""

_GLUE = re.compile(r"[\s\-–—]+")
_EDGES = " .-–—•·*\t"
_MOST_PIECES = 6
"""So many pieces a name may fall into that holds such signs itself."""


def pieces(written: str) -> list[str]:
    """Return what stands between the signs of a list."""
    return [piece for part in _SIGN.split(written) if (piece := part.strip(_EDGES))]


def named(written: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each name in a cell with its partner's code, '' where nobody knows it.

    `names` holds the codes by plain name.
    """
    signs = [match.span() for match in _SIGN.finditer(written)]
    spans = [(end, start) for (_, end), (start, _) in pairwise([(0, 0), *signs, (len(written), 0)])]
    return list(_of_spans(written, spans, names))


def _of_spans(
    written: str, spans: list[tuple[int, int]], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the names of a text in pieces: a name that holds a sign itself stays whole."""
    place = 0
    while place < len(spans):
        for last in range(min(place + _MOST_PIECES, len(spans)) - 1, place - 1, -1):
            piece = written[spans[place][0] : spans[last][1]].strip(_EDGES)
            code = _read(piece, names)
            if code:
                yield piece, code
                break
        else:
            last = place
            yield from _glued(piece, names)
        place = last + 1


def _glued(piece: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the partners of a piece in which nothing but known ones stands, else the piece."""
    parts = [part for part in _GLUE.split(piece) if part]
    codes = [_read(part, names) for part in parts]
    if all(codes):
        yield from zip(parts, codes, strict=True)
    elif piece:
        yield piece, ""


def _read(piece: str, names: Mapping[str, str]) -> str:
    """Return the partner that a code, an acronym or a name stands for, or ''."""
    bare = piece[_match_end(piece) :]
    return _named(plain_words(piece), names) or _named(plain_words(bare), names)


def _match_end(piece: str) -> int:
    match = _BEFORE.match(piece)
    return match.end() if match else 0


def _named(plain: str, names: Mapping[str, str]) -> str:
    if plain in names:
        return names[plain]
    match = re.fullmatch(r"(.+?)\s*\((.+)\)", plain)
    if match is None:
        return ""
    both = {names.get(part.strip(), "") for part in match.groups()}
    return both.pop() if len(both) == 1 else ""
