"""The files of the data package: where their rows come from, and what every field means."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from crmdata import fields
from crmdata.content import agreements
from crmdata.errors import N_
from crmdata.fields import WRITTEN, Field, Type
from crmdata.files import FIELDS, Subject
from crmdata.i18n import Words
from crmdata.terms import (
    CooperationState,
    DataKind,
    MarkKind,
    Modality,
    Reading,
    State,
)
from crmdata.view import FrameName, View


@dataclass(frozen=True)
class Value:
    """A value of a row: its type as of Table Schema, what it holds in the catalogues' English.

    `{region}` in that is the region's code.
    """

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
    rows: Callable[[View], pd.DataFrame]
    fields: tuple[Value, ...]
    key: tuple[str, ...]
    refers: dict[str, str] = field(default_factory=dict)

    def descriptor(self, text: str, es: Words, en: Words, region: str) -> dict[str, Any]:
        """Return the resource as Frictionless describes it; `region` is the region's code."""
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
                "fields": [_described(each, es, en, region) for each in self.fields],
                "missingValues": [""],
                "primaryKey": list(self.key),
                "foreignKeys": [
                    {"fields": [name], "reference": {"resource": there, "fields": [name]}}
                    for name, there in self.refers.items()
                ],
            },
        }


def _described(each: Value, es: Words, en: Words, region: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if each.needed else {}
    if each.one_of:
        constraints["enum"] = list(each.one_of)
    return {
        "name": each.name,
        "type": each.type,
        "description": es(each.description, region=region),
        "description_en": en(each.description, region=region),
        **({"constraints": constraints} if constraints else {}),
    }


_TYPES = {Type.PERCENT: "number", Type.DAY: "date"}
_ONE_OF: dict[Type, type[StrEnum]] = {
    Type.STATE: State,
    Type.COOPERATION_STATE: CooperationState,
    Type.MODALITY: Modality,
    Type.KIND: DataKind,
}


def _of_field(field: Field) -> Value:
    """Return what the package says of a column; a text that may be redacted is never promised."""
    return Value(
        field.code,
        _TYPES.get(field.type, "string"),
        field.meaning,
        tuple(map(str, _ONE_OF.get(field.type, ()))),
        needed=field.needed and field.type not in WRITTEN,
    )


def _handed_in(subject: Subject) -> tuple[Value, ...]:
    return tuple(_of_field(field) for field in FIELDS[subject] if field.public)


_KIND = _of_field(fields.DATA_KIND)
_AXIS = Value("axis", "integer", N_("Number of the axis."))
_LINE = Value("line", "string", N_("Code of the line, such as IV."))
_RESULT = Value("result", "string", N_("Code of the expected result, such as IV.3."))
_ACTIVITY, _PERIOD = (
    _of_field(field) for field in fields.REPORT if field.key and field.type != Type.COUNTRY
)
_COUNTRY = Value("country", "string", N_("Code of the country, as of ISO 3166-1 alpha-3."))
_PLACE = Value("position", "integer", N_("Place in the plan's order."))
_TITLES = (
    Value("title_es", "string", N_("Title in Spanish, as in the source.")),
    Value("title_en", "string", N_("Title in English, unofficial translation."), needed=False),
)
_NAMES = (
    Value("name_es", "string", N_("Name in Spanish.")),
    Value("name_en", "string", N_("Name in English.")),
)
_COUNTS = (
    Value("expected", "integer", N_("N: due slots × countries, less the not applicable ones.")),
    Value("reported", "integer", N_("n: how many of the expected have a report.")),
    Value("coverage", "number", N_("n/N, 0–1; empty where nothing was expected."), needed=False),
    Value("cumplida", "integer", N_("Reports that say: fulfilled.")),
    Value("en_curso", "integer", N_("Reports that say: in progress.")),
    Value("no_iniciada", "integer", N_("Reports that say: not started.")),
    Value("suspendida", "integer", N_("Reports that say: suspended.")),
    Value("sin_reporte", "integer", N_("Expected reports that have not come.")),
    Value("no_aplica", "integer", N_("Reports that say: not applicable; not part of N.")),
    Value("progress", "number",
          N_("Mean percent of the n reports, 0–100; empty without a report, or if withheld."),
          needed=False),
    Value("low", "number", N_("What it would be if every missing report said 0."), needed=False),
    Value("high", "number", N_("What it would be if every missing report said 100."),
          needed=False),
    Value("withheld", "boolean",
          N_("Coverage lies under the threshold: only the interval stands.")),
)  # fmt: skip


def _optional(value: Value) -> Value:
    """Return a value that a row may lack."""
    return replace(value, needed=False)


def _spanish(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the Spanish columns as such, beside the English ones."""
    return rows.rename(columns={name: f"{name}_es" for name in rows if f"{name}_en" in rows})


def _of(name: FrameName) -> Callable[[View], pd.DataFrame]:
    return lambda view: _spanish(view.frame(name))


def _measures(*by: str) -> Callable[[View], pd.DataFrame]:
    """Return the measures of groups, without a progress that no screen shows as a single figure."""

    def rows(view: View) -> pd.DataFrame:
        measured = view.measured(view.frame("cells"), *by)
        return measured.assign(progress=measured["progress"].mask(measured["withheld"]))

    return rows


def _meetings(view: View) -> pd.DataFrame:
    """Return the meetings up to the cut-off: later ones are not of its view."""
    rows = view.frame("meetings")
    return rows.loc[[day <= view.cutoff for day in rows["corte"]]]


def _observations(view: View) -> pd.DataFrame:
    """Return what was said for the meetings up to the cut-off."""
    rows = view.frame("observations")
    return rows.loc[rows["meeting"].isin(_meetings(view)["meeting"])]


RESOURCES: tuple[Resource, ...] = (
    Resource(
        "axes", N_("Axes of the plan"), _of("axes"),
        (_AXIS, *_TITLES,
         Value("objective_es", "string", N_("Objective in Spanish.")),
         Value("objective_en", "string", N_("Objective in English."), needed=False), _KIND),
        ("axis",),
    ),
    Resource("lines", N_("Strategic lines of the plan"), _of("lines"),
             (_AXIS, _LINE, _PLACE, *_TITLES, _KIND), ("line",), {"axis": "axes"}),
    Resource("results", N_("Expected results of the plan"), _of("results"),
             (_AXIS, _LINE, _RESULT, _PLACE, *_TITLES, _KIND), ("result",), {"line": "lines"}),
    Resource(
        "activities", N_("Activities of the plan"), _of("activities"),
        (_AXIS, _LINE, _RESULT, _ACTIVITY, _PLACE,
         Value("text_es", "string",
               N_("The activity as in the source: in Spanish or, once, English.")),
         Value("text_en", "string", N_("The activity in English, unofficial translation."),
               needed=False),
         Value("responsible_es", "string", N_("Who is responsible, in Spanish."), needed=False),
         Value("responsible_en", "string", N_("Who is responsible, in English."), needed=False),
         Value("reading", "string", N_("How sure the transcription of the marks is."),
               tuple(map(str, Reading))),
         Value("note_es", "string", N_("Note on the transcription, in Spanish."), needed=False),
         Value("note_en", "string", N_("Note on the transcription, in English."), needed=False),
         _KIND),
        ("activity",), {"result": "results"},
    ),
    Resource(
        "marks", N_("Marks of the source, year by year"), _of("marks"),
        (_ACTIVITY, Value("year", "integer", N_("Year.")),
         Value("mark", "string", N_("The mark, verbatim.")),
         Value("kind", "string", N_("What the mark means."), tuple(map(str, MarkKind))), _KIND),
        ("activity", "year"), {"activity": "activities"},
    ),
    Resource(
        "slots", N_("Semesters in which the plan foresees work"), _of("slots"),
        (_AXIS, _LINE, _RESULT, _ACTIVITY, _PERIOD,
         Value("quarter", "boolean", N_("The mark names only the first quarter.")), _KIND),
        ("activity", "semester"), {"activity": "activities"},
    ),
    Resource("countries", N_("Member countries"), _of("countries"),
             (_COUNTRY, *_NAMES, _KIND), ("country",)),
    Resource(
        "partners", N_("Partners"), _of("partners"),
        (Value("partner", "string", N_("Code of the partner.")),
         Value("acronym_en", "string", N_("Acronym in English.")), *_NAMES, _KIND),
        ("partner",),
    ),
    Resource(
        "meetings", N_("Meetings and their cut-offs"), _meetings,
        (*_handed_in(Subject.MEETINGS), _KIND),
        ("meeting",),
    ),
    Resource(
        "reports", N_("Reports in force at the cut-off"), _of("reports"),
        (*_handed_in(Subject.REPORTS),
         Value(fields.EARLIER.code, "integer", fields.EARLIER.meaning), _KIND),
        ("country", "activity", "semester"),
    ),
    Resource(
        "cooperation", N_("Lines of cooperation in force at the cut-off"), _of("cooperation"),
        (*_handed_in(Subject.COOPERATION), _KIND),
        (),
    ),
    Resource(
        "agreements", N_("What meetings agreed on by the day of the cut-off's meeting"),
        agreements.as_of_day,
        (Value("number", "integer", N_("Number of the agreement.")),
         Value("agreed_on", "date", N_("Day on which it was agreed on.")),
         Value("meeting", "string", N_("Code of the meeting."), needed=False),
         _optional(_LINE), _optional(_ACTIVITY), _optional(_COUNTRY),
         Value("text", "string", N_("The agreement, as noted."), needed=False),
         Value("party", "string", N_("Who answers for it: a country, or `{region}`, the region."),
               needed=False),
         Value("partner", "string", N_("Who answers for it: a partner."), needed=False),
         Value("due_on", "date", N_("Day until when it is to be done."), needed=False),
         Value("done_on", "date", N_("Day on which it was done; empty while it is open."),
               needed=False),
         Value("done_how", "string", N_("How it was done."), needed=False),
         Value("withdrawn_on", "date", N_("Day on which it was withdrawn."), needed=False),
         Value("withdrawn_reason", "string", N_("Why it was withdrawn."), needed=False), _KIND),
        ("number",),
    ),
    Resource(
        "observations", N_("What countries said beside their figures, by meeting"), _observations,
        (*_handed_in(Subject.OBSERVATIONS), _KIND),
        ("country", "meeting"), {"country": "countries", "meeting": "meetings"},
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
             lambda view: view.measured(
                 view.frame("cells").loc[view.frame("cells")["due"]], "semester"),
             (_PERIOD, *_COUNTS, _KIND), ("semester",)),
)  # fmt: skip
"""Every file of rows, in the order of the plan, the reports and the measures."""
