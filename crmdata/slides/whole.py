"""The slides of the whole plan: its title, where it stands, and each axis and line of it."""

from collections.abc import Iterator
from typing import Any, Literal

import pandas as pd

from crmdata import measures
from crmdata.content import names
from crmdata.content.names import Name, Names
from crmdata.slides import calendars, parts
from crmdata.slides.model import Number, Slide, Text
from crmdata.slides.parts import SlideMaking
from crmdata.slides.plenary import Within


def title(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slide that says of which plan, meeting and dates the others are."""
    words, data = making.words, making.data
    meeting = measures.meeting_at(data.view.frame("meetings"), data.view.cutoff)
    items = [words("As reported up to {day}", day=words.date(data.view.cutoff))]
    if data.first is not None:
        items.append(words("Compared with {day}", day=making.day()))
    if meeting is not None:
        held = words.date(meeting["held_on"])
        name = words.pick(meeting["name_es"], meeting["name_en"])
        items.insert(0, words("{meeting}, held on {day}", meeting=name, day=held))
    plan = data.view.plan
    counts = {name: len(data.view.frame(name)) for name in ("axes", "lines", "activities")}
    yield Slide(
        "portada", "portada", words.pick(*plan.title), "inicio", {},
        lead=words("Period {first}–{last}", first=plan.period_from, last=plan.period_to),
        texts=(Text("", tuple(items)),),
        notes=(words("{axes} axes, {lines} lines, {activities} activities, {countries} countries.",
                     **counts, countries=len(data.countries)),),
    )  # fmt: skip


def standing(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slide of the whole plan, axis by axis."""
    words, data = making.words, making.data
    whole = making.whole()
    chart = parts.bars(
        making, "axis", names.of_axes(data.view.frame("axes"), words),
        title=words("What was reported, by axis"), whole=words("The whole plan"),
    )  # fmt: skip
    numbers = parts.numbers(words, whole)
    yield Slide(
        "situacion", "situacion", words("Where we stand"), "inicio", {},
        numbers=(*numbers, _outside(making)) if numbers else (),
        charts=(chart,),
        coverage=parts.ratio(words, whole),
        notes=(chart.summary, *chart.lines(words)),
    )  # fmt: skip


def _outside(making: SlideMaking) -> Number:
    words, reports = making.words, making.data.view.frame("outside")
    by_region = int((~reports["country"].isin(list(making.data.view.members))).sum())
    return Number(
        words("Outside the calendar"),
        words.number(len(reports)),
        words("reports that count in no share"),
        words("{count} by the region itself", count=words.number(by_region)),
    )


def axes(making: SlideMaking) -> Iterator[Slide]:
    """Yield a slide an axis, line by line, and after it those of its calendar."""
    words, data = making.words, making.data
    lines = making.lines
    for axis, name in names.of_axes(data.view.frame("axes"), words).items():
        own = data.view.frame("lines").loc[data.view.frame("lines")["axis"] == axis, "line"]
        yield _group(
            making, "axis", (axis, name), {line: lines[line] for line in own},
            title=words("What was reported, line by line"), whole=words("The whole axis"),
        )  # fmt: skip
        yield from calendars.of_axis(making, axis)


def lines(making: SlideMaking) -> Iterator[Slide]:
    """Yield a slide a line, country by country."""
    words = making.words
    for line in making.lines.items():
        yield _group(
            making, "line", line, making.countries,
            title=words("What was reported, country by country"), whole=words("The whole line"),
        )  # fmt: skip


MOST_ACTIVITIES = 6
"""How many activities without a date stand on a slide; the notes have all."""

Part = Literal["axis", "line"]

_KEYS: dict[Part, tuple[str, str, str]] = {
    "axis": ("eje", "ejes", "line"),
    "line": ("linea", "lineas", "country"),
}
"""A group's name in keys and addresses, its section, and what its chart is by."""


def _group(
    making: SlideMaking, of: Part, group: tuple[Any, Name], rows: Names, *, title: str, whole: str
) -> Slide:
    """Return the slide of an axis or a line: its numbers, its rows, and what there is to say."""
    words, data = making.words, making.data
    (code, name), (field, section, by) = group, _KEYS[of]
    cells = _own(data.cells, of, code)
    changes = None if data.changes is None else _own(data.changes, of, code)
    if cells.empty:
        return _undated(making, of, code, name)
    within: Within = (of, code)
    together = making.whole(within)
    chart = parts.bars(making, by, rows, title=title, whole=whole, within=within)
    texts = (
        parts.silence(making, within),
        parts.changed(making, changes),
        parts.next_due(making, cells),
    )
    return Slide(
        f"{field}-{code}", section, _titled(making, of, name), "lineas", {field: str(code)},
        lead=_lead(making, cells),
        numbers=parts.numbers(words, together),
        charts=(chart,),
        # The titles of an axis's lines leave no room for more; its notes have all of it.
        texts=texts if of == "line" else (),
        coverage=parts.ratio(words, together),
        notes=(chart.summary, *chart.lines(words), *_said(texts)),
    )  # fmt: skip


def _undated(making: SlideMaking, of: Part, code: Any, name: Name) -> Slide:
    """Return the slide of an axis or line without a date: its activities, and what came anyway."""
    words, data = making.words, making.data
    own = _own(data.view.frame("activities"), of, code)
    found = [f"{one.short}. {one.text}" for one in names.of_activities(own, words).values()]
    shown = found if len(found) <= MOST_ACTIVITIES else found[: MOST_ACTIVITIES - 1]
    if len(shown) < len(found):
        more = len(found) - len(shown)
        shown = [*shown, words.plural("and {n} more", "and {n} more", more)]
    came = int(data.view.frame("outside")["activity"].isin(own["activity"]).sum())
    said = words.plural(
        "{n} report came outside the calendar; it counts in no share.",
        "{n} reports came outside the calendar; they count in no share.",
        came,
    )
    field, section, _ = _KEYS[of]
    return Slide(
        f"{field}-{code}", section, _titled(making, of, name), "lineas", {field: str(code)},
        lead=words(
            "The plan schedules nothing here: its marks are “to be defined” or missing, so no "
            "report is expected."
        ),
        texts=(Text(words("Activities without a date"), tuple(shown)),
               Text(words("Reported all the same"), (said,))),
        coverage=words("No report expected"),
        notes=(*found, said),
    )  # fmt: skip


def _titled(making: SlideMaking, of: str, name: Name) -> str:
    words = making.words
    text = name.text.rstrip(" .,;")
    if of == "axis":
        return words("Axis {code}. {title}", code=name.short, title=text)
    return words("Line {code}. {title}", code=name.short, title=text)


def _lead(making: SlideMaking, cells: pd.DataFrame) -> str:
    """Say that nothing was due yet, where that is so."""
    if not cells["due"].any():
        return making.words("Nothing was due yet.")
    return ""


def _own(rows: pd.DataFrame, of: str, code: Any) -> pd.DataFrame:
    own: pd.DataFrame = rows.loc[rows[of] == code]
    return own


def _said(texts: tuple[Text, ...]) -> list[str]:
    return [
        f"{text.title}: {'; '.join(item.rstrip('.') for item in text.items)}." for text in texts
    ]
