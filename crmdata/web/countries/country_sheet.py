"""The sheet of one country: a delegate's briefing, the same on screen and on two A4 pages."""

import pandas as pd

from crmdata import measures
from crmdata.content import frames, names, wording
from crmdata.labels import label
from crmdata.measures import briefing
from crmdata.render.html import markup
from crmdata.terms import COUNTED, State
from crmdata.web.choices.chosen import Chosen
from crmdata.web.countries import country_news
from crmdata.web.countries.country_brief import CountryBrief, empty, section
from crmdata.web.data.kept import kept
from crmdata.web.kit import activity_rows, components, draw, numbers
from crmdata.web.kit.components import Empty
from crmdata.web.origin import origins
from crmdata.web.shell import paper

MOST_OWED = 70
"""Activities listed on paper with their text; beyond that the page prints codes alone."""

MOST_AHEAD = 44


def show(chosen: Chosen) -> None:
    """Draw the sheet of the chosen country, and what prints it."""
    words, country = chosen.words, CountryBrief(chosen)
    foot = words("{country}. Cut-off {day}", country=country.name, day=words.date(chosen.cutoff))
    paper.show_button(words, title=words("Print the sheet, one or two pages"))
    draw.html(paper.style("portrait", foot) + _html(chosen))
    if country.cells["due"].any():
        components.origin(chosen, "ficha", origins.OfCells(("axis",), outside=True))


def show_invitation(chosen: Chosen) -> None:
    """Say that a country is to be chosen."""
    words = chosen.words
    components.notice(
        words("Choose a country: its sheet tells what it was to do, what it reported and what "
              "falls due next, on one or two pages to print.")
    )  # fmt: skip


@kept
def _html(chosen: Chosen) -> str:
    return html(CountryBrief(chosen))


def html(country: CountryBrief) -> str:
    """Return the whole sheet."""
    parts = [
        markup.element("h2", country.name),
        markup.element("p", _of_what(country)),
        _numbers(country),
        _owed(country),
        _ahead(country),
        country_news.changes(country),
        country_news.cooperation(country),
        country_news.narratives(country),
        _how_to_read(country),
    ]
    return markup.wrapped("div", parts, css="crm-paper crm-sheet")


def _of_what(country: CountryBrief) -> str:
    words = country.words
    plan = words.pick(*country.chosen.plan.short_title)
    return words("{plan}. Cut-off {day}.", plan=plan, day=words.date(country.chosen.cutoff))


def _numbers(country: CountryBrief) -> str:
    words, whole = country.words, country.chosen.measured_whole(country.cells)
    title = words("What it was to do and what it reported")
    if not country.cells["due"].any():
        return section(title, [empty(words, Empty.NOT_YET_DUE), _outside(country)])
    cards = [numbers.coverage(words, whole), numbers.progress(words, whole)]
    if whole.expected:
        cards.append(numbers.fulfilled(words, whole))
    due = words.plural(
        "Up to the cut-off {n} report was due: one for each activity and semester that the "
        "plan schedules and that has ended.",
        "Up to the cut-off {n} reports were due: one for each activity and semester that the "
        "plan schedules and that has ended.",
        int(country.cells["due"].sum()),
    )  # fmt: skip
    return section(title, [
        markup.element("p", due),
        markup.wrapped("div", cards, css="crm-cards"),
        markup.table(_by_axis(country, whole), title),
        _outside(country),
    ])  # fmt: skip


def _by_axis(country: CountryBrief, whole: measures.Measured) -> pd.DataFrame:
    """Return an axis a row and the whole plan last: what was due, the counts, the progress."""
    words = country.words
    axes = names.of_axes(country.chosen.frame("axes"), words)
    measured = frames.aligned(country.chosen.measured(country.cells, "axis"), "axis", axes)
    groups = [(axes[axis].full, row) for axis, row in frames.each(measured)]
    return pd.DataFrame([
        {
            words("Axis"): name,
            words("Reports due"): row.expected + row.no_aplica,
            label(words, State.NO_APLICA): row.no_aplica,
            words("Reported (n) of expected (N)"): wording.coverage(words, row),
            **{label(words, state): getattr(row, str(state)) for state in COUNTED},
            words("Reported progress"): wording.single(words, row),
            words("Interval"): wording.interval(words, row),
        }
        for name, row in [*groups, (words("The whole plan"), whole)]
    ])  # fmt: skip


def _outside(country: CountryBrief) -> str:
    words = country.words
    count = len(country.of(country.chosen.frame("outside")))
    if not count:
        return markup.element("p", words("No report outside the calendar."))
    return markup.element("p", words.plural(
        "Outside the calendar: {n} report on work that the plan does not schedule in that "
        "semester. It counts in no share.",
        "Outside the calendar: {n} reports on work that the plan does not schedule in that "
        "semester. They count in no share.",
        count,
    ))  # fmt: skip


def _owed(country: CountryBrief) -> str:
    words, rows = country.words, briefing.owed(country.cells)
    if rows.empty:
        due = country.cells["due"].any()
        reason = Empty.NOTHING_MISSING if due else Empty.NOT_YET_DUE
        return section(words("What it has not reported"), [empty(words, reason)])
    missing = len(measures.silent(country.cells))
    title = words.plural("What it has not reported: {n} report",
                         "What it has not reported: {n} reports", missing)  # fmt: skip
    items = _owed_items(country, rows)
    if len(rows) <= MOST_OWED:
        return section(title, [markup.wrapped("ul", items, css="crm-two")])
    full = markup.wrapped("ul", items, css="crm-two crm-beyond")
    return section(title, [full, *_owed_codes(country, rows)])


def _owed_items(country: CountryBrief, rows: pd.DataFrame) -> list[str]:
    """Return an activity an item with its periods, each line's under its title."""
    lines = names.of_lines(country.chosen.frame("lines"), country.words)
    found = []
    for line, own in rows.groupby("line", sort=False):
        found.append(markup.element("li", lines[str(line)].full, css="crm-group"))
        for row in own.to_dict("records"):
            name = markup.element("span", country.activities[row["activity"]].full, css="crm-name")
            when = markup.element("span", _periods(country, row["semesters"]), css="crm-when")
            found.append(markup.wrapped("li", [name, " ", when], css="crm-owed"))
    return found


def _owed_codes(country: CountryBrief, rows: pd.DataFrame) -> list[str]:
    """Return a paragraph a line, for paper: codes and periods alone."""
    found = []
    for line, own in rows.groupby("line", sort=False):
        codes = (f"{row['activity']} ({_periods(country, row['semesters'])})"
                 for row in own.to_dict("records"))  # fmt: skip
        text = f"{line}: {'; '.join(codes)}"
        found.append(markup.element("p", text, css="crm-paper-only"))
    return found


def _periods(country: CountryBrief, runs: list[briefing.Run]) -> str:
    return ", ".join(country.span(first.code, last.code) for first, last in runs)


def _ahead(country: CountryBrief) -> str:
    words = country.words
    ahead, missing = briefing.falling_due(country.cells, country.chosen.cutoff)
    title = words("What falls due next")
    if ahead.empty:
        return section(title, [empty(words, Empty.NOTHING_AHEAD)])
    sentence = words(
        "Semester {semester} ends on {day}: {expected} reports fall due, {arrived} of them "
        "have arrived already.",
        semester=words.period(ahead["semester"].iloc[0]),
        day=words.date(ahead["ends"].iloc[0]),
        expected=words.number(len(ahead)),
        arrived=words.number(len(ahead) - len(missing)),
    )
    items = country.items(
        (country.activities[code].full for code in missing["activity"]), MOST_AHEAD
    )
    return section(title, [markup.element("p", sentence), *items])


def _how_to_read(country: CountryBrief) -> str:
    words = country.words
    rule = words(
        "Progress is the mean of what was reported; under {threshold} coverage only its "
        "interval is given: where it would lie with the missing reports at 0 or at 100%.",
        threshold=words.entered(100 * country.chosen.threshold),
    )
    text = f"{activity_rows.symbols_sentence(words)} {rule}"
    return markup.element("p", text, css="crm-note")
