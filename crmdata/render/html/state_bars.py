"""Bars of states as HTML tables: one list of them, or a long one in parts."""

from collections.abc import Iterable, Sequence

from crmdata.content.calendar import phrases
from crmdata.content.parts import BarGroup, GroupedBars, Passage, Reach, StateBar, StateBars
from crmdata.render.html import bars, markup
from crmdata.render.html.links import Link, name_of

_AT_ONCE = 1
"""Passages of a row in sight; the others unfold."""

_DIGIT = {False: 0.0125, True: 0.055}
"""The share of a bar that a digit of its number takes, on a page and on the wall."""


def table(part: StateBars, link: Link) -> str:
    """Return the bars as a table, and what their colours mean."""
    return _table(part.title, part.bars, link) + _key(part.bars, link)


def grouped(part: GroupedBars, link: Link) -> str:
    """Return a table for each group under its name; folded ones unfold."""
    if part.folded and part.at_once:
        return _folded_together(part, link)
    groups = [
        _folded(group, part, link) if part.folded else _open(group, part, link)
        for group in part.groups
    ]
    key = "" if part.folded else _key([bar for group in part.groups for bar in group.bars], link)
    return markup.wrapped("div", [*groups, key], css="crm-groups")


def _folded_together(part: GroupedBars, link: Link) -> str:
    count = sum(len(group.bars) for group in part.groups)
    title = link.words("Show {n} more", n=link.words.number(count))
    head = markup.wrapped("summary", [markup.element("span", title)])
    inner = [head, *(_open(group, part, link) for group in part.groups)]
    return markup.wrapped("details", inner, css="crm-group")


def _open(group: BarGroup, part: GroupedBars, link: Link) -> str:
    name = name_of(group.name, group.opens, link)
    head = markup.wrapped("h3", _head(group, name), title=group.name.text)
    table = _table(f"{part.title}: {group.name.called}", group.bars, link, part.noted)
    return markup.wrapped("div", [head, table], css="crm-group")


def _folded(group: BarGroup, part: GroupedBars, link: Link) -> str:
    name = markup.element("span", group.name.called)
    head = markup.wrapped("summary", _head(group, name), title=group.name.text)
    table = _table(f"{part.title}: {group.name.called}", group.bars, link, part.noted)
    return markup.wrapped("details", [head, table], css="crm-group")


def _head(group: BarGroup, name: str) -> list[str]:
    return [name, markup.element("small", group.total)]


def _table(title: str, rows: Sequence[StateBar], link: Link, noted: str = "") -> str:
    words = link.words
    heads = [("", ""), (words("Share of the expected reports"), ""),
             (words("Reported"), "crm-total")]  # fmt: skip
    columns = ["crm-col-name", "", "crm-col-said"]
    with_reach = any(bar.reach for bar in rows)
    if with_reach:
        heads.append((words("Progress"), "crm-reach"))
        columns.append("crm-col-reach")
    if noted:
        heads.append((noted, "crm-noted"))
        columns.append("crm-col-noted")
    head = [markup.element("th" if text else "td", text, css=css) for text, css in heads]
    body = (_row(bar, link, len(columns), noted, with_reach=with_reach) for bar in rows)
    parts = [
        markup.element("caption", title),
        markup.wrapped("colgroup", map(markup.column, columns)),
        markup.wrapped("thead", [markup.wrapped("tr", head)]),
        markup.wrapped("tbody", body),
    ]
    return markup.wrapped("table", parts, css="crm-bars crm-bars-noted" if noted else "crm-bars")


def _row(bar: StateBar, link: Link, columns: int, noted: str, *, with_reach: bool) -> str:
    picture = bars.bar(bar.counts, words=link.words, digit=_DIGIT[link.on_wall])
    cells = [
        markup.wrapped("th", [name_of(bar.name, bar.opens, link)], scope="row"),
        markup.wrapped(
            "td",
            [picture, markup.text(bar.why)],
            css="crm-drawn",
            title=phrases.state_counts(bar.counts, link.words) or bar.why,
        ),
        markup.element("td", bar.total, css="crm-total"),
    ]
    if with_reach:
        inner = reach(bar.reach) if bar.reach else []
        cells.append(markup.wrapped("td", inner, css="crm-reach"))
    if noted:
        cells.append(markup.element("td", bar.note, css="crm-noted"))
    css = "crm-together" if bar.together else "crm-named" if bar.named else ""
    row = markup.wrapped("tr", cells, css=css)
    return row + _beneath(bar.passages, link, columns) if bar.passages else row


def reach(reach: Reach, ends: tuple[float, float] | None = None) -> tuple[str, str]:
    """Return how far a group is: its progress, and the interval as a span of a line.

    Behind it lies what stands between the `ends`.
    """
    marks = [_span("crm-all", *ends)] if ends else []
    marks.append(_span("crm-span", reach.low, reach.high))
    if reach.progress is not None:
        marks.append(markup.element("i", "", css="crm-dot", style=f"left: {reach.progress:.2f}%"))
    line = markup.wrapped("span", marks, css="crm-track", title=reach.interval)
    return markup.element("b", reach.progress_text), line


def _span(css: str, low: float, high: float) -> str:
    wide = max(high - low, 1)
    return markup.element("i", "", css=css, style=f"left: {low:.2f}%; width: {wide:.2f}%")


def _beneath(passages: Sequence[Passage], link: Link, columns: int) -> str:
    """Return a row with passages, the first in sight, the others folded."""
    items = [_passage(each) for each in passages]
    inner = [markup.wrapped("ul", items[:_AT_ONCE])]
    if rest := items[_AT_ONCE:]:
        title = link.words.plural("{n} more passage", "{n} more passages", len(rest))
        inner.append(markup.folded(title, markup.wrapped("ul", rest)))
    cell = markup.wrapped("td", inner, colspan=str(columns))
    return markup.wrapped("tr", [cell], css="crm-passages")


def _passage(passage: Passage) -> str:
    lang = {"lang": passage.language} if passage.language else {}
    text = markup.wrapped("span", [markup.marked(passage.text, passage.spans)], **lang)
    return markup.wrapped("li", [markup.element("strong", passage.place), text])


def _key(rows: Iterable[StateBar], link: Link) -> str:
    return bars.key(link.words, {state for bar in rows for state in bar.counts})
