"""A document as DOCX: its chapters and sections as headings, what they find, then their parts."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from crmdata.content.papers import Chapter, Cover, Paper
from crmdata.content.parts import Section
from crmdata.i18n import Words, words_for
from crmdata.render.docx.parts import Draft, leading, written
from crmdata.render.docx.tables import clean, element
from crmdata.render.repeatable import timeless

_PERIOD = re.compile(r"(?<=\b\d{4})-(?=[IVX]+\b)")
"""The hyphen of a period such as 2019-II."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def docx(paper: Paper) -> bytes:
    """Return the file's bytes. A picture stands as the table of its numbers."""
    words = words_for(paper.language)
    file: Any = Document()
    _set_up(file, paper)
    file.add_heading(clean(paper.title), 0).runs[0].font.size = Pt(18)
    file.add_paragraph(clean(paper.subtitle))
    if paper.cover:
        _cover(file, paper, paper.cover)
    for chapter in paper.chapters:
        _chapter(file, paper, chapter, words)
    _hold_periods(file)
    target = BytesIO()
    file.save(target)
    return timeless(target.getvalue(), paper.cutoff)


def _set_up(file: Any, paper: Paper) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)
    language = element("w:lang", val="es-419" if paper.language == "es" else "en-US")
    style.element.get_or_add_rPr().append(language)
    properties = file.core_properties
    properties.title, properties.language = paper.title, paper.language
    properties.subject, properties.author = paper.mark or paper.subtitle, "crmdata"
    day = paper.cutoff
    made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format knows no zone
    properties.created = properties.modified = made
    if paper.mark:
        section.header.paragraphs[0].add_run(paper.mark).bold = True
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{paper.foot} · ").font.size = Pt(8)
    _page_number(foot)


def _cover(file: Any, paper: Paper, cover: Cover) -> None:
    """Write of what it is, and what it finds; a list of contents is the word processor's."""
    for line in cover.under:
        file.add_paragraph(clean(line))
    file.add_heading(clean(cover.findings), 1)
    for title, said in paper.findings:
        leading(file, title)
        for sentence in said:
            file.add_paragraph(clean(sentence), style="List Bullet")


def _chapter(file: Any, paper: Paper, chapter: Chapter, words: Words) -> None:
    if chapter.own_page:
        file.add_page_break()
    if chapter.title:
        file.add_heading(clean(chapter.title), chapter.level)
    level = chapter.level if chapter.title else 0
    for section in chapter.sections:
        _section(file, paper, section, words, level + 1)


def _section(file: Any, paper: Paper, section: Section, words: Words, level: int) -> None:
    own = level
    if section.title == paper.title:
        own -= 1
    else:
        file.add_heading(clean(section.title), level)
    for at, sentence in enumerate(section.finding.sentences if section.finding else ()):
        leading(file, sentence, bold=at == 0, held=bool(section.parts))
    if section.quotation:
        file.add_paragraph(clean(section.quotation))
    draft = Draft(file, words, own + 1, section.title)
    for part in section.parts:
        written(part, draft)


def _hold_periods(file: Any) -> None:
    """Let no line end within a period: its hyphen is the word processor's that never breaks."""
    for text in [*file.element.body.iter(qn("w:t"))]:
        text.text, *others = _PERIOD.split(text.text or "")
        text.set(_SPACE, "preserve")
        for other in others:
            text.addnext(hyphen := element("w:noBreakHyphen"))
            hyphen.addnext(text := element("w:t"))
            text.text = other
            text.set(_SPACE, "preserve")


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(8)
    instruction = element("w:instrText")
    instruction.text = "PAGE"
    for part in (element("w:fldChar", fldCharType="begin"), instruction,
                 element("w:fldChar", fldCharType="end")):  # fmt: skip
        run._r.append(part)  # noqa: SLF001 - the library has no door to it
