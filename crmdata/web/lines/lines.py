"""What Líneas shows: all lines side by side, or one line down to its activities."""

from crmdata.content import due, findings, names, totals
from crmdata.content.parts import Finding, Numbers
from crmdata.render.html import markup, sections
from crmdata.web.choices import click_targets, filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.cooperation import selected
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, page_sections
from crmdata.web.kit.components import Empty, Piece, Titled
from crmdata.web.lines import line_list, progress
from crmdata.web.origin import origins


@made_once
def nothing_scheduled(chosen: Chosen) -> bool:
    """Tell whether the plan has no slot in what was chosen."""
    return progress.within(chosen, chosen.frame("cells")).empty


@made_once
def nothing_due(chosen: Chosen) -> bool:
    """Tell whether no period of what was chosen has ended."""
    return not progress.within(chosen, chosen.frame("cells"))["due"].any()


def has_picture(chosen: Chosen) -> bool:
    """Tell whether the page begins with bars: of all lines, or of one line's activities."""
    return not (chosen.choices.actividad or nothing_scheduled(chosen) or nothing_due(chosen))


def html(chosen: Chosen) -> str:
    """Return the first screen: title, filters, what is found, and the bars where there are any."""
    return _html(chosen, chosen.links)


def first(chosen: Chosen) -> str:
    """Return what stands there before the page is alive: its pictures, the live ones still."""
    if not has_picture(chosen):
        return html(chosen)
    return html(chosen) + components.first(chosen, _pictures(chosen))


@made_once
def _html(chosen: Chosen, _links: Links) -> str:
    words, choices = chosen.words, chosen.choices
    chips = filters.html(chosen, [
        filters.axis(chosen), filters.line(chosen, every=words("All lines")),
        *([filters.activity(chosen)] if choices.linea else []),
        filters.country(chosen, every=words("The whole region")),
    ])  # fmt: skip
    way = page_sections.way_to_gaps(chosen, selected.cooperation(chosen))
    over = page_sections.over(chosen, chips, "" if choices.actividad else way)
    if not has_picture(chosen):
        return over
    finding = _found_of_one(chosen) if choices.linea else _finding(chosen)
    return "".join([over, sections.lead(finding),
                    components.html_chart(chosen, _bars(chosen), main=True)])  # fmt: skip


def _bars(chosen: Chosen) -> Titled:
    """Return the first picture: the bars of all lines, or of one line's activities."""
    words = chosen.words
    if chosen.choices.linea:
        title = words("What was reported, activity by activity")
        return Titled(
            "composicion", title, progress.composed, ("activity",), click_targets.ACTIVITY
        )
    return Titled(
        "composicion",
        words("What was reported, line by line"),
        progress.composed,
        ("line",),
        click_targets.LINE,
    )


def show_all(chosen: Chosen) -> None:
    """Draw the lines side by side: what was reported, how far it is, and since when."""
    under = components.under(chosen, _bars(chosen))
    components.column(chosen, [html(chosen), under, *_pictures(chosen)])


def _pictures(chosen: Chosen) -> list[str | Titled]:
    """Return what follows the bars: how far it is, and since when; of all lines on one scale."""
    words = chosen.words
    if chosen.choices.linea:
        results = Titled("avance", words("Reported progress, result by result"),
                         progress.spanned, ("result",))  # fmt: skip
        return [results.heading, results, *_trend(chosen)]
    panels = Titled("paneles", words("Every line on one scale"), progress.line_panels,
                    opens=click_targets.LINE)  # fmt: skip
    return [
        markup.element("h2", words("Reported progress and what is missing")),
        Titled("avance", words("Reported progress, line by line"), progress.spanned, ("line",),
               click_targets.LINE),
        *_trend(chosen),
        panels.heading, panels,
    ]  # fmt: skip


@made_once
def _finding(chosen: Chosen) -> Finding:
    """Return what the lines show: how much arrived, the least reported, the most advanced."""
    words, called = chosen.words, names.of_lines(chosen.frame("lines"), chosen.words)
    cells = progress.within(chosen, chosen.frame("cells"))
    lines = chosen.measured(cells, "line")
    return Finding(tuple(filter(None, [
        findings.least_reported(words, lines, called, chosen.thresholds),
        findings.most_advanced(words, lines, called, chosen.thresholds),
        findings.arrival(words, chosen.measured_whole(cells), _country(chosen)),
    ])))  # fmt: skip


@made_once
def _found_of_one(chosen: Chosen) -> Finding:
    """Return what one line shows: how much arrived, who owes a report by name."""
    called = names.of_lines(chosen.frame("lines"), chosen.words)[str(chosen.choices.linea)]
    who = " · ".join(filter(None, [_country(chosen), called.called]))
    cells = progress.within(chosen, chosen.frame("cells"))
    arrived = findings.arrival(chosen.words, chosen.measured_whole(cells), who)
    return Finding(tuple(filter(None, [arrived, _owing(chosen)])))


def _country(chosen: Chosen) -> str:
    country = chosen.choices.pais
    if country is None:
        return ""
    return names.of_countries(chosen.frame("countries"), chosen.words)[country].text


def show_one(chosen: Chosen) -> None:
    """Draw one line: its activities, how far it is, its numbers, and what was written."""
    components.column(chosen, [
        html(chosen),
        components.under(chosen, _bars(chosen)),
        *_pictures(chosen),
        *_numbers(chosen),
        _ahead(chosen),
        _results(chosen),
    ])  # fmt: skip


def show_nothing(chosen: Chosen) -> None:
    """Say why there are no bars, what falls due next, and what the plan has there."""
    scheduled = not nothing_scheduled(chosen)
    reason = Empty.NOT_YET_DUE if scheduled else Empty.NOT_SCHEDULED
    components.column(chosen, [
        html(chosen),
        markup.element("p", chosen.words(reason.value), css="crm-empty"),
        _ahead(chosen) if scheduled else "",
        _results(chosen),
    ])  # fmt: skip


def _numbers(chosen: Chosen) -> list[str | Piece]:
    figures = _figures(chosen)
    if not figures.figures:
        return []
    side_by_side = sections.draw(figures, chosen.ways)
    return [side_by_side, components.origin_line(chosen, "numeros", origins.OfCells())]


@made_once
def _figures(chosen: Chosen) -> Numbers:
    whole = chosen.measured_whole(progress.within(chosen, chosen.frame("cells")))
    return totals.with_fulfilled(chosen.words, whole)


@made_once
def _owing(chosen: Chosen) -> str:
    """Say by name who owes a report; nothing where nobody does."""
    cells = progress.within(chosen, chosen.frame("cells"))
    countries = names.of_countries(chosen.frame("countries"), chosen.words)
    return findings.owing(chosen.words, cells, countries, chosen.cutoff)


def _trend(chosen: Chosen) -> list[str | Titled]:
    trend = Titled("semestres", chosen.words("Semester by semester"), progress.over_time)
    return [trend.heading, trend]


def _ahead(chosen: Chosen) -> str:
    """Return what falls due next of what was chosen, and how many have reported on it already."""
    cells = progress.within(chosen, chosen.frame("cells"))
    return page_sections.piece(chosen, due.next_due(chosen.view, chosen.words, cells)).html


def _results(chosen: Chosen) -> str:
    """Return the results with their activities, folded; of one line only, since it is long."""
    if chosen.choices.linea is None:
        return ""
    title = chosen.words("Results, activities and what was written")
    return markup.element("h2", title) + line_list.html(chosen)
