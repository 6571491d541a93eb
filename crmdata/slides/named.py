"""What a slide shows by name, as an address says it: so an answer of the search finds its slide."""

from collections.abc import Iterator

from crmdata.content.calendar import Extract
from crmdata.content.cell_tables import FaceTable
from crmdata.slides.model import Deck, Slide

OF_ITEM = ("actividad", "buscar", "linea", "eje", "socio")
"""The choices that name something of the plan, the narrowest first; a result is searched for."""


def places(deck: Deck) -> dict[str, int]:
    """Return the place of the first slide that shows a thing: `linea=VI`, `pais=HND`.

    What has no slide of its own is where others are too: an activity and its result where its
    calendar is, a partner where the partners are. A page's name leads to the first slide of what
    that page shows.
    """
    found: dict[str, int] = {}
    for names in (_own_names, _names):
        for place, slide in enumerate(deck.slides):
            for name in names(slide):
                found.setdefault(name, place)
    return found


def _own_names(slide: Slide) -> Iterator[str]:
    yield from (f"{choice}={code}" for choice, code in subject(slide).items())


def _names(slide: Slide) -> Iterator[str]:
    yield slide.page
    for part in slide.parts:
        if isinstance(part, Extract):
            for code in part.codes:
                yield f"actividad={code}"
                yield f"buscar={code.rpartition('.')[0]}"
        elif isinstance(part, FaceTable) and slide.section == "cooperacion":
            yield from (f"socio={code}" for code in part.columns)


def subject(slide: Slide) -> dict[str, str]:
    """Return the axis, line, country or partner that a slide is of, as an address says it.

    Nothing for all others. What the whole deck is limited to is no slide's own.
    """
    return {
        choice: slide.query[choice]
        for choice in ("eje", "linea", "pais", "socio")
        if slide.key == f"{choice}-{slide.query.get(choice)}"
    }
