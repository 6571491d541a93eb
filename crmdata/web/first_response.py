"""The first response: head and first screen of a page within its document, before it is alive.

It is always of the anonymous, public view, whoever asks: cookies are never read. What an address
gets wrong is left out; a day that is no stop of the head brings no picture, so that a loop over
days fills neither memory nor processor.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from urllib.parse import parse_qsl

from crmdata.access import ANONYMOUS
from crmdata.content.destinations import OFFERED
from crmdata.i18n import words_for
from crmdata.render.html import markup
from crmdata.terms import LANGUAGES
from crmdata.web.activities import activities
from crmdata.web.calendar import plan_board
from crmdata.web.choices import address, offered, stops
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.choices.links import Links
from crmdata.web.cooperation import cooperation
from crmdata.web.countries import countries
from crmdata.web.data import cache
from crmdata.web.home import home
from crmdata.web.lines import lines
from crmdata.web.news import news
from crmdata.web.shell import failing, head, menu

PICTURES: dict[str, Callable[[Chosen], str]] = {
    "inicio": home.html,
    "calendario": plan_board.html,
    "lineas": lines.first,
    "actividades": activities.html,
    "paises": countries.first,
    "cooperacion": cooperation.html,
    "novedades": news.html,
}
"""The pages whose first screen goes along, and what makes it."""

_BURST = 30
_A_SECOND = 5.0
"""Pictures that nobody has asked for yet: so many at once, and so many in a second after that."""


class _Allowance:
    """How much may still be drawn anew."""

    def __init__(self) -> None:
        self._left, self._at, self._turn = float(_BURST), time.monotonic(), Lock()

    def take(self) -> bool:
        """Take one, if there is one left."""
        with self._turn:
            now = time.monotonic()
            self._left = min(_BURST, self._left + _A_SECOND * (now - self._at))
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


_allowance = _Allowance()


def html(path: str, query: str) -> str:
    """Return what stands in the document of an address; nothing where nobody can say."""
    page = path.strip("/") or menu.FIRST
    if page not in PICTURES:
        return ""
    mended = address.mended(dict(parse_qsl(query)))
    written = {name: text for name, text in mended.items() if name in address.NAMES}
    try:
        chosen = _chosen(page, written)
    except failing.FORESEEN:
        return ""
    if chosen is None:
        return ""
    # Its links carry what is chosen for other pages too, and it says so.
    key = ("first response", page, chosen.words.language, chosen.view, chosen.links)
    if chosen.memo.find(key) is None and not _allowance.take():
        return ""
    return chosen.memo.get(key, lambda: _first_view(chosen))


def _chosen(page: str, written: dict[str, str]) -> Chosen | None:
    """Return what an address shows to anybody; None for a day that is no stop."""
    language = address.read_language(written) or LANGUAGES[0]
    pin = written.get("instantanea", "").strip()
    latest = cache.view(lambda _: None)
    day = address.read_day(written.get("corte", ""), latest.meeting_days)
    if day is not None and day not in stops.days(latest) and day != latest.cutoff:
        return None
    view = cache.view(lambda _: day, None, pin) if day or pin else latest
    settled, _ = address.read(written, codes_of(view))
    followed = OFFERED[page]
    # Of words that a page does not follow each would be a picture of its own, made and kept.
    settled = replace(
        settled, abierto=None, buscar=settled.buscar if "buscar" in followed else None
    )
    choices = settled.limited(followed)
    links = Links(tuple(settled.params().items()))
    return Chosen(page, words_for(language), choices, view, "light", narrow=False,
                  actor=ANONYMOUS, links=links,
                  elsewhere=offered.elsewhere(page, settled, ANONYMOUS))  # fmt: skip


def _first_view(chosen: Chosen) -> str:
    parts = [head.html(chosen, of_today=False), PICTURES[chosen.page](chosen)]
    return markup.wrapped("div", parts, css="stHtml", id="crm-first")
