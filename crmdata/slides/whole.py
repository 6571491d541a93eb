"""The slides of the whole plan: its title, where it stands, and each axis and line of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from crmdata import measures
from crmdata.content import agreements as said
from crmdata.content import findings, home
from crmdata.content.calendar import phrases
from crmdata.content.names import Name, Names
from crmdata.content.parts import Entries, Finding, ListEntry, Section, StateBars
from crmdata.slides import agreements, calendars, parts
from crmdata.slides.model import Slide
from crmdata.slides.parts import Place, SlideMaking
from crmdata.slides.plenary import Within


def title(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slide of which plan, meeting and dates the others are, then what was agreed on.

    That is what earlier meetings agreed on, as done or open: their number stands on the title.
    """
    words, data = making.words, making.data
    meeting = measures.meeting_at(data.view.frame("meetings"), data.view.cutoff)
    items = [words("As reported up to {day}", day=words.date(data.view.cutoff))]
    if data.first is not None:
        items.append(words("Compared with {day}", day=making.day()))
    if meeting is not None:
        day = words.date(meeting["held_on"])
        name = words.pick(meeting["name_es"], meeting["name_en"])
        items.insert(0, words("{meeting}, held on {day}", meeting=name, day=day))
    earlier = agreements.earlier(making)
    if len(earlier):
        items.append(said.looking_back(data.view, words, earlier))
    plan = data.view.plan
    counts = {name: len(data.view.frame(name)) for name in ("axes", "lines", "activities")}
    yield Slide(
        "portada", "portada", words.pick(*plan.title), "inicio", {},
        lead=words("Period {first}–{last}", first=plan.period_from, last=plan.period_to),
        parts=(Entries("", [ListEntry(Name("", item)) for item in items]),),
        notes=(words("{axes} axes, {lines} lines, {activities} activities, {countries} countries.",
                     **counts, countries=len(data.countries)),),
    )  # fmt: skip
    yield from agreements.looking_back(making, earlier)


ELSEWHERE = frozenset({"vence", "acuerdos"})
"""The sections of Inicio that have slides of their own."""


def situation(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of what Inicio says of the region, section by section."""
    words, view = making.words, making.data.view
    outside = phrases.templates(words)["outside"].format(n=len(view.frame("outside")))
    coverage = parts.ratio(words, making.whole())
    for section in home.of_region(view, words):
        if section.key in ELSEWHERE:
            continue
        key = "situacion" if section.main else f"situacion-{section.key}"
        # On a wall the bars of the axes have their progress with them, so one number is enough.
        on_wall = replace(section, parts=[_axes(making), parts.progress(making)])
        yield from parts.of_section(
            making, on_wall if section.main else section,
            Place(key, "situacion", "inicio", coverage=coverage),
            (outside,) if section.main else (),
        )  # fmt: skip


def _axes(making: SlideMaking) -> StateBars:
    words = making.words
    title = words("What was reported, by axis")
    return parts.bars(making, "axis", making.axes, title=title, whole=words("The whole plan"))


def axes(making: SlideMaking) -> Iterator[Slide]:
    """Yield a slide an axis, line by line, and after it those of its calendar."""
    words, lines = making.words, making.lines
    of_axis = making.data.view.frame("lines").groupby("axis", sort=False)["line"].apply(list)
    for axis, name in making.axes.items():
        yield from _group(
            making, "axis", (axis, name), {line: lines[line] for line in of_axis.get(axis, [])},
            title=words("What was reported, line by line"), whole=words("The whole axis"),
        )  # fmt: skip
        yield from calendars.of_axis(making, int(axis))


def lines(making: SlideMaking) -> Iterator[Slide]:
    """Yield a slide a line, country by country; none of a line of which nothing is due."""
    words = making.words
    for line in making.lines.items():
        yield from _group(
            making, "line", line, making.countries,
            title=words("What was reported, country by country"), whole=words("The whole line"),
        )  # fmt: skip


Grouped = Literal["axis", "line"]

_KEYS: dict[Grouped, tuple[str, str, str]] = {
    "axis": ("eje", "ejes", "line"),
    "line": ("linea", "lineas", "country"),
}
"""A group's name in keys and addresses, its section, and what its bars are by."""


def _group(
    making: SlideMaking,
    of: Grouped,
    group: tuple[Any, Name],
    rows: Names,
    *,
    title: str,
    whole: str,
) -> Iterator[Slide]:
    """Yield the slide of an axis or a line: how much arrived, by whom, and how far it is."""
    words, data = making.words, making.data
    (code, name), (field, section, by) = group, _KEYS[of]
    within: Within = (of, code)
    together = making.whole(within)
    picture = parts.bars(making, by, rows, title=title, whole=whole, within=within)
    sentences = [findings.arrival(words, together, _called(making, of, name))]
    if of == "line":
        sentences.append(parts.silence(making, within))
    # Eleven countries leave no room for the progress of each.
    beneath = [parts.progress(making, within)] if of == "line" else []
    on_wall = Section(
        field, _titled(making, of, name), Finding(tuple(sentences)), [picture, *beneath]
    )
    place = Place(f"{field}-{code}", section, "lineas", {field: str(code)},
                  parts.ratio(words, together))  # fmt: skip
    changes = None if data.changes is None else _rows_of(data.changes, of, code)
    own = _rows_of(data.cells, of, code)
    notes = (
        findings.longest_pending(words, own, data.view.cutoff), parts.changed(making, changes),
        parts.next_due(making, own),
    )  # fmt: skip
    yield from parts.of_section(making, on_wall, place, filter(None, notes))


def _called(making: SlideMaking, of: Grouped, name: Name) -> str:
    """Return an axis or line in few words, its kind before its number."""
    words = making.words
    if of == "axis":
        return words("Axis {code}. {title}", code=name.short, title=name.brief)
    return words("Line {code}. {title}", code=name.short, title=name.brief)


def _titled(making: SlideMaking, of: Grouped, name: Name) -> str:
    """Return the same with the words of the plan, without the point at their end."""
    return _called(making, of, Name(name.short, name.text.rstrip(" .,;"), numbered=True))


def _rows_of(rows: pd.DataFrame, of: str, code: Any) -> pd.DataFrame:
    own: pd.DataFrame = rows.loc[rows[of] == code]
    return own
