"""A document as what the setter draws: its chapters, sections and parts, looks and colours."""

from crmdata.content.papers import Chapter, Paper
from crmdata.content.parts import Section
from crmdata.i18n import Words, words_for
from crmdata.render.typst import looks
from crmdata.render.typst.bars import Drawn
from crmdata.render.typst.drawn import all_of
from crmdata.steps import Step, no_step


def composed(paper: Paper, step: Step = no_step) -> Drawn:
    """Return a document as the setter draws it."""
    words, day = words_for(paper.language), paper.cutoff
    chapters = []
    for at, chapter in enumerate(paper.chapters):
        step(at, len(paper.chapters))
        chapters.append(_chapter(chapter, paper, words))
    return {
        "language": paper.language, "title": paper.title, "subtitle": paper.subtitle,
        "foot": paper.foot, "mark": paper.mark, "mark_brief": paper.mark_brief,
        "date": [day.year, day.month, day.day], "cover": _cover(paper),
        "chapters": chapters, "dense": paper.dense,
        "looks": looks.looks(), "colours": looks.colours(),
    }  # fmt: skip


def _cover(paper: Paper) -> Drawn | None:
    if paper.cover is None:
        return None
    found = [{"title": title, "findings": said} for title, said in paper.findings]
    return {**paper.cover._asdict(), "found": found}


def _chapter(chapter: Chapter, paper: Paper, words: Words) -> Drawn:
    level = chapter.level if chapter.title else 0
    return {
        "title": chapter.title, "short": chapter.called, "level": level,
        "own_page": chapter.own_page,
        "sections": [_section(each, level + 1, paper, words) for each in chapter.sections],
    }  # fmt: skip


def _section(section: Section, level: int, paper: Paper, words: Words) -> Drawn:
    title = section.title
    if title == paper.title:
        # Its heading is the title of the document; what is beneath it moves up.
        title, level = "", level - 1
    shown = [*all_of(section.parts, words)]
    for part in shown:
        # What the section is called already is not said again over its picture.
        if part.get("title") == section.title:
            part["title"] = ""
    return {
        "title": title, "level": level, "quoted": section.quotation,
        "findings": [*section.finding.sentences] if section.finding else [], "parts": shown,
    }  # fmt: skip
