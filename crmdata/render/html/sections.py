"""Sections as HTML: the finding, then each of its parts, by what kind of part it is."""

from collections.abc import Iterable, Sequence
from functools import singledispatch
from pathlib import Path

from crmdata.content.calendar import Extract
from crmdata.content.cell_tables import FaceCell, FaceTable, KeyEntry, Kind, Tiles
from crmdata.content.destinations import Way
from crmdata.content.names import Name, beyond
from crmdata.content.parts import (
    Choice,
    Entries,
    EntryGroup,
    Figure,
    Finding,
    GroupedBars,
    GroupedEntries,
    ListEntry,
    Note,
    Numbers,
    Part,
    ProgressChanges,
    ProgressIntervals,
    Records,
    Section,
    SideBySide,
    SmallTrends,
    Square,
    StateBars,
    Statements,
    Strip,
    Strips,
    Terms,
    Trend,
)
from crmdata.render.html import bars, board, markup, records, state_bars, trends
from crmdata.render.html.links import Link, anchor, name_of

_NOT_WORTH_A_FOLD = 2
"""As few entries beyond the first are not folded away."""

LONGEST_HEAD = 20
"""Letters of a name over a column of small cells; a longer one is said by its code."""

STYLE = (Path(__file__).parent / "sections.css").read_text("utf-8")


def section(content: Section, link: Link, *, tools: str = "", level: int = 2) -> str:
    """Return a section: its headline is what it finds, else its title.

    `tools` is the line under its picture, HTML already.
    """
    inner = [
        lead(content.finding or Finding((content.title,)), level, content.quotation),
        *(_first(part, content, link) for part in content.parts[:1]),
        tools,
        *(draw(part, link) for part in content.parts[1:]),
    ]
    return markup.wrapped(
        "section",
        inner,
        css="crm-section",
        **{"id": content.key, "data-section": content.key, "aria-label": content.title},
    )


def lead(finding: Finding, level: int = 2, quotation: str = "") -> str:
    """Return what is found: a headline, and the sentences beneath.

    `quotation` are the plan's words of what it is about.
    """
    first, *others = finding.sentences
    head = [markup.element(f"h{level}", first)]
    if quotation:
        head.append(markup.element("p", quotation, css="crm-quoted crm-on-wide"))
    head += [markup.element("p", text) for text in others]
    return markup.wrapped("div", head, css="crm-lead-in")


def _first(part: Part, content: Section, link: Link) -> str:
    if not content.main:
        return draw(part, link)
    return markup.wrapped("div", [draw(part, link)], css="crm-main", **{"data-main": ""})


@singledispatch
def draw(part: Part, link: Link) -> str:
    """Return a part as HTML. Raise TypeError for a kind that nobody draws."""
    raise TypeError(type(part).__name__, link)


@draw.register
def _(part: StateBars, link: Link) -> str:
    return state_bars.table(part, link)


@draw.register
def _(part: GroupedBars, link: Link) -> str:
    return state_bars.grouped(part, link)


@draw.register
def _(part: ProgressIntervals, link: Link) -> str:
    return trends.intervals(part, link)


@draw.register
def _(part: ProgressChanges, link: Link) -> str:
    return trends.changes(part, link)


@draw.register
def _(part: SideBySide, link: Link) -> str:
    return trends.side_by_side(part, link)


@draw.register
def _(part: Trend, link: Link) -> str:
    return trends.trend(part, link)


@draw.register
def _(part: SmallTrends, link: Link) -> str:
    return trends.panels(part, link)


@draw.register
def _(part: Strips, link: Link) -> str:
    head = [
        markup.element("td", ""),
        *(_column(name, link) for name in part.columns),
        markup.element("th", part.total, scope="col", css="crm-total"),
    ]
    rows = [_strip(row, part.columns, link) for row in part.rows]
    table = _grid(part.title, head, rows, css="crm-squares", columns=len(part.columns))
    squares = [square for row in part.rows for square in row.squares if square]
    states = {state for square in squares for state in square.counts}
    return table + bars.key(link.words, states, late=any(each.late for each in squares))


def _grid(title: str, head: Iterable[str], rows: Iterable[str], *, css: str, columns: int) -> str:
    """Return a table of small cells under one line of heads; its columns are as wide as another."""
    return markup.wrapped("table", [
        markup.element("caption", title),
        markup.wrapped("thead", [markup.wrapped("tr", head)]),
        markup.wrapped("tbody", rows),
    ], css=css, style=f"--columns: {columns}")  # fmt: skip


def _column(name: Name, link: Link, opens: Way | None = None) -> str:
    """Return the head of a column: a name that two lines have room for, else its code.

    The wall's letters are too large for any name. What it is put together from may fold at the
    hyphen.
    """
    in_short = link.on_wall or name.numbered or len(name.text) > LONGEST_HEAD
    called = name.short if in_short else name.text
    first, hyphen, rest = called.partition("-")
    parts = [markup.element("span", first)]
    if hyphen:
        parts += [markup.element("span", hyphen, css="crm-hyphen"), markup.element("span", rest)]
    if opens is not None:
        parts = [anchor("", opens, link, inner="".join(parts), title=name.text)]
    return markup.wrapped("th", parts, scope="col", title=name.text)


def _strip(row: Strip, columns: Sequence[Name], link: Link) -> str:
    return markup.wrapped("tr", [
        markup.wrapped("th", [name_of(row.name, row.opens, link)], scope="row"),
        *(_square(square, name, link) for square, name in zip(row.squares, columns, strict=True)),
        markup.element("td", row.total, css="crm-total"),
    ])  # fmt: skip


def _square(square: Square | None, column: Name, link: Link) -> str:
    if square is None:
        return markup.element("td", "")
    inner = bars.bar(square.counts, late=square.late)
    if square.opens is not None:
        inner = anchor("", square.opens, link, inner=inner, title=square.text)
    return markup.wrapped("td", [inner], **{"data-label": column.short})


@draw.register
def _(part: FaceTable, link: Link) -> str:
    columns = [_column(name, link, part.column_ways.get(key)) for key, name in part.columns.items()]
    head = [markup.element("td", part.heading), *columns]
    rows = [_face_row(part, key, link) for key in part.rows]
    css = "crm-faces crm-faces-small" if part.small else "crm-faces"
    table = _grid(part.title, head, rows, css=css, columns=len(part.columns))
    scroller = markup.wrapped("div", [table], css="crm-faces-rows", tabindex="0", role="region",
                              **{"aria-label": part.heading})  # fmt: skip
    return scroller + _key_of_faces(link, part.key)


def _face_row(part: FaceTable, key: str | int, link: Link) -> str:
    name = part.rows[key]
    cells = [
        markup.wrapped("td", [_face(part.cells[key, column], link)], **{"data-label": head.short})
        for column, head in part.columns.items()
    ]
    row_head = name_of(name, part.row_ways.get(key), link)
    css = "crm-chosen" if key == part.picked else ""
    return markup.wrapped("tr", [markup.wrapped("th", [row_head], scope="row"), *cells], css=css)


def _face(cell: FaceCell, link: Link, head: str = "") -> str:
    """Return a face, coloured by its kind; a link where it leads somewhere."""
    face, details = cell.face, "\n".join(cell.details)
    inner = [markup.element("small", head)] if head else []
    inner.append(markup.element("b", face.main))
    inner += [markup.element("small", line) for line in face.note.split("\n") if line]
    css = f"crm-face {_look(face.kind, face.step)}"
    if cell.way is None:
        return markup.wrapped("span", inner, css=css, title=details)
    return anchor("", cell.way, link, inner="".join(inner), css=css, title=details)


def _look(kind: str, step: int) -> str:
    """Return the classes that colour a kind of face."""
    return f"f-{kind} f-step-{step}" if kind == Kind.VALUE else f"f-{kind}"


def _key_of_faces(link: Link, entries: Sequence[KeyEntry]) -> str:
    if not entries:
        return ""
    items = [
        markup.wrapped("li", [
            markup.element("i", "", css=_look(each.kind, each.step)), markup.text(each.text),
        ])
        for each in entries
    ]  # fmt: skip
    return markup.wrapped("ul", items, css="crm-key", **{"aria-label": link.words("Key")})


@draw.register
def _(part: Tiles, link: Link) -> str:
    tiles = [
        markup.wrapped("li", [_face(tile.cell, link, tile.code)],
                       style=f"grid-row: {tile.row}; grid-column: {tile.column}")
        for tile in part.tiles
    ]  # fmt: skip
    heading = markup.element("p", part.heading, css="crm-note")
    grid = markup.wrapped("ul", tiles, css="crm-tiles", **{"aria-label": part.title})
    caption = markup.element("p", part.title, css="crm-unseen crm-caption")
    return caption + heading + grid + _key_of_faces(link, part.key)


@draw.register
def _(part: Entries, link: Link) -> str:
    title = markup.element("h3", part.title) if part.title else ""
    if not part.entries:
        return markup.wrapped("div", [title, markup.element("p", part.empty)], css="crm-entries")
    items = [_entry(entry, link) for entry in part.entries]
    others = part.entries[part.first :]
    if len(others) <= _NOT_WORTH_A_FOLD:
        return markup.wrapped("div", [title, markup.wrapped("ul", items)], css="crm-entries")
    inner = [title, markup.wrapped("ul", items[: part.first])]
    if others:
        unfolds = link.words("Show {n} more", n=link.words.number(len(others)))
        inner.append(markup.folded(unfolds, markup.wrapped("ul", items[part.first :])))
        more = beyond(link.words, (entry.name for entry in others))
        inner.append(markup.element("p", more, css="crm-paper-only"))
    return markup.wrapped("div", inner, css="crm-entries")


def _entry(entry: ListEntry, link: Link) -> str:
    parts = [name_of(entry.name, entry.opens, link)]
    if entry.note:
        parts.append(markup.element("span", entry.note, css="crm-entry-note"))
    if entry.actions and not link.on_wall:
        acts = [anchor(text, opens, link, css="crm-act") for text, opens in entry.actions]
        parts.append(markup.wrapped("span", acts, css="crm-entry-acts"))
    return markup.wrapped("li", parts)


@draw.register
def _(part: GroupedEntries, link: Link) -> str:
    if not part.groups:
        return markup.element("p", part.empty, css="crm-empty")
    head = [
        markup.element("td", ""), markup.element("th", part.of, scope="col"),
        markup.element("th", part.total, scope="col", css="crm-total"),
    ]  # fmt: skip
    return markup.wrapped("table", [
        markup.element("caption", part.title),
        markup.wrapped("thead", [markup.wrapped("tr", head)]),
        markup.wrapped("tbody", [_group(group, link) for group in part.groups]),
    ], css="crm-groups")  # fmt: skip


def _group(group: EntryGroup, link: Link) -> str:
    items = [_entry(entry, link) for entry in group.entries]
    inner = [markup.wrapped("ul", items)] if items else []
    return markup.wrapped("tr", [
        markup.wrapped("th", [name_of(group.name, group.opens, link)], scope="row"),
        markup.wrapped("td", inner, css="crm-entries"),
        markup.element("td", group.total, css="crm-total"),
    ])  # fmt: skip


@draw.register
def _(part: Numbers, link: Link) -> str:
    return markup.wrapped("dl", map(_figure, part.figures), css="crm-figures",
                          **{"data-language": link.words.language})  # fmt: skip


def _figure(figure: Figure) -> str:
    parts = [markup.element("dt", figure.label), markup.element("dd", figure.value)]
    if figure.note:
        parts.append(markup.element("dd", figure.note, css="crm-of"))
    return markup.wrapped("div", parts)


@draw.register
def _(part: Statements, link: Link) -> str:
    return records.statements(part, link)


@draw.register
def _(part: Terms, _link: Link) -> str:
    return records.terms(part)


@draw.register
def _(part: Records, _link: Link) -> str:
    return records.records(part)


@draw.register
def _(part: Choice, link: Link) -> str:
    items = [
        markup.wrapped("li", [anchor(text, opens, link, css="crm-option")])
        for text, opens in part.options
    ]
    return markup.wrapped(
        "nav", [markup.element("h3", part.title), markup.wrapped("ul", items)], css="crm-choice",
        **{"aria-label": part.title},
    )  # fmt: skip


@draw.register
def _(part: Note, link: Link) -> str:
    return markup.element("p", part.text, css="crm-note", lang=link.words.language)


@draw.register
def _(part: Extract, link: Link) -> str:
    return board.extract(part, link)


def page(sections: Iterable[str]) -> str:
    """Return sections one under the other."""
    return markup.wrapped("div", sections, css="crm-sections")
