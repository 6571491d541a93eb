"""The slides of each country: how far it is axis by axis, and what it observes beside that."""

from collections.abc import Iterator

from crmdata.content import findings, names, observations
from crmdata.content.parts import Finding, Note, Section
from crmdata.slides import parts
from crmdata.slides.model import Slide
from crmdata.slides.parts import Place, SlideMaking
from crmdata.slides.plenary import Within


def each(making: SlideMaking) -> Iterator[Slide]:
    """Yield a slide a country; none of one of which nothing is due and that observes nothing."""
    words, view = making.words, making.data.view
    axes = names.of_axes(view.frame("axes"), words)
    for code, name in making.countries.items():
        within: Within = ("country", str(code))
        together = making.whole(within)
        figures = parts.bars(
            making, "axis", axes, title=words("What was reported, by axis"),
            whole=words("The whole plan"), within=within,
        )  # fmt: skip
        observed = observations.sentence(view, words, str(code))
        beside = Note(observed) if observed else parts.progress(making, within)
        section = Section(
            "pais", name.text, Finding((findings.arrival(words, together, name.text),)),
            [figures, beside] if together.expected or observed else [],
        )  # fmt: skip
        place = Place(f"pais-{code}", "pais", "paises", {"pais": str(code)},
                      parts.ratio(words, together))  # fmt: skip
        changes = making.data.changes
        own = None if changes is None else changes.loc[changes["country"] == code]
        ahead = making.data.cells.loc[making.data.cells["country"] == code]
        notes = (parts.changed(making, own), parts.next_due(making, ahead))
        yield from parts.of_section(making, section, place, notes)
