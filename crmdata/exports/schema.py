"""The files of the data package: where their rows come from, and what every field means."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from crmdata.errors import N_
from crmdata.exports.picture import Picture
from crmdata.files import DATA_KIND
from crmdata.i18n import Words
from crmdata.terms import (
    CooperationState,
    DataKind,
    MarkKind,
    Modality,
    Reading,
    State,
)


@dataclass(frozen=True)
class Field:
    """A column: its type as of Table Schema, and what it holds in the catalogues' English."""

    name: str
    type: str
    description: str
    one_of: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True)
class Resource:
    """A file of rows; `refers` names the resource whose key each of these fields holds."""

    name: str
    title: str
    rows: Callable[[Picture], pd.DataFrame]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    refers: dict[str, str] = field(default_factory=dict)

    def descriptor(self, text: str, es: Words, en: Words) -> dict[str, Any]:
        """Return the resource as Frictionless describes it."""
        content = text.encode()
        return {
            "profile": "tabular-data-resource",
            "name": self.name,
            "path": f"data/{self.name}.csv",
            "title": es(self.title),
            "title_en": en(self.title),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "schema": {
                "fields": [_described(each, es, en) for each in self.fields],
                "missingValues": [""],
                "primaryKey": list(self.key),
                "foreignKeys": [
                    {"fields": [name], "reference": {"resource": there, "fields": [name]}}
                    for name, there in self.refers.items()
                ],
            },
        }


def _described(each: Field, es: Words, en: Words) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if each.needed else {}
    if each.one_of:
        constraints["enum"] = list(each.one_of)
    return {
        "name": each.name,
        "type": each.type,
        "description": es(each.description),
        "description_en": en(each.description),
        **({"constraints": constraints} if constraints else {}),
    }


_KIND = Field(DATA_KIND, "string", N_("Real or invented: `real` or `demostracion`."),
              tuple(map(str, DataKind)))  # fmt: skip
_AXIS = Field("axis", "integer", N_("Number of the axis."))
_LINE = Field("line", "string", N_("Code of the line, such as IV."))
_RESULT = Field("result", "string", N_("Code of the expected result, such as IV.3."))
_ACTIVITY = Field("activity", "string", N_("Code of the activity, such as IV.3.2."))
_COUNTRY = Field("country", "string", N_("Code of the country, as of ISO 3166-1 alpha-3."))
_SEMESTER = Field("semester", "string", N_("Semester, such as 2018-1."))
_PLACE = Field("position", "integer", N_("Place in the plan's order."))
_TITLES = (
    Field("title_es", "string", N_("Title in Spanish, as in the source.")),
    Field("title_en", "string", N_("Title in English, unofficial translation."), needed=False),
)
_NAMES = (
    Field("name_es", "string", N_("Name in Spanish.")),
    Field("name_en", "string", N_("Name in English.")),
)
_REPORTED_ON = Field("reported_on", "date", N_("Day of the report."))
_EVIDENCE = Field("evidence", "string", N_("Links to evidence, separated by `;`."), needed=False)

_COUNTS = (
    Field("expected", "integer", N_("N: due slots × countries, less the not applicable ones.")),
    Field("reported", "integer", N_("n: how many of the expected have a report.")),
    Field("coverage", "number", N_("n/N, 0–1; empty where nothing was expected."), needed=False),
    Field("cumplida", "integer", N_("Reports that say: fulfilled.")),
    Field("en_curso", "integer", N_("Reports that say: in progress.")),
    Field("no_iniciada", "integer", N_("Reports that say: not started.")),
    Field("suspendida", "integer", N_("Reports that say: suspended.")),
    Field("sin_reporte", "integer", N_("Expected reports that have not come.")),
    Field("no_aplica", "integer", N_("Reports that say: not applicable; not part of N.")),
    Field("progress", "number",
          N_("Mean percent of the n reports, 0–100; empty without a report."), needed=False),
    Field("low", "number", N_("What it would be if every missing report said 0."), needed=False),
    Field("high", "number", N_("What it would be if every missing report said 100."),
          needed=False),
    Field("withheld", "boolean",
          N_("Coverage lies under the threshold: only the interval should be shown.")),
)  # fmt: skip


def _spanish(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the Spanish columns as such, beside the English ones."""
    return rows.rename(columns={name: f"{name}_es" for name in rows if f"{name}_en" in rows})


def _of(name: str) -> Callable[[Picture], pd.DataFrame]:
    return lambda picture: _spanish(picture.frame(name))


def _measures(*by: str) -> Callable[[Picture], pd.DataFrame]:
    return lambda picture: picture.measured(picture.cells, *by)


def _meetings(picture: Picture) -> pd.DataFrame:
    """Return the meetings up to the cut-off: later ones are not of its picture."""
    rows = picture.frame("meetings")
    return rows.loc[[day <= picture.cutoff for day in rows["corte"]]]


RESOURCES: tuple[Resource, ...] = (
    Resource(
        "axes", N_("Axes of the plan"), _of("axes"),
        (_AXIS, *_TITLES,
         Field("objective_es", "string", N_("Objective in Spanish.")),
         Field("objective_en", "string", N_("Objective in English."), needed=False), _KIND),
        ("axis",),
    ),
    Resource("lines", N_("Strategic lines of the plan"), _of("lines"),
             (_AXIS, _LINE, _PLACE, *_TITLES, _KIND), ("line",), {"axis": "axes"}),
    Resource("results", N_("Expected results of the plan"), _of("results"),
             (_AXIS, _LINE, _RESULT, _PLACE, *_TITLES, _KIND), ("result",), {"line": "lines"}),
    Resource(
        "activities", N_("Activities of the plan"), _of("activities"),
        (_AXIS, _LINE, _RESULT, _ACTIVITY, _PLACE,
         Field("text_es", "string",
               N_("The activity as in the source: in Spanish or, once, English.")),
         Field("text_en", "string", N_("The activity in English, unofficial translation."),
               needed=False),
         Field("responsible_es", "string", N_("Who is responsible, in Spanish."), needed=False),
         Field("responsible_en", "string", N_("Who is responsible, in English."), needed=False),
         Field("reading", "string", N_("How sure the transcription of the marks is."),
               tuple(map(str, Reading))),
         Field("note_es", "string", N_("Note on the transcription, in Spanish."), needed=False),
         Field("note_en", "string", N_("Note on the transcription, in English."), needed=False),
         _KIND),
        ("activity",), {"result": "results"},
    ),
    Resource(
        "marks", N_("Marks of the source, year by year"), _of("marks"),
        (_ACTIVITY, Field("year", "integer", N_("Year.")),
         Field("mark", "string", N_("The mark, verbatim.")),
         Field("kind", "string", N_("What the mark means."), tuple(map(str, MarkKind))), _KIND),
        ("activity", "year"), {"activity": "activities"},
    ),
    Resource(
        "slots", N_("Semesters in which the plan foresees work"), _of("slots"),
        (_AXIS, _LINE, _RESULT, _ACTIVITY, _SEMESTER,
         Field("quarter", "boolean", N_("The mark names only the first quarter.")), _KIND),
        ("activity", "semester"), {"activity": "activities"},
    ),
    Resource("countries", N_("Member countries"), _of("countries"),
             (_COUNTRY, *_NAMES, _KIND), ("country",)),
    Resource(
        "partners", N_("Partners"), _of("partners"),
        (Field("partner", "string", N_("Code of the partner.")),
         Field("acronym_en", "string", N_("Acronym in English.")), *_NAMES, _KIND),
        ("partner",),
    ),
    Resource(
        "meetings", N_("Meetings and their cut-offs"), _meetings,
        (Field("meeting", "string", N_("Code of the meeting.")), *_NAMES,
         Field("held_on", "date", N_("Day of the meeting.")),
         Field("corte", "date", N_("Last day whose reports the meeting looks at.")), _KIND),
        ("meeting",),
    ),
    Resource(
        "reports", N_("Reports in force at the cut-off"), _of("reports"),
        (Field("country", "string",
               N_("Code of the country, as of ISO 3166-1 alpha-3; `CRM` is the region.")),
         _ACTIVITY, _SEMESTER,
         Field("state", "string", N_("What the report says."), tuple(map(str, State))),
         Field("percent", "number", N_("Progress, 0–100; empty where not applicable."),
               needed=False),
         Field("narrative", "string", N_("What the report tells, as handed in."), needed=False),
         Field("reason", "string", N_("Why suspended or not applicable."), needed=False),
         _EVIDENCE,
         Field("partners", "string", N_("Codes of supporting partners, separated by `;`."),
               needed=False),
         _REPORTED_ON,
         Field("earlier", "integer", N_("How many earlier reports it corrects.")), _KIND),
        ("country", "activity", "semester"),
    ),
    Resource(
        "cooperation", N_("Lines of cooperation in force at the cut-off"), _of("cooperation"),
        (Field("partner", "string", N_("Code of the partner; empty for a request to nobody yet."),
               needed=False),
         _ACTIVITY,
         Field("countries", "string",
               N_("Codes of the countries, separated by `;`; `CRM` is the region.")),
         Field("semester_from", "string", N_("First semester.")),
         Field("semester_to", "string", N_("Last semester.")),
         Field("modality", "string", N_("How it supports."), tuple(map(str, Modality))),
         Field("state", "string", N_("Where it stands."), tuple(map(str, CooperationState))),
         Field("text", "string", N_("What it is, as handed in."), needed=False),
         _EVIDENCE, _REPORTED_ON, _KIND),
        (),
    ),
    Resource("measures-region", N_("Measures of the whole region"), _measures(),
             (*_COUNTS, _KIND), ()),
    Resource("measures-axis", N_("Measures by axis"), _measures("axis"),
             (_AXIS, *_COUNTS, _KIND), ("axis",), {"axis": "axes"}),
    Resource("measures-line", N_("Measures by line"), _measures("line"),
             (_LINE, *_COUNTS, _KIND), ("line",), {"line": "lines"}),
    Resource("measures-country", N_("Measures by country"), _measures("country"),
             (_COUNTRY, *_COUNTS, _KIND), ("country",), {"country": "countries"}),
    Resource("measures-line-country", N_("Measures by line and country"),
             _measures("line", "country"), (_LINE, _COUNTRY, *_COUNTS, _KIND),
             ("line", "country"), {"line": "lines", "country": "countries"}),
    Resource("measures-semester", N_("Measures by semester, of what is due"),
             lambda picture: picture.measured(
                 picture.cells.loc[picture.cells["due"]], "semester"),
             (_SEMESTER, *_COUNTS, _KIND), ("semester",)),
)  # fmt: skip
"""Every file of rows, in the order of the plan, the reports and the measures."""
