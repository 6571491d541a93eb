"""How much room a text takes, reckoned on the safe side: no renderer is asked.

A deck opens where its font may be missing, so texts are measured as if set in a face wider
than Calibri; what fits here fits there.
"""

from collections.abc import Iterable, Sequence

from crmdata.content.wording import text_width

POINTS = 72
"""Points an inch; sizes of type are in points, rooms in inches."""

LINE = 1.2
"""Height of a line of type, in sizes."""

_WIDER, _BOLD = 1.17, 1.1


def lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text folds into within a width in inches."""
    scale = _WIDER * (_BOLD if bold else 1) / POINTS
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for word in paragraph.split(" "):
            long = text_width(f"{word} ", size) * scale
            if used and used + long > width:
                used, count = 0.0, count + 1
            # A word longer than a line is broken by the renderer.
            count += int(long / width) if long > width else 0
            used += long
    return count


def height(texts: Iterable[str], width: float, size: float, *, bold: bool = False) -> float:
    """Return the height in inches of texts one under the other."""
    return sum(lines(text, width, size, bold=bold) for text in texts) * size * LINE / POINTS


def size(
    texts: Sequence[str], width: float, room: float, sizes: Sequence[float], *, bold: bool = False
) -> float:
    """Return the largest size at which the texts fit one under the other; else the least."""
    fitting = (each for each in sizes if height(texts, width, each, bold=bold) <= room)
    return next(fitting, sizes[-1])


def size_of_cells(
    cells: Iterable[tuple[str, float, float]], sizes: Sequence[float], *, bold: bool = False
) -> float:
    """Return the largest size at which each text fits its own width and height."""
    return min(
        (size([text], width, room, sizes, bold=bold) for text, width, room in cells),
        default=sizes[0],
    )


def shortened(text: str, width: float, size: float, most: int) -> str:
    """Cut a text to at most so many lines, between words, with an ellipsis."""
    if lines(text, width, size) <= most:
        return text
    words = text.split(" ")
    while words and lines(" ".join([*words, "…"]), width, size) > most:
        words.pop()
    return " ".join([*words, "…"])
