"""What has a measured axis, as HTML: intervals, changes, trends and small trends on one scale.

Words and columns are HTML, so that they fold, are read and print as text does; the line of the
coverage is an SVG image, stretched to the width there is.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from crmdata.content.calendar import phrases
from crmdata.content.parts import (
    ComparedGroup,
    ProgressChange,
    ProgressChanges,
    ProgressIntervals,
    SideBySide,
    SmallTrends,
    StateBar,
    Trend,
)
from crmdata.palette import PALETTES
from crmdata.render.html import bars, markup, state_bars
from crmdata.render.html.links import Link, name_of
from crmdata.terms import SIN_REPORTE

_TICKS = (0, 25, 50, 75, 100)

_INK = (
    f"* {{ fill: none; stroke: {PALETTES['light'].muted}; stroke-width: 2px; "
    "stroke-linecap: round; vector-effect: non-scaling-stroke } path { stroke-width: 9px } "
    f"@media (prefers-color-scheme: dark) {{ * {{ stroke: {PALETTES['dark'].muted} }} }}"
)
"""An image cannot use the page's colours; it knows which of the two looks the page has."""


def intervals(part: ProgressIntervals, link: Link) -> str:
    """Return a row a group: where its progress lies on one scale, and in which interval."""
    rows = (_interval(bar, link) for bar in part.bars)
    head = _scale_head(link.words("Progress"), link)
    return _table("crm-intervals", part.title, [head], rows) + _signs(_interval_signs(link), link)


def side_by_side(part: SideBySide, link: Link) -> str:
    """Return rows of what is compared under each group, the range of all behind each of them."""
    rows = [row for group in part.groups for row in _compared(group, part.span_name, link)]
    head = _scale_head(link.words("Progress"), link)
    signs = [*_interval_signs(link), ("crm-all", part.span_name)]
    return _table("crm-intervals", part.title, [head], rows) + _signs(signs, link)


def _compared(group: ComparedGroup, span_name: str, link: Link) -> Iterator[str]:
    """Yield the line of a group and a row of each that is compared; none where nothing was due."""
    due = any(bar.reach for bar in group.bars)
    span = link.words("{name}: {cells}", name=span_name, cells=group.span)
    yield markup.wrapped("tr", [
        markup.wrapped("th", [name_of(group.name, group.opens, link)], scope="rowgroup",
                       colspan="2"),
        markup.element("td", span if due else group.bars[0].why, colspan="2", css="crm-total"),
    ], css="crm-compared")  # fmt: skip
    if due:
        yield from (_interval(bar, link, group.ends) for bar in group.bars)


def changes(part: ProgressChanges, link: Link) -> str:
    """Return a row a group: where it was and where it is on one scale, joined by a line."""
    rows = (_change(change, link) for change in part.changes)
    head = _scale_head(link.words("Change"), link)
    signs = zip(("crm-ring", "crm-dot"), part.days, strict=True)
    table = _table("crm-intervals crm-changes", part.title, [head], rows)
    return table + _signs(signs, link)


def _scale_head(figure: str, link: Link) -> str:
    """Return the head of a table with a scale of 0–100 in its second column."""
    words = link.words
    ticks = [markup.element("i", words.percent(at), style=f"left: {at}%") for at in _TICKS]
    return markup.wrapped("tr", [
        markup.element("td", ""),
        markup.wrapped("th", [
            markup.element("span", words("Progress in percent"), css="crm-unseen"),
            markup.wrapped("span", ticks, css="crm-ticks", **{"aria-hidden": "true"}),
        ], scope="col"),
        markup.element("th", figure, scope="col", css="crm-total"),
        markup.element("th", words("Reported"), scope="col", css="crm-total"),
    ])  # fmt: skip


def _interval_signs(link: Link) -> list[tuple[str, str]]:
    words = link.words
    return [
        ("crm-dot", words("Reported progress: mean of the reports that arrived")),
        ("crm-span", words("Interval: what is missing at {none}, or at {all}",
                           none=words.percent(0), all=words.percent(100))),
    ]  # fmt: skip


def _signs(signs: Iterable[tuple[str, str]], link: Link) -> str:
    """Return the key of what stands on the lines of a table."""
    items = [
        markup.wrapped("li", [
            markup.wrapped("span", [markup.element("i", "", css=css)], css="crm-track"),
            markup.text(text),
        ])
        for css, text in signs
    ]  # fmt: skip
    return markup.wrapped("ul", items, css="crm-key", **{"aria-label": link.words("Key")})


def _interval(bar: StateBar, link: Link, ends: tuple[float, float] | None = None) -> str:
    if bar.reach is None:
        figure, track = "", markup.text(bar.why)
    else:
        figure, track = state_bars.reach(bar.reach, ends)
    return _on_scale(name_of(bar.name, bar.opens, link), track, figure, bar.total)


def _change(change: ProgressChange, link: Link) -> str:
    name = name_of(change.name, change.opens, link)
    if change.then is None or change.now is None:
        return _on_scale(name, markup.text(change.why), "", change.total)
    first, last = sorted((change.then, change.now))
    marks = [
        markup.element(
            "i", "", css="crm-join", style=f"left: {first:.2f}%; width: {last - first:.2f}%"
        ),
        markup.element("i", "", css="crm-ring", style=f"left: {change.then:.2f}%"),
        markup.element("i", "", css="crm-dot", style=f"left: {change.now:.2f}%"),
    ]
    words = link.words
    said = f"{words.percent(round(change.then))} → {words.percent(round(change.now))}"
    track = markup.wrapped("span", marks, css="crm-track", title=said)
    unseen = markup.element("span", said, css="crm-unseen")
    return _on_scale(name, track + unseen, markup.element("b", change.change), change.total)


def _on_scale(name: str, track: str, figure: str, total: str) -> str:
    return markup.wrapped("tr", [
        markup.wrapped("th", [name], scope="row"),
        markup.wrapped("td", [track]),
        markup.wrapped("td", [figure], css="crm-total crm-reach"),
        markup.element("td", total, css="crm-total"),
    ])  # fmt: skip


def trend(part: Trend, link: Link) -> str:
    """Return a column a period, stacked by state, over the line of its coverage."""
    words, periods = link.words, part.periods
    largest = max((_expected(bar) for bar in periods), default=0)
    heads = [markup.element("th", bar.name.short, scope="col") for bar in periods]
    line = markup.wrapped(
        "td", [_line([_share(bar) for bar in periods])], colspan=str(len(periods))
    )
    totals = [markup.element("td", bar.total) for bar in periods]
    rows = [
        _band(words("Expected reports (N) by what was reported"), len(periods)),
        [_column(bar, largest, link) for bar in periods],
        _band(words("Coverage: reported of expected"), len(periods)),
        [line],
        totals,
    ]
    head = [markup.wrapped("tr", heads)]
    body = (markup.wrapped("tr", cells) for cells in rows)
    return _table("crm-trend", part.title, head, body) + _key(periods, link)


def panels(part: SmallTrends, link: Link) -> str:
    """Return a small trend for each group, all on one scale."""
    every = [bar for panel in part.panels for bar in panel.bars]
    largest = max((_expected(bar) for bar in every), default=0)
    tables = []
    for panel in part.panels:
        periods = panel.bars
        head = [markup.element("th", bar.name.short, scope="col") for bar in periods]
        columns = [_column(bar, largest, link) for bar in periods]
        title = f"{panel.name.called}: {panel.total}"
        rows = [markup.wrapped("tr", columns)]
        tables.append(_table("crm-trend", title, [markup.wrapped("tr", head)], rows))
    scale = markup.element("p", part.scale, css="crm-note")
    return scale + markup.wrapped("div", tables, css="crm-panels") + _key(every, link)


def _table(css: str, title: str, head: Iterable[str], rows: Iterable[str]) -> str:
    return markup.wrapped("table", [
        markup.element("caption", title),
        markup.wrapped("thead", head),
        markup.wrapped("tbody", rows),
    ], css=css)  # fmt: skip


def _band(text: str, columns: int) -> list[str]:
    return [markup.element("th", text, scope="colgroup", colspan=str(columns))]


def _expected(bar: StateBar) -> int:
    return sum(bar.counts.values())


def _share(bar: StateBar) -> float | None:
    """Return which share of a period was reported, 0–100."""
    whole = _expected(bar)
    silent = bar.counts.get(SIN_REPORTE, 0)
    return 100 * (whole - silent) / whole if whole else None


def _column(bar: StateBar, largest: int, link: Link) -> str:
    high = 100 * _expected(bar) / largest if largest else 0
    column = markup.wrapped("div", [bars.bar(bar.counts)], css="crm-column",
                            style=f"--high: {high:.2f}%")  # fmt: skip
    title = phrases.state_counts(bar.counts, link.words) or bar.why
    text = markup.element("span", f"{bar.name.text}: {bar.total}; {title}", css="crm-unseen")
    return markup.wrapped("td", [column, text], title=title)


def _line(shares: Sequence[float | None]) -> str:
    """Return the line through the shares as an image; a period without one interrupts it."""
    runs: list[list[str]] = [[]]
    for at, share in enumerate(shares):
        if share is None:
            runs.append([])
        else:
            runs[-1].append(f"{10 * at + 5},{100 - share:.2f}")
    lines = [markup.element("polyline", "", points=" ".join(run)) for run in runs if run]
    # A line of no length has round ends alone: a dot, however the image is stretched.
    dots = [markup.element("path", "", d=f"M{point} h.001") for run in runs for point in run]
    svg = markup.wrapped(
        "svg", [markup.element("style", _INK), *lines, *dots],
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 -14 {10 * len(shares)} 128",
        preserveAspectRatio="none",
    )  # fmt: skip
    return markup.image(f"data:image/svg+xml,{quote(svg)}", css="crm-coverage")


def _key(periods: Sequence[StateBar], link: Link) -> str:
    return bars.key(link.words, {state for bar in periods for state in bar.counts})
