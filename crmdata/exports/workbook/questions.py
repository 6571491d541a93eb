"""The sheets of measures: how far the plan stands, by whatever it can be asked."""

from collections.abc import Iterator

import pandas as pd

from crmdata.content import measured_rows, names
from crmdata.content.named import ViewNames
from crmdata.content.names import Name, Names
from crmdata.exports.workbook import measured
from crmdata.exports.workbook.parts import ChartKind, Column, ColumnKind, Drawn, Group, Part
from crmdata.exports.workbook.selection import Selection
from crmdata.i18n import Words
from crmdata.measures import Measured
from crmdata.view import FrameName

Row = tuple[list[object], Measured]
"""What stands before the measures of a row, and they."""

_TWO = (ChartKind.COMPOSITION, ChartKind.INTERVAL)


class Questions:
    """The measures of the chosen cells, group by group."""

    def __init__(self, named: ViewNames, selection: Selection) -> None:
        self.named = named
        self.words: Words = named.words
        self.view = named.view
        self.selection = selection
        self.cells = selection.cells(named.view.frame("cells"))

    def parts(self) -> Iterator[Part]:
        """Yield the sheets, the whole first."""
        yield self._summary()
        yield self._lines()
        yield self._results()
        yield self._activities()
        if not self.selection.country:
            yield self._countries()
        yield self._crossed()
        yield self._periods()
        yield self._reporting()

    def groups(
        self, by: str, called: Names, cells: pd.DataFrame | None = None
    ) -> list[tuple[str | int, Name, Measured]]:
        """Return code, name and measures of each name, also where nothing was scheduled."""
        cells = self.cells if cells is None else cells
        groups = measured_rows.each(
            measured_rows.aligned(self.view.measured(cells, by), by, called)
        )
        return [(key, called[key], group) for key, group in groups]

    def _above(self, frame: FrameName, by: str) -> pd.DataFrame:
        """Return the rows of lines or results that lie in the chosen part of the plan."""
        return self.selection.above(self.view.frame(frame), by, self.view.frame("activities"))

    def _planned(self, by: str, every: Names) -> Names:
        """Return the names of the axes or lines that lie in the chosen part of the plan."""
        here = set(self._above("lines", by)[by])
        return {code: name for code, name in every.items() if code in here}

    def _titled(self, kind: ColumnKind) -> tuple[str, str, ColumnKind, str]:
        words = self.words
        meaning = words("What it is called in the plan.")
        return (f"title_{words.language}", words("Title"), kind, meaning)

    def _sheet(
        self, name: str, title: str, first: list[Column], rows: list[Row],
        charts: tuple[Drawn, ...] = (), fixed: int = 1,
    ) -> Part:  # fmt: skip
        words = self.words
        values = [[*own, *measured.values(words, group)] for own, group in rows]
        return Part(name, title, [*first, *measured.columns(words)], values, charts, fixed=fixed)

    def _charts(
        self, of: str, groups: list[tuple[str | int, Name, Measured]], titles: tuple[str, str]
    ) -> tuple[Drawn, ...]:
        bars = [
            Group(name.short if name.numbered else name.text, group) for _, name, group in groups
        ]
        return tuple(
            Drawn(draws, title, of, bars) for draws, title in zip(_TWO, titles, strict=True)
        )

    def _summary(self) -> Part:
        words = self.words
        whole = self.view.whole(self.cells)
        axes = self.groups("axis", self._planned("axis", self.named.axes))
        rows: list[Row] = [(["", words("All together")], whole)]
        rows += [([key, name.text], group) for key, name, group in axes]
        first = measured.plain(words, [
            ("axis", words("Axis"), ColumnKind.CODE, ""),
            self._titled(ColumnKind.NAME),
        ])  # fmt: skip
        titles = (words("What was reported, by axis"), words("Progress and interval, by axis"))
        charts = self._charts(words("Axis"), axes, titles)
        return self._sheet(words("Summary"), words("Where the plan stands"), first, rows, charts, 2)

    def _lines(self) -> Part:
        words = self.words
        groups = self.groups("line", self._planned("line", self.named.lines))
        first = measured.plain(words, [
            ("line", words("Line"), ColumnKind.CODE, ""),
            self._titled(ColumnKind.NAME),
        ])  # fmt: skip
        rows: list[Row] = [([key, name.text], group) for key, name, group in groups]
        titles = (words("What was reported, by line"), words("Progress and interval, by line"))
        charts = self._charts(words("Line"), groups, titles)
        return self._sheet(words("Lines"), words("Strategic lines"), first, rows, charts, 2)

    def _results(self) -> Part:
        words = self.words
        results = self._above("results", "result")
        called = names.of_results(results, words)
        groups = self.groups("result", called)
        line = dict(zip(results["result"], results["line"], strict=True))
        first = measured.plain(words, [
            ("result", words("Result"), ColumnKind.CODE, ""),
            self._titled(ColumnKind.LONG),
            ("line", words("Line"), ColumnKind.CODE, ""),
        ])  # fmt: skip
        rows: list[Row] = [([key, name.text, line[str(key)]], group) for key, name, group in groups]
        return self._sheet(words("Results"), words("Expected results"), first, rows, fixed=1)

    def _activities(self) -> Part:
        """Return all chosen activities; one that nothing is scheduled for has no measures."""
        words = self.words
        activities = self.selection.planned(self.view.frame("activities"))
        called = names.of_activities(activities, words)
        groups = measured_rows.aligned(
            self.view.measured(self.cells, "activity"), "activity", called
        )
        place = activities.set_index("activity")[["axis", "line", "result"]]
        marks = self._marks()
        first = measured.plain(words, [
            ("activity", words("Activity"), ColumnKind.CODE, ""),
            (f"text_{words.language}", words("Text"), ColumnKind.LONG,
             words("The activity as in the plan.")),
            ("axis", words("Axis"), ColumnKind.CODE, ""),
            ("line", words("Line"), ColumnKind.CODE, ""),
            ("result", words("Result"), ColumnKind.CODE, ""),
            ("mark", words("Marks"), ColumnKind.NAME, words("The marks of the years, verbatim.")),
        ])  # fmt: skip
        rows: list[Row] = [
            ([key, called[key].text, int(place.loc[key, "axis"]), place.loc[key, "line"],
              place.loc[key, "result"], marks.get(str(key), "")], group)
            for key, group in measured_rows.each(groups)
        ]  # fmt: skip
        return self._sheet(words("Activities"), words("Activities"), first, rows, fixed=1)

    def _marks(self) -> dict[str, str]:
        by_activity: dict[str, list[str]] = {}
        for mark in self.view.frame("marks").to_dict("records"):
            by_activity.setdefault(mark["activity"], []).append(f"{mark['year']}: {mark['mark']}")
        return {activity: "; ".join(marks) for activity, marks in by_activity.items()}

    def _country_columns(self) -> list[Column]:
        words = self.words
        return measured.plain(words, [
            ("country", words("Code"), ColumnKind.CODE, ""),
            (f"name_{words.language}", words("Country"), ColumnKind.WORD,
             words("What the country is called.")),
        ])  # fmt: skip

    def _countries(self) -> Part:
        words = self.words
        groups = self.groups("country", self.named.countries)
        rows: list[Row] = [([key, name.text], group) for key, name, group in groups]
        titles = (
            words("What was reported, by country"),
            words("Progress and interval, by country"),
        )
        charts = self._charts(words("Country"), groups, titles)
        first = self._country_columns()
        return self._sheet(words("Countries"), words("Countries"), first, rows, charts, 2)

    def _pairs(self, by: str, called: Names) -> list[Row]:
        """Return a row for each of `called` × country."""
        both = (called, self._members())
        pairs = measured_rows.crossed(self.view.measured(self.cells, by, "country"),
                                      (by, "country"), both)  # fmt: skip
        return [
            ([key, country, both[1][country].text], pair)
            for (key, country), pair in measured_rows.each(pairs)
        ]

    def _members(self) -> Names:
        chosen = self.selection.country
        return {code: name for code, name in self.named.countries.items() if chosen in {"", code}}

    def _crossed(self) -> Part:
        words = self.words
        lines = self._planned("line", self.named.lines)
        first = measured.plain(words, [("line", words("Line"), ColumnKind.CODE, "")])
        first += self._country_columns()
        rows = self._pairs("line", lines)
        return self._sheet(
            words("Line × country"), words("Lines, country by country"), first, rows, fixed=3
        )

    def _periods(self) -> Part:
        words = self.words
        due = self.cells.loc[self.cells["due"]]
        groups = self.groups("semester", names.of_periods(due["semester"], words), due)
        rows: list[Row] = [([key, name.text], group) for key, name, group in groups]
        first = measured.plain(words, [
            ("semester", words("Code"), ColumnKind.CODE, ""),
            ("", words("Semester"), ColumnKind.CODE, words("The semester as it is written.")),
        ])  # fmt: skip
        points = [Group(name.text, group) for _, name, group in groups]
        title = words("What was reported and coverage, by semester")
        charts = (Drawn(ChartKind.TREND, title, words("Semester"), points),)
        return self._sheet(
            words("Semesters"), words("Semesters that are due"), first, rows, charts, 2
        )

    def _reporting(self) -> Part:
        words = self.words
        due = self.cells.loc[self.cells["due"]]
        both = (self._members(), names.of_periods(due["semester"], words))
        pairs = measured_rows.crossed(self.view.measured(due, "country", "semester"),
                                      ("country", "semester"), both)  # fmt: skip
        first = [*self._country_columns(), *measured.plain(words, [
            ("semester", words("Semester"), ColumnKind.CODE, ""),
        ])]  # fmt: skip
        rows: list[Row] = [
            ([country, both[0][country].text, period], pair)
            for (country, period), pair in measured_rows.each(pairs)
        ]
        title = words("Coverage, country by semester")
        return self._sheet(words("Country × semester"), title, first, rows, fixed=3)
