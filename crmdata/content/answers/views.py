"""The views that answer a query: what each shows, and the address that opens it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crmdata.content import names, wording
from crmdata.content.answers.reading import QueryMeaning
from crmdata.content.answers.things import COUNTRY, PAGE, PARTNER, Thing
from crmdata.content.destinations import OFFERED, Way
from crmdata.content.names import Name
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.labels import LEVELS
from crmdata.terms import SIN_REPORTE, Reporting, SearchList
from crmdata.view import View

MOST_COUNTRIES = 4
"""How many countries stand side by side at most."""

_LIST = "list"

KINDS = {
    "axis": N_("Axes"), "line": N_("Lines"), "result": N_("Results"),
    "activity": N_("Activities"), COUNTRY: N_("Countries"), PARTNER: N_("Partners"),
    PAGE: N_("Pages"), _LIST: N_("Lists of reports"),
}  # fmt: skip
"""The kinds of answers, and what their groups are called."""

_STATES = {SearchList.PENDING: SIN_REPORTE, SearchList.REPORTED: Reporting.REPORTADO.value}
"""The choice of activities that each list is."""


_OWN = {"pais": COUNTRY, "socio": PARTNER}
"""What a reader has chosen for the whole app, and what kind of thing it is."""

"""The pages that have a view of one partner or one country."""


class SearchAnswer(NamedTuple):
    """A view: its kind, what it is called, what it shows, the address that opens it."""

    kind: str
    name: str
    note: str
    way: Way


@dataclass(frozen=True)
class Called:
    """What everything is called in a language, by kind and code."""

    named: Mapping[str, names.Names]
    axis_of: Mapping[str, str]
    """Of each line."""


def called(view: View, words: Words) -> Called:
    """Return what a view's plan and places are called, worked out once."""
    by_kind: dict[str, names.Names] = {
        level.code: names.of_level(level, view.frame(level.frame), words)
        for level in LEVELS.values()
    }
    by_kind[COUNTRY] = names.of_countries(view.frame("countries"), words)
    by_kind[PARTNER] = names.of_partners(view.frame("partners"), words)
    lines = view.frame("lines")
    return Called(by_kind, dict(zip(lines["line"], lines["axis"].astype(str), strict=True)))


class Views:
    """Makes the answers of a view in a language, for whoever has chosen a country or a partner."""

    def __init__(
        self, called: Called, words: Words, titles: Mapping[str, str], own: Mapping[str, str]
    ) -> None:
        self._named, self._axis_of = called.named, called.axis_of
        self._words, self._titles = words, titles
        codes = {choice: own.get(choice, "").strip().upper() for choice in _OWN}
        self._own = {choice: code for choice, code in codes.items()
                     if code in self._named[_OWN[choice]]}  # fmt: skip

    def kept(self, answer: SearchAnswer) -> SearchAnswer:
        """Return an answer with what the reader has chosen, unless it is of named countries."""
        way = answer.way
        if "pais" in way.changes or "paises" in way.changes:
            return answer
        return answer._replace(way=way._replace(changes={**self._own, **way.changes}))

    def of_thing(self, thing: Thing) -> SearchAnswer:
        """Return the view of one thing alone."""
        if thing.kind == PAGE:
            name = self._words(self._titles[thing.code])
            return SearchAnswer(PAGE, name, "", Way(thing.code, {}))
        if thing.kind == COUNTRY:
            return self._of_country(thing.code)
        if thing.kind == PARTNER:
            return self._of_partner(thing.code)
        return self._of_item(thing)

    def of_page(self, reading: QueryMeaning, page: str) -> SearchAnswer:
        """Return a page of the country or partner that is named, where it has a view of one."""
        country = reading.countries[:1] if "pais" in OFFERED[page] else ()
        partner = reading.partners[:1] if "socio" in OFFERED[page] else ()
        changes = {"pais": "".join(country), "socio": "".join(partner)}
        own = self._called(*(Thing(COUNTRY, code) for code in country),
                           *(Thing(PARTNER, code) for code in partner))  # fmt: skip
        name = " · ".join(filter(None, [own, self._words(self._titles[page])]))
        return SearchAnswer(PAGE, name, "", Way(page, {k: v for k, v in changes.items() if v}))

    def of_items(self, reading: QueryMeaning, items: Sequence[Thing]) -> Iterator[SearchAnswer]:
        """Yield the views of items as a query narrows them; without any, of all of the plan."""
        for item in list[Thing | None](items) or [None]:
            if reading.asked:
                yield from self._lists(reading, item)
            elif len(reading.countries) > 1:
                yield self._beside(reading.countries, item)
            elif reading.countries and reading.partners:
                yield self._of_partner(reading.partners[0], item, reading.countries[0])
            elif reading.countries:
                yield self._of_country(reading.countries[0], item)
            elif reading.partners:
                yield from (self._of_partner(code, item) for code in reading.partners)
            elif item:
                yield self._of_item(item)

    def _name(self, thing: Thing) -> Name:
        names_of_kind = self._named[thing.kind]
        return names_of_kind[int(thing.code) if thing.kind == "axis" else thing.code]

    def _called(self, *things: Thing | None) -> str:
        """Return what things are called together, those of a kind with `and` between them."""
        parts = []
        for kind in dict.fromkeys(thing.kind for thing in things if thing):
            of_kind = [self._name(thing) for thing in things if thing and thing.kind == kind]
            called = [name.short if kind == PARTNER else name.called for name in of_kind]
            parts.append(wording.joined(self._words, called) if called[1:] else called[0])
        return " · ".join(parts)

    def _narrowed(self, item: Thing | None, **choices: str) -> dict[str, str]:
        """Return what an address says of an item and of what else is chosen."""
        of: dict[str, str] = {}
        if item is not None:
            level = LEVELS[item.kind]
            of = {level.choice: item.code} if level.choice else {"buscar": item.code}
        return {name: code for name, code in (of | choices).items() if code}

    def _of_item(self, item: Thing) -> SearchAnswer:
        page = {"axis": "lineas", "line": "lineas"}.get(item.kind, "actividades")
        way = Way(page, self._narrowed(item))
        return SearchAnswer(item.kind, self._called(item), self._above(item), way)

    def _above(self, item: Thing) -> str:
        """Return what an item is part of: the line, or the axis of a line."""
        line = item.code.split(".", maxsplit=1)[0]
        above = {
            "line": Thing("axis", self._axis_of.get(line, "")),
            "result": Thing("line", line),
            "activity": Thing("line", line),
        }.get(item.kind)
        if above is None:
            return ""
        return f"{self._words(LEVELS[above.kind].word)} {self._called(above)}"

    def _of_country(self, code: str, item: Thing | None = None) -> SearchAnswer:
        words, country = self._words, Thing(COUNTRY, code)
        if item is None:
            note, page = words("The country’s profile"), "paises"
        elif item.kind in {"axis", "line"}:
            note, page = words("What the country reports, activity by activity"), "lineas"
        else:
            note, page = words("What the country reports"), "actividades"
        way = Way(page, self._narrowed(item, pais=code))
        return SearchAnswer(COUNTRY, self._called(country, item), note, way)

    def _beside(self, codes: Sequence[str], item: Thing | None) -> SearchAnswer:
        """Return countries side by side: in the line of a result or of an activity."""
        if item is not None and item.kind in {"result", "activity"}:
            item = Thing("line", item.code.split(".", maxsplit=1)[0])
        beside = codes[:MOST_COUNTRIES]
        way = Way("paises", self._narrowed(item, paises=",".join(beside)))
        name = self._called(*(Thing(COUNTRY, code) for code in beside), item)
        return SearchAnswer(COUNTRY, name, self._words("Side by side"), way)

    def _of_partner(self, code: str, item: Thing | None = None, country: str = "") -> SearchAnswer:
        words, partner = self._words, Thing(PARTNER, code)
        page = "actividades" if item and item.kind in {"result", "activity"} else "cooperacion"
        within = country or self._own.get("pais", "")
        way = Way(page, self._narrowed(item, socio=code, pais=within))
        place = Thing(COUNTRY, within) if within else None
        full = self._name(partner).text
        note = words("What it supports, and where nobody is") if item or country else full
        return SearchAnswer(PARTNER, self._called(partner, place, item), note, way)

    def _lists(self, reading: QueryMeaning, item: Thing | None) -> Iterator[SearchAnswer]:
        """Yield the list that is asked for, one for each country that is named."""
        wanted = reading.asked or SearchList.PENDING
        own = {} if reading.countries else self._own
        partner = reading.partners[0] if reading.partners else own.get("socio", "")
        for country in reading.countries or (own.get("pais", ""),):
            choices = {"pais": country, "socio": partner, "estado": _STATES[wanted]}
            single = item is not None and item.kind == "activity"
            if single:
                # Its sheet says what is pending and what was reported.
                del choices["estado"]
            of = (Thing(COUNTRY, country) if country else None,
                  Thing(PARTNER, partner) if partner else None, item)  # fmt: skip
            name = self._called(*of) or self._words("The whole region")
            way = Way("actividades", self._narrowed(item, **choices))
            yield SearchAnswer(_LIST, name, self._said(wanted), way)

    def _said(self, wanted: SearchList) -> str:
        if wanted is SearchList.PENDING:
            return self._words("Reports that are pending, longest first")
        return self._words("What has been reported")
