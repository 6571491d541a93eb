"""Reads data/plan and checks it as a whole; marks become slots.

Every rule that a file breaks is collected before anything is raised, with file, row and field.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from crmdata.errors import N_, PlanError, Problem
from crmdata.files import SEPARATOR
from crmdata.plan.checks import Checks, successor
from crmdata.plan.search_words import read_search_words
from crmdata.plan.short_names import read_short_names
from crmdata.plan.thresholds import read_thresholds
from crmdata.search import plain
from crmdata.store.models import PROCESS, TOPIC
from crmdata.terms import (
    CRM_PLAN,
    LANGUAGES,
    MARKS,
    MarkKind,
    Period,
    Reading,
    is_party,
    periods,
    roman,
)

Rows = list[dict[str, Any]]

_PLAN_TEXTS = {
    "title": True, "short_title": False, "objective": True, "principle": False, "footnote": False,
}  # fmt: skip
"""The texts of the plan as a whole, and whether it must have them."""

_REGION_BEFORE = "CRM"
"""The region's code in files of before it stood in them."""

_PLAN_YEARS = ("first_year", "period_from", "period_to")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 40


@dataclass(frozen=True)
class PlanFiles:
    """The plan's files as rows of the store's tables, without the version's number.

    `plan` holds the columns of `plan_version` that the files decide; `tables` the rows of
    axis, line, result, planned_activity, mark, slot and plan_mention by table name, in the
    plan's order; `countries` (the region last), `partners` and `periods` stand outside
    the versions. So do `other_names` of who reports and `words` of the plan, which are not
    of its content: another word makes no other version.
    """

    plan: dict[str, Any]
    tables: dict[str, Rows]
    countries: Rows
    partners: Rows
    periods: Rows
    other_names: Rows
    words: Rows


def read(folder: Path) -> PlanFiles:
    """Read and check the plan's files. Raise PlanError with every problem found."""
    return _Reader(folder).files()


class _Reader(Checks):
    """One reading of the folder, file by file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._called: dict[str, str] = {}

    def files(self) -> PlanFiles:
        toml = self._toml()
        self._read_english()
        axes = self._axes()
        lines = self._lines({row["axis"] for row in axes})
        results = self._results(lines)
        activities, cells = self._activities(results)
        partners = self._partners()
        mentions = self._mentions(activities, partners)
        countries = self._countries(toml.get("region", {}))
        other_names = self._other_names()
        words = self._words(toml) + self._short_names(axes, lines, results, activities)
        words += self._search_words() + self._thresholds()
        plan = self._plan(toml, len(cells[0][1]) if cells else 0)
        self._unused_english()
        self._present(axes=axes, lines=lines, results=results, activities=activities)
        if self.problems:
            raise PlanError(self.problems)
        marks, slots = _schedule(cells, plan["first_year"])
        return PlanFiles(
            plan=plan,
            tables={
                "axis": axes,
                "line": lines,
                "result": results,
                "planned_activity": activities,
                "mark": marks,
                "slot": slots,
                "plan_mention": mentions,
            },
            countries=countries,
            partners=partners,
            periods=[
                {"semester": period.code, "starts": period.starts, "ends": period.ends}
                for period in periods(plan["period_from"], plan["period_to"])
            ],
            other_names=other_names,
            words=words,
        )

    def _toml(self) -> dict[str, Any]:
        file = self.folder / "plan.toml"
        try:
            return tomllib.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            missing = N_("the file is missing.")
            self.problems.append(Problem("missing_file", missing, file=file.name))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(
                Problem(
                    "not_toml",
                    N_("the file cannot be read as TOML: {detail}."),
                    file=file.name,
                    values={"detail": error},
                )
            )
        return {}

    def _plan(self, toml: dict[str, Any], columns: int) -> dict[str, Any]:
        plan = {
            "plan_id": self._id(toml),
            "year_columns": columns,
            **{name: self._toml_value(toml, name, int, 0) for name in _PLAN_YEARS},
            "in_force_from": self._toml_value(toml, "in_force_from", date, date.min),
        }
        for name, required in _PLAN_TEXTS.items():
            table = toml if required else {name: "", **toml}
            plan[name] = self._toml_value(table, name, str, "", empty=not required)
            plan[f"{name}_en"] = self._translation("plan", name)
        last = plan["first_year"] + columns - 1
        if columns and not plan["period_from"] <= plan["first_year"] <= last <= plan["period_to"]:
            self.problems.append(
                Problem(
                    "outside_period",
                    N_("the {columns} year columns from {first} do not fit {start}–{end}."),
                    N_("Correct first_year, period_from or period_to."),
                    file="plan.toml",
                    field="first_year",
                    value=plan["first_year"],
                    values={
                        "columns": columns,
                        "first": plan["first_year"],
                        "start": plan["period_from"],
                        "end": plan["period_to"],
                    },
                )
            )
        return plan

    def _id(self, toml: dict[str, Any]) -> str:
        value = toml.get("id")
        if isinstance(value, str) and _ID.fullmatch(value) and len(value) <= _LONGEST_ID:
            return value
        missing = value in {None, ""}
        self.problems.append(
            Problem(
                "no_id" if missing else "bad_id",
                N_("the plan does not say which plan it is.")
                if missing
                else N_("is no id of a plan: small letters, digits and hyphens, at most {most}."),
                N_(
                    'Write a line id = "…" that no other plan has. The plan that came with '
                    'earlier versions is id = "{crm}".'
                ),
                file="plan.toml",
                field="id",
                value=None if missing else value,
                values={"most": _LONGEST_ID, "crm": CRM_PLAN},
            )
        )
        return ""

    def _axes(self) -> Rows:
        rows = self._once(self._rows("axes.csv", ("axis", "title", "objective")), "axis")
        numbers = count(1)
        self._numbered(rows, "axis", lambda _: str(next(numbers)))
        for row in rows:
            self._required(row, "title", "objective")
        return [
            {
                "axis": self._number(row, "axis"),
                "title": row["title"],
                "title_en": self._translation(row["axis"], "title"),
                "objective": row["objective"],
                "objective_en": self._translation(row["axis"], "objective"),
            }
            for row in rows
        ]

    def _lines(self, axes: set[int]) -> Rows:
        rows = self._once(self._rows("lines.csv", ("line", "axis", "title")), "line")
        numbers = count(1)
        self._numbered(rows, "line", lambda _: roman(next(numbers)))
        lines = []
        for position, row in enumerate(rows, start=1):
            self._required(row, "title")
            axis = self._number(row, "axis")
            if axis not in axes:
                self._wrong("unknown_axis", N_("this axis is not in axes.csv."), row, "axis")
            lines.append(
                {
                    "line": row["line"],
                    "position": position,
                    "axis": axis,
                    "title": row["title"],
                    "title_en": self._translation(row["line"], "title"),
                }
            )
        return lines

    def _results(self, lines: Rows) -> Rows:
        rows = self._once(self._rows("results.csv", ("result", "title")), "result")
        axis_of = {line["line"]: line["axis"] for line in lines}
        self._numbered(rows, "result", successor("result"))
        results = []
        for position, row in enumerate(rows, start=1):
            self._required(row, "title")
            line = row["result"].partition(".")[0]
            if line not in axis_of:
                self._wrong("unknown_line", N_("this line is not in lines.csv."), row, "result")
            results.append(
                {
                    "result": row["result"],
                    "position": position,
                    "line": line,
                    "title": row["title"],
                    "title_en": self._translation(row["result"], "title"),
                }
            )
        return results

    def _activities(self, results: Rows) -> tuple[Rows, list[tuple[str, list[str]]]]:
        columns = ("activity", "text", "responsible", "reading", "note")
        rows = self._once(self._rows("activities.csv", columns, years=True), "activity")
        known = {result["result"] for result in results}
        self._numbered(rows, "activity", successor("activity"))
        activities = []
        for position, row in enumerate(rows, start=1):
            code = row["activity"]
            self._required(row, "text")
            result = code.rpartition(".")[0]
            if result not in known:
                message = N_("its result is not in results.csv.")
                self._wrong("without_result", message, row, "activity")
            if row["reading"] not in set(Reading):
                way_out = N_("Write exact, inferred or shared.")
                self._wrong("unknown_reading", N_("is not a reading."), row, "reading", way_out)
            for year in row.years:
                if row[year] and row[year] not in MARKS:
                    message = N_("is not one of the plan's marks.")
                    way_out = N_("Write the mark as in the source, or leave the cell empty.")
                    self._wrong("unknown_mark", message, row, year, way_out)
            activities.append(
                {
                    "activity": code,
                    "position": position,
                    "result": result,
                    "text": row["text"],
                    "text_en": self._translation(code, "text"),
                    "responsible": row["responsible"],
                    "responsible_en": self._translation(code, "responsible"),
                    "reading": row["reading"],
                    "note": row["note"],
                    "note_en": self._translation(code, "note"),
                }
            )
        return activities, [(row["activity"], [row[year] for year in row.years]) for row in rows]

    def _partners(self) -> Rows:
        columns = ("partner", "acronym_en", "name_es", "name_en")
        rows = self._once(self._rows("partners.csv", columns), "partner")
        for row in rows:
            self._required(row, *columns)
        return [{name: row[name] for name in columns} for row in rows]

    def _mentions(self, activities: Rows, partners: Rows) -> Rows:
        columns = ("partner", "activity", "quote")
        rows = self._once(self._rows("mentions.csv", columns), "partner", "activity")
        texts = {row["activity"]: f"{row['text']}\n{row['responsible']}" for row in activities}
        known = {row["partner"] for row in partners}
        for row in rows:
            if row["partner"] not in known:
                message = N_("this partner is not in partners.csv.")
                self._wrong("unknown_partner", message, row, "partner")
            if row["activity"] not in texts:
                message = N_("this activity is not in activities.csv.")
                self._wrong("unknown_activity", message, row, "activity")
            elif not row["quote"] or row["quote"] not in texts[row["activity"]]:
                message = N_("the activity does not say so.")
                self._wrong("not_in_source", message, row, "quote", N_("Quote it word by word."))
        return [{name: row[name] for name in columns} for row in rows]

    def _countries(self, region: Any) -> Rows:
        columns = ("country", "name_es", "name_en", "tile_row", "tile_column")
        rows = self._once(self._rows("countries.csv", columns, ("other_names",)), "country")
        countries: Rows = []
        whole = self._region(region)
        for row in rows:
            self._required(row, "name_es", "name_en")
            if not is_party(row["country"]) or row["country"] == whole["country"]:
                self._wrong("not_iso3", N_("is not an ISO 3166-1 alpha-3 code."), row, "country")
            self._called[row["country"]] = row.get("other_names", "")
            countries.append(
                {
                    "country": row["country"],
                    "member": True,
                    "name_es": row["name_es"],
                    "name_en": row["name_en"],
                    "tile_row": self._number(row, "tile_row"),
                    "tile_column": self._number(row, "tile_column"),
                }
            )
        self._once(rows, "tile_row", "tile_column")
        return [*countries, whole]

    def _region(self, region: Any) -> dict[str, Any]:
        names = region if isinstance(region, dict) else {}
        code = self._toml_value({"code": _REGION_BEFORE, **names}, "code", str, _REGION_BEFORE)
        if not is_party(code):
            self.problems.append(
                Problem(
                    "bad_region",
                    N_("is no code of the region: three capital letters."),
                    N_("Write a code that no country has."),
                    file="plan.toml",
                    field="code",
                    value=code,
                )
            )
        self._called[code] = self._toml_value(
            {"other_names": "", **names}, "other_names", str, "", empty=True
        )
        return {
            "country": code,
            "member": False,
            "name_es": self._toml_value(names, "name_es", str, ""),
            "name_en": self._toml_value(names, "name_en", str, ""),
            "tile_row": None,
            "tile_column": None,
        }

    def _other_names(self) -> Rows:
        """Return what else the parties are called, as it is compared with what people write."""
        party_of: dict[str, str] = {}
        for party, names in self._called.items():
            for name in filter(None, map(_compared, names.split(SEPARATOR))):
                if party_of.setdefault(name, party) != party:
                    self.problems.append(
                        Problem(
                            "two_parties",
                            N_("“{name}” is the other name of {first} and of {second}."),
                            N_("Leave it with one of them."),
                            file="countries.csv",
                            field="other_names",
                            values={"name": name, "first": party_of[name], "second": party},
                        )
                    )
        return [{"name": name, "country": party} for name, party in party_of.items()]

    def _words(self, toml: dict[str, Any]) -> Rows:
        """Return the words by which pages and files speak of the plan; none where it gives none."""
        if "process" not in toml:
            return []
        table = toml["process"] if isinstance(toml["process"], dict) else {}
        keys = {PROCESS: "short"} | ({TOPIC: "plan"} if "plan_es" in table else {})
        return [
            {
                "word": word,
                **{code: self._toml_value(table, f"{key}_{code}", str, "") for code in LANGUAGES},
            }
            for word, key in keys.items()
        ]

    def _short_names(self, *tables: Rows) -> Rows:
        """Return the short names of the plan's items, where its folder has them."""
        keys = ("axis", "line", "result", "activity")
        levels = {
            str(row[key]): key for key, rows in zip(keys, tables, strict=True) for row in rows
        }
        names, problems = read_short_names(self.folder, levels)
        self.problems += problems
        return names

    def _search_words(self) -> Rows:
        """Return what people write in the search beside the plan's own words."""
        words, problems = read_search_words(self.folder)
        self.problems += problems
        return words

    def _thresholds(self) -> Rows:
        """Return from which numbers on something is said or held back."""
        values, problems = read_thresholds(self.folder)
        self.problems += problems
        return values


def _schedule(cells: list[tuple[str, list[str]]], first_year: int) -> tuple[Rows, Rows]:
    """Turn the year cells into marks and slots."""
    marks: Rows = []
    slots: Rows = []
    for activity, texts in cells:
        for year, text in enumerate(texts, start=first_year):
            if text:
                kind = MARKS[text]
                marks.append({"activity": activity, "year": year, "mark": text, "kind": kind.value})
                slots += _slots(activity, year, kind)
    return marks, slots


def _slots(activity: str, year: int, kind: MarkKind) -> Iterator[dict[str, Any]]:
    for period in Period.of_mark(kind, year):
        yield {
            "activity": activity,
            "semester": period.code,
            "quarter": kind is MarkKind.FIRST_QUARTER,
        }


def _compared(name: str) -> str:
    """Return a name as it is compared: in small letters, without accents and spaces."""
    return "".join(plain(name).split())
