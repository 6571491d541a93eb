"""What was said and written, as HTML: statements of parties, terms, tables of words."""

from collections.abc import Sequence

from crmdata.content.parts import Records, Speaker, Statement, Statements, Terms
from crmdata.render.html import markup
from crmdata.render.html.links import Link, anchor, outward


def statements(part: Statements, link: Link) -> str:
    """Return a list of parties: the last that each said, what it said before folded."""
    items = [_speaker(each, link) for each in part.speakers]
    return markup.wrapped("ul", items, css="crm-statements")


def _speaker(speaker: Speaker, link: Link) -> str:
    inner = [markup.element("h3", speaker.name.text)]
    if speaker.note:
        inner.append(markup.element("p", speaker.note, css="crm-entry-note"))
    inner += map(_statement, speaker.statements[:1])
    if earlier := speaker.statements[1:]:
        title = link.words.plural("{n} earlier report", "{n} earlier reports", len(earlier))
        statements = "".join(map(_statement, earlier))
        inner.append(markup.folded(title, statements, opened=speaker.chosen))
    inner += [anchor(text, opens, link, css="crm-act") for text, opens in speaker.actions]
    return markup.wrapped("li", inner, css="crm-chosen" if speaker.chosen else "")


def _statement(statement: Statement) -> str:
    inner = [
        markup.element("p", statement.head, css="crm-said-of"),
        markup.paragraphs(statement.text),
    ]
    if statement.evidence:
        inner.append(_evidence(statement.evidence))
    return markup.wrapped("div", inner, css="crm-statement")


def _evidence(evidence: Sequence[str]) -> str:
    items = (markup.wrapped("li", [outward(each)]) for each in evidence)
    return markup.wrapped("ul", items, css="crm-list")


def terms(part: Terms) -> str:
    """Return words with what they stand for."""
    pairs = (markup.element("dt", term) + markup.element("dd", text) for term, text in part.terms)
    return markup.wrapped("dl", pairs, css="crm-terms")


def records(part: Records) -> str:
    """Return a table of words under its title."""
    return markup.element("h3", part.title) + markup.table(part.rows, part.title)
