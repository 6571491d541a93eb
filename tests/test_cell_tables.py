"""Tables of cells and tiles as HTML: what a cell says, where it leads, how it is called."""

import lxml.html

from crmdata.content.cell_tables import Face, FaceCell, FaceTable, KeyEntry, Kind, Tile, Tiles
from crmdata.content.destinations import Way
from crmdata.content.names import Name
from crmdata.i18n import words_for
from crmdata.render.html import sections
from crmdata.render.html.links import Link

HOSTILE = "<img src=x onerror=alert(1)> & \"'"
LINK = Link(words_for("en"), lambda page, changes: f"{page}?{'&'.join(changes.values())}")
TO_LINE = Way("lineas", {"linea": "IV"})
VALUE = FaceCell(Face(Kind.VALUE, "67%", "3/3\n✓ 1", 3), ["Line IV", "Reported: 3/3"], TO_LINE)
SILENT = FaceCell(Face(Kind.SILENT, "··", "0/4"), ["Line IV", "Reported: 0/4"])


def table(*cells: FaceCell, text: str = "Text") -> FaceTable:
    columns: dict[str | int, Name] = {at: Name(text, text) for at in range(len(cells))}
    return FaceTable(
        text,
        {"row": Name(text, text)},
        columns,
        {("row", at): cell for at, cell in enumerate(cells)},
        text,
        [KeyEntry(Kind.VALUE, text, 3), KeyEntry(Kind.SILENT, text)],
    )


def tiles(*cells: FaceCell, text: str = "Text") -> Tiles:
    placed = [Tile(4, 2 + at, text, cell) for at, cell in enumerate(cells)]
    return Tiles(text, placed, text, [KeyEntry(Kind.NOTHING, text)])


def html(part: FaceTable | Tiles) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{sections.draw(part, LINK)}</div>")


def face(cell: FaceCell) -> lxml.html.HtmlElement:
    [drawn] = html(table(cell)).xpath("//td[@data-label]/*")
    return drawn


def test_a_cell_writes_its_figure_and_each_line_of_its_note():
    assert [(part.tag, part.text) for part in face(VALUE)] == [
        ("b", "67%"), ("small", "3/3"), ("small", "✓ 1"),
    ]  # fmt: skip


def test_a_cell_of_a_value_has_the_class_of_its_step():
    assert {"f-value", "f-step-3"} <= set(face(VALUE).get("class").split())


def test_a_cell_of_no_value_has_its_kind_and_no_step():
    assert face(SILENT).get("class").split() == ["crm-face", "f-silent"]


def test_a_cell_leads_where_its_way_leads():
    assert (face(VALUE).tag, face(VALUE).get("href")) == ("a", "lineas?IV")


def test_a_cell_that_leads_nowhere_is_no_link():
    assert (face(SILENT).tag, face(SILENT).get("href")) == ("span", None)


def test_the_whole_text_of_a_cell_is_a_touch_away():
    assert face(SILENT).get("title") == "Line IV\nReported: 0/4"


def test_a_link_of_a_cell_is_called_by_the_whole_text():
    assert face(VALUE).get("aria-label") == "Line IV\nReported: 3/3"


def test_a_table_is_called_by_its_caption_and_heads_its_rows_and_columns():
    drawn = html(table(VALUE, SILENT))
    heads = [each.get("scope") for each in drawn.xpath("//th")]
    assert drawn.xpath("string(//caption)") == "Text"
    assert heads == ["col", "col", "row"]


def test_what_scrolls_sideways_is_reached_by_keyboard_and_has_a_name():
    [around] = html(table(VALUE)).xpath("//table/..")
    assert [around.get(name) for name in ("tabindex", "role", "aria-label")] == [
        "0", "region", "Text",
    ]  # fmt: skip


def test_a_key_shows_the_face_beside_what_it_means():
    swatches = html(table(VALUE)).xpath("//ul[@class='crm-key']/li/i/@class")
    assert swatches == ["f-value f-step-3", "f-silent"]


def test_a_tile_stands_at_its_place():
    found = html(tiles(VALUE, SILENT)).xpath("//ul[@class='crm-tiles']/li/@style")
    assert found == ["grid-row: 4; grid-column: 2", "grid-row: 4; grid-column: 3"]


def test_a_tile_bears_its_code():
    [tile] = html(tiles(VALUE, text="HND")).xpath("//ul[@class='crm-tiles']/li/*")
    assert [part.text for part in tile][:2] == ["HND", "67%"]


def test_cells_are_printed_with_their_grounds():
    on_paper = sections.STYLE[sections.STYLE.index("@media print") :]
    assert ".crm-chart) * { print-color-adjust: exact;" in on_paper


def test_no_text_is_markup():
    cell = FaceCell(Face(Kind.SILENT, HOSTILE, HOSTILE), [HOSTILE], Way(HOSTILE, {"a": HOSTILE}))
    for part in (table(cell, cell._replace(way=None), text=HOSTILE), tiles(cell, text=HOSTILE)):
        drawn = html(part)
        assert drawn.xpath("//img | //@onerror") == []
        assert HOSTILE in drawn.text_content()
        assert HOSTILE in drawn.xpath("//@title")
