"""The sheet of one activity: what the plan says of it, and all that was ever reported on it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from crmdata.content import names
from crmdata.content.activities import sheet, standings
from crmdata.content.parts import Section
from crmdata.errors import N_
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, page_sections, report_rows
from crmdata.web.kit.components import Piece
from crmdata.web.kit.page_sections import Panel
from crmdata.web.origin import headlines
from crmdata.web.origin.headlines import OfHeadline
from crmdata.web.origin.origins import OfCells, cells_of_all_countries
from crmdata.web.shell import menu


def pieces(chosen: Chosen) -> Iterator[str | Piece]:
    """Yield the page: the way here, the sheet, the way on."""
    on = _neighbours(chosen)
    yield page_sections.over(chosen, _way(chosen) + on)
    yield from _sheet(chosen)
    yield on


def show(chosen: Chosen) -> None:
    """Draw the sheet alone, and what is opened in it."""
    components.column(chosen, _sheet(chosen))


def _sheet(chosen: Chosen) -> Iterator[Piece]:
    panels = _panels(chosen)
    for section in _sections(chosen):
        yield page_sections.piece(chosen, section, *panels.get(section.key, _nothing)(section))


@made_once
def _sections(chosen: Chosen) -> list[Section]:
    view, words, choices = chosen.view, chosen.words, chosen.choices
    may_report = "informar" in menu.offered(chosen.page, chosen.actor)
    return sheet.sections(view, words, str(choices.actividad), choices.pais, may_report=may_report)


@made_once
def _grid(chosen: Chosen) -> pd.DataFrame:
    return standings.grid(chosen.view, chosen.words, str(chosen.choices.actividad))


@made_once
def _reports(chosen: Chosen) -> pd.DataFrame:
    """Return every report on the activity, newest first, corrected ones too."""
    history = chosen.view.history_of(str(chosen.choices.actividad))
    return report_rows.table(chosen, history, of_activity=True)


@made_once
def _cooperation(chosen: Chosen) -> pd.DataFrame:
    code = str(chosen.choices.actividad)
    rows = standings.of_activity(chosen.frame("cooperation"), code)
    table = report_rows.cooperation_table(chosen, rows)
    return table.drop(columns=chosen.words("Activity"), errors="ignore")


def _panels(chosen: Chosen) -> dict[str, Callable[[Section], list[Panel]]]:
    """Return what opens under the sections of the sheet that have something behind them."""
    code, view = str(chosen.choices.actividad), chosen.view

    def opens(make: Callable[..., pd.DataFrame]) -> Callable[[Section], list[Panel]]:
        return lambda section: [
            page_sections.table(chosen, section, make, key=f"{section.key}-{code}", about=code)
        ]  # fmt: skip

    pictured = OfCells(("country",), cells_of_all_countries)
    made_of = OfHeadline(N_("What the countries said last"), headlines.countries_done, pictured)
    having: dict[str, tuple[Callable[[Section], list[Panel]], pd.DataFrame]] = {
        "numeros": (
            lambda section: [
                *opens(_grid)(section),
                page_sections.origin(chosen, section, made_of),
            ],
            standings.standings(view, code),
        ),
        "reportes": (opens(_reports), view.history_of(code)),
        "cooperacion": (
            opens(_cooperation),
            standings.of_activity(chosen.frame("cooperation"), code),
        ),
    }
    return {key: panels for key, (panels, rows) in having.items() if len(rows)}


def _nothing(_: Section) -> list[Panel]:
    return []


def _way(chosen: Chosen) -> str:
    """Return the way back: to all activities, those of the axis, of the line."""
    words = chosen.words
    activity = _record(chosen)
    axes = names.of_axes(chosen.frame("axes"), words)
    lines = names.of_lines(chosen.frame("lines"), words)
    ways = [
        (words("All activities"), "", {}),
        (words("Axis {name}", name=axes[activity["axis"]].called), axes[activity["axis"]].text,
         {"eje": str(activity["axis"])}),
        (words("Line {name}", name=lines[activity["line"]].called), lines[activity["line"]].text,
         {"linea": activity["line"]}),
    ]  # fmt: skip
    items = [
        markup.wrapped("li", [
            chosen.links.change(text, {"actividad": "", "eje": "", "linea": "", **changes},
                                "actividades", title=title or text)
        ], css="crm-on-wide" if "eje" in changes else "")
        for text, title, changes in ways
    ]  # fmt: skip
    about = {"aria-label": words("Where this activity stands")}
    return markup.wrapped("nav", [markup.wrapped("ol", items)], css="crm-way", **about)


def _record(chosen: Chosen) -> Mapping[Any, Any]:
    rows = standings.of_activity(chosen.frame("activities"), str(chosen.choices.actividad))
    record: Mapping[Any, Any] = rows.to_dict("records")[0]
    return record


def _neighbours(chosen: Chosen) -> str:
    """Return the links to the activities before and after, in the order of the plan."""
    words, codes = chosen.words, list(chosen.frame("activities")["activity"])
    at = codes.index(chosen.choices.actividad)
    links = [_neighbour(words("← Previous: {code}", code=code), code, chosen, "prev")
             for code in codes[max(0, at - 1) : at]]  # fmt: skip
    place = words(
        "Activity {place} of {every}", place=words.number(at + 1), every=words.number(len(codes))
    )
    links.append(markup.element("span", place, css="crm-on-wide"))
    links += [_neighbour(words("Next: {code} →", code=code), code, chosen, "next")
              for code in codes[at + 1 : at + 2]]  # fmt: skip
    return markup.wrapped("p", links, css="crm-ways")


def _neighbour(text: str, code: str, chosen: Chosen, rel: str) -> str:
    changes = {"eje": "", "linea": "", "actividad": code}
    return chosen.links.change(text, changes, "actividades", rel=rel)
