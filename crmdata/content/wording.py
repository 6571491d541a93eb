"""Text in figures: escaped and wrapped, numbers as words, honest percentages, lists."""

import math
import textwrap
from collections.abc import Callable, Iterable, Mapping
from html import escape as _escape
from typing import Any

from babel.lists import format_list

from crmdata.fields import PROSE, REPORT
from crmdata.i18n import FORMATS, Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, label
from crmdata.measures.briefing import runs
from crmdata.terms import State

_NARROW = frozenset("fijlrtI.,;:'|!()[] -/·")
_WIDE = frozenset("mwMW@%…—")

_PROSE = tuple(field for field in REPORT if field.type in PROSE and field.public)

BOLD = 1.06
"""How many times as wide bold type is."""


def text_of(value: object) -> str:
    """Return a text of a frame, `""` where it is missing (None or NaN)."""
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if missing else str(value)


def escape(text: object) -> str:
    """Make text from the data harmless: plotly renders `<a href>` and `<b>` in any label."""
    return _escape(text_of(text), quote=False)


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is in px; a little more than it is in Source Sans."""
    ems = 0.0
    for letter in text:
        if letter in _NARROW:
            ems += 0.31
        elif letter in _WIDE:
            ems += 0.82
        else:
            ems += 0.6 if letter.isupper() else 0.51
    return ems * size


def wrapped(text: str, *, width: int, lines: int = 3) -> list[str]:
    """Fold a text at about `width` characters; what is beyond `lines` ends in an ellipsis."""
    return textwrap.wrap(text, width=width, max_lines=lines, placeholder=" …") or [""]


def folded(text: str, room: float, size: float) -> list[str]:
    """Fold a text between words to a room in px; a longer word stands alone in its line."""
    lines: list[str] = []
    # Not `split()`: what a no-break space joins stays together.
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def hover_text(text: str, *, width: int) -> str:
    """Fold a whole text for a hover label, escaped."""
    return "<br>".join(escape(line) for line in textwrap.wrap(text, width=width))


def percent(words: Words, value: float) -> str:
    """Write 0–100 without decimals; what is not quite 0 or 100 says so: `<1 %`, `>99 %`."""
    if 0 < value < 0.5:
        return f"<{words.percent(1)}"
    if 99.5 <= value < 100:
        return f">{words.percent(99)}"
    return words.percent(round(value))


def described(words: Words, report: Mapping[Any, Any], *, labelled: bool = False) -> str:
    """Write what a report says: its narrative, and beneath it its other texts, a line each.

    A narrative alone stands without its label, unless it is to be `labelled`.
    """
    texts = {field.code: text for field in _PROSE if (text := text_of(report[field.code]))}
    if list(texts) == ["narrative"] and not labelled:
        return texts["narrative"]
    return "\n".join(
        f"{words(field.label or field.name)}: {texts[field.code]}"
        for field in _PROSE
        if field.code in texts
    )


def value(words: Words, state: str, percent: float) -> str:
    """Write what a report says in short: its state, and the percent that the state leaves open."""
    if state not in {State.EN_CURSO, State.SUSPENDIDA}:
        return label(words, state)
    return words("{state}, {percent}", state=label(words, state), percent=words.entered(percent))


def periods(words: Words, codes: Iterable[str]) -> str:
    """Write periods, those on end as one: `2018-I to 2019-II, 2020-II`."""
    return ", ".join(span(words, first.code, last.code) for first, last in runs(codes))


def span(words: Words, first: str, last: str) -> str:
    """Write periods on end, a single one by itself."""
    if first == last:
        return words.period(first)
    return words("{first} to {last}", first=words.period(first), last=words.period(last))


def groups_counted(words: Words, by: str, count: int) -> str:
    """Write how many groups there are with what they are, `16 lines`; `by` as in measures."""
    return _GROUPS[by](words, count)


def of_groups(words: Words, by: str, n: int, among: int) -> str:
    """Write how many of how many groups, `9 of 16 lines`, `1 of 1 line`."""
    return words("{n} of {groups}", n=words.number(n), groups=groups_counted(words, by, among))


_GROUPS: dict[str, Callable[[Words, int], str]] = {
    "axis": lambda words, n: words.plural("{n} axis", "{n} axes", n),
    "line": lambda words, n: words.plural("{n} line", "{n} lines", n),
    "result": lambda words, n: words.plural("{n} result", "{n} results", n),
    "activity": lambda words, n: words.plural("{n} activity", "{n} activities", n),
    "country": lambda words, n: words.plural("{n} country", "{n} countries", n),
    "partner": lambda words, n: words.plural("{n} partner", "{n} partners", n),
    "report": lambda words, n: words.plural("{n} report", "{n} reports", n),
    "semester": lambda words, n: words.plural("{n} semester", "{n} semesters", n),
}


def ratio(words: Words, measured: Any) -> str:
    """Write `n/N` of a row of measures."""
    return f"{words.number(int(measured.reported))}/{words.number(int(measured.expected))}"


def n_of(words: Words, measured: Any) -> str:
    """Write `n of N`; `—` where nothing was expected."""
    if not measured.expected:
        return NOT_APPLICABLE
    return words(
        "{n} of {N}", n=words.number(int(measured.reported)), N=words.number(int(measured.expected))
    )


def arrived(words: Words, measured: Any) -> str:
    """Write `17 of 20 reports`, where nothing near says that it counts them; `—` of nothing."""
    if not measured.expected:
        return NOT_APPLICABLE
    return reports_of(words, int(measured.reported), int(measured.expected))


def reports_of(words: Words, n: int, among: int) -> str:
    """Write `17 of 20 reports`, `1 of 1 report`."""
    return words.out_of("{n} of {N} report", "{n} of {N} reports", n, among)


def arrived_share(words: Words, measured: Any) -> str:
    """Write `17 of 20 reports (85 %)`; `—` where nothing was expected."""
    if not measured.expected:
        return NOT_APPLICABLE
    return f"{arrived(words, measured)} ({share(words, measured)})"


def share(words: Words, measured: Any) -> str:
    """Write the coverage alone, for a column beside n and N; `—` where nothing was expected."""
    if not measured.expected:
        return NOT_APPLICABLE
    return percent(words, 100 * measured.reported / measured.expected)


def coverage(words: Words, measured: Any) -> str:
    """Write `n/N (27 %)`; `—` where nothing was expected."""
    if not measured.expected:
        return NOT_APPLICABLE
    return f"{ratio(words, measured)} ({share(words, measured)})"


def interval(words: Words, measured: Any) -> str:
    """Write the interval as `12–78 %`; `—` where nothing was expected."""
    if not measured.expected:
        return NOT_APPLICABLE
    low, high = round(measured.low), round(measured.high)
    return words.percent(low) if low == high else f"{words.number(low)}–{words.percent(high)}"


def progress(words: Words, measured: Any) -> str:
    """Write the reported progress, or the sign or interval that stands in its place."""
    if not measured.expected:
        return NOT_APPLICABLE
    if not measured.reported:
        return NO_REPORT
    return interval(words, measured) if measured.withheld else percent(words, measured.progress)


def single(words: Words, measured: Any) -> str:
    """Write the reported progress alone, beside a column with the interval."""
    if not measured.expected:
        return NOT_APPLICABLE
    if not measured.reported:
        return NO_REPORT
    return words("withheld") if measured.withheld else percent(words, measured.progress)


def size(words: Words, count: int) -> str:
    """Write how large a file of so many bytes is."""
    if count < 1_000_000:
        return words("{n} KB", n=words.number(max(1, round(count / 1000))))
    return words("{n} MB", n=words.number(count / 1_000_000, 1))


def joined(words: Words, items: Iterable[str]) -> str:
    """Join names as the language does: `Belice, Honduras y México`.

    Titles of the plan end with a point or a comma here and there; in a list it goes.
    """
    names = [item.rstrip(" .,;") for item in items]
    return format_list(names, locale=FORMATS[words.language])


def sentences(*parts: str) -> str:
    """Join whole sentences; empty ones are left out."""
    return " ".join(sentence for sentence in parts if sentence)
