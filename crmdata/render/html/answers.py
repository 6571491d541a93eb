"""The answers of a search as HTML: the list that stands under the field, and a line of a page."""

from collections.abc import Sequence

from crmdata.content.answers import Answers, SearchAnswer
from crmdata.content.destinations import Way
from crmdata.render.html import markup
from crmdata.render.html.links import Link


def options(answers: Answers, in_texts: Way, query: str, link: Link) -> str:
    """Return what a search answers as options to choose from, and last the search in all texts.

    `search.js` walks them: what it says of them stands in `data-said`.
    """
    words = link.words
    count = sum(len(group.answers) for group in answers.groups)
    status = words.plural("{n} answer", "{n} answers", count) if count else words("No answer.")
    groups = [_group(group.title, group.answers, link) for group in answers.groups]
    last = _option(words("Search for “{query}” in all texts", query=query), "", in_texts, link)
    groups.append(markup.wrapped("div", [last], css="crm-in-texts", role="presentation"))
    certain = {"data-certain": ""} if answers.certain else {}
    return markup.wrapped("div", groups, css="crm-answers", role="presentation",
                          **{"data-said": status}, **certain)  # fmt: skip


def _group(title: str, answers: Sequence[SearchAnswer], link: Link) -> str:
    head = markup.element("div", title, css="crm-answers-of", **{"aria-hidden": "true"})
    inner = [_option(each.name, each.note, each.way, link) for each in answers]
    return markup.wrapped("div", [head, *inner], role="group", **{"aria-label": title})


def _option(name: str, note: str, way: Way, link: Link) -> str:
    inner = [markup.element("b", name), *([markup.element("span", note)] if note else [])]
    return _anchor(inner, way, link, role="option", tabindex="-1", **{"aria-selected": "false"})


def line(answers: Sequence[SearchAnswer], link: Link) -> str:
    """Return the first answers in a line, for whoever searched without the list."""
    label = markup.element("span", link.words("Straight to:"))
    ways = [_anchor([markup.text(each.name)], each.way, link, title=each.note or each.name)
            for each in answers]  # fmt: skip
    return markup.wrapped("p", [label, *ways], css="crm-ways crm-straight")


def _anchor(inner: Sequence[str], way: Way, link: Link, **attributes: str) -> str:
    """Return a link to a view just as it was asked for: nothing else of the page goes along."""
    address = link.address(way.page, way.changes) if link.address else ""
    return markup.wrapped("a", inner, css=markup.LINK, href=address, **attributes)
