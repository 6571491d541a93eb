"""What the search of every page answers: views with their addresses, for whoever asks.

It reads the plan, its places and the pages, no report: what a query means is the same to all.
"""

from collections.abc import Mapping

from crmdata.content import answers
from crmdata.content.destinations import Way
from crmdata.i18n import Words, words_for
from crmdata.render.html import answers as drawn
from crmdata.render.html.links import Link
from crmdata.terms import LANGUAGES
from crmdata.web.choices import address
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.data import cache
from crmdata.web.shell import menu

QUERY = "q"
"""What is written, beside what else stands in the address of the page."""

_CARRIED = ("idioma", "corte", "instantanea", "provisional")
"""What an answer carries along of an address: in which language and as of when."""

OWN = ("pais", "socio")
"""Whose the asker has chosen: it stays chosen unless the question names countries."""

IN_TEXTS = (*_CARRIED, *OWN)
"""What a search in texts carries along: they are of the whole plan, whatever was filtered."""

MOST_IN_LINE = 4
"""Answers that stand over the list of a search in texts."""


def html(params: Mapping[str, str]) -> str:
    """Return the answers to what an address asks, as options. Raise StoreError."""
    query = " ".join(params.get(QUERY, "").split())[: address.LONGEST_QUERY]
    words = words_for(address.read_language(params) or LANGUAGES[0])
    day, pin = params.get("corte", ""), params.get("instantanea", "").strip()
    view = cache.view(lambda meetings: address.read_day(day, meetings), None, pin)
    result = answers.answer(view, words, query, menu.TITLES, _own(params))
    within = {name: params[name] for name in IN_TEXTS if params.get(name)}
    in_texts = Way("actividades", {**within, "buscar": query})
    return drawn.options(result, in_texts, query, _link(words, params))


def line(chosen: Chosen) -> str:
    """Return the first answers to what a page was opened to search for, empty without any."""
    query, stands = chosen.choices.buscar, dict(chosen.links.carried)
    if not query:
        return ""
    result = answers.answer(chosen.view, chosen.words, query, menu.TITLES, _own(stands))
    first = [each for group in result.groups for each in group.answers]
    link = _link(chosen.words, stands)
    return drawn.line(first[:MOST_IN_LINE], link) if first else ""


def _own(params: Mapping[str, str]) -> dict[str, str]:
    return {name: params[name] for name in OWN if name in params}


def _link(words: Words, params: Mapping[str, str]) -> Link:
    links = Links(tuple((name, params[name]) for name in _CARRIED if params.get(name)))
    return Link(words, lambda page, changes: links.href(page, **changes))
