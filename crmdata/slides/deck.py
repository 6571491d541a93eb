"""A deck: the slides of the sections asked for, in that order, each with what none goes without."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from crmdata.i18n import Words
from crmdata.slides import abroad, agreements, each_country, each_partner, whole
from crmdata.slides.model import Deck, Slide
from crmdata.slides.parts import SlideMaking
from crmdata.slides.plenary import Plenary
from crmdata.slides.sections import sections_of

_MADE_BY: Mapping[str, Callable[[SlideMaking], Iterator[Slide]]] = {
    "portada": whole.title,
    "situacion": whole.situation,
    "ejes": whole.axes,
    "lineas": whole.lines,
    "paises": abroad.countries,
    "pais": each_country.each,
    "cooperacion": abroad.cooperation,
    "socio": each_partner.each,
    "cambios": abroad.changes,
    "vence": abroad.due_next,
    "acuerdos": agreements.at_meeting,
}


def deck(data: Plenary, words: Words, sections: Iterable[str] = ()) -> Deck:
    """Return the slides of the sections in the order given; of all without any.

    Unknown sections are left out; a section given twice stands once. Where none of them has
    anything to show the title stands alone.
    """
    making = SlideMaking.of(data, words)
    filters = _filters(making)
    query = _query(data, words)
    drafts = [
        slide for section in sections_of(sections) for slide in _MADE_BY[section](making)
    ] or whole.title(making)
    slides = [_finished(slide, making, filters, query) for slide in drafts]
    title = words.pick(*data.view.plan.short_title)
    return Deck(
        words, title, data.view.cutoff, data.first, data.view.demo, filters, tuple(slides), query
    )


def _filters(making: SlideMaking) -> str:
    """Say which countries the numbers are of."""
    words, countries = making.words, making.countries
    if not making.data.limited:
        return words.plural("{n} country", "{n} countries", len(countries))
    return words("Only {countries}", countries=", ".join(str(code) for code in countries))


def _query(data: Plenary, words: Words) -> dict[str, str]:
    of = (
        {"instantanea": data.view.snapshot}
        if data.view.snapshot
        else {"corte": data.view.cutoff.isoformat()}
    )
    query = {"idioma": words.language, **of}
    if data.limited:
        codes = list(data.countries["country"])
        # The pages show one country or all of them.
        query |= {"pais": codes[0]} if len(codes) == 1 else {}
    return query


def _finished(slide: Slide, making: SlideMaking, filters: str, query: Mapping[str, str]) -> Slide:
    words, data = making.words, making.data
    footer = [words("Cut-off {day}", day=words.date(data.view.cutoff, "medium")), filters]
    if slide.coverage:
        footer.append(slide.coverage)
    if slide.section == "portada":
        # Where a deck is kept, so is a mark by which to tell whether the store still holds it.
        footer.append(words("Record {head}", head=data.view.chain_head))
    if data.view.snapshot:
        footer.append(words("Snapshot {id}", id=data.view.snapshot))
    if data.view.demo:
        footer.append(words("Demonstration data"))
    return replace(
        slide,
        query={**query, **slide.query},
        footer=tuple(footer),
        notes=tuple(note for note in slide.notes if note),
    )
