"""A packed PDF is the same document, lighter: read back whole by another library."""

from io import BytesIO
from typing import Any

import pypdf
import pytest
import typst

from crmdata.render.typst.packing import packed

SOURCE = """
#set document(title: "Informe", date: datetime(year: 2020, month: 11, day: 20))
#set text(lang: "es")
#title()
#for n in range(COUNT) [
  = Línea #n
  #table(columns: 2, [a], [#n], [b], [ñ])
]
"""
SIZES = (1, 40, 120)
"""Headings: of objects for one stream, and for several."""


@pytest.fixture(scope="module", params=SIZES)
def plain(request) -> bytes:
    source = SOURCE.replace("COUNT", str(request.param)).encode()
    made = typst.compile(source, format="pdf", pdf_standards=["ua-1"], timestamp=0)
    assert isinstance(made, bytes)
    return made


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content), strict=True)


def tags(of: Any) -> list[Any]:
    """Return the tree of tags as lists of their kinds."""
    within = of.get("/K", [])
    within = within.get_object() if hasattr(within, "get_object") else within
    each = within if isinstance(within, list) else [within]
    nodes = [node.get_object() for node in each if not isinstance(node, int)]
    return [of.get("/S"), *(tags(node) for node in nodes if isinstance(node, dict))]


def test_a_packed_document_has_the_same_pages(plain):
    before, after = opened(plain), opened(packed(plain))
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]


def test_a_packed_document_has_the_same_tags(plain):
    before, after = (opened(each).root_object["/StructTreeRoot"] for each in (plain, packed(plain)))
    assert len(str(tags(before))) > 100
    assert tags(after) == tags(before)


def test_a_packed_document_has_the_same_name_language_and_bookmarks(plain):
    before, after = opened(plain), opened(packed(plain))
    for name in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
        assert after.root_object[name] == before.root_object[name]
    assert after.metadata == before.metadata
    assert after.root_object["/Metadata"].get_data() == before.root_object["/Metadata"].get_data()
    assert [each.title for each in after.outline] == [each.title for each in before.outline]


def test_a_packed_document_is_at_most_half_as_large(plain):
    if len(plain) > 40_000:
        assert len(packed(plain)) < len(plain) / 2


def test_what_is_packed_stays_as_it_is(plain):
    once = packed(plain)
    assert packed(once) == once
