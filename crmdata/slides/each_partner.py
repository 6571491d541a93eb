"""The slides of each partner: what it supports line by line, and where the plan alone names it."""

from collections.abc import Iterator

from crmdata.content import walls
from crmdata.content.cooperation import dossier
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.names import Name
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.slides import parts
from crmdata.slides.model import Slide
from crmdata.slides.parts import Place, SlideMaking


def each(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of each partner; none where it supports nothing and the plan names none."""
    view = making.data.view
    chosen = ChosenCooperation(making.data.cooperation, view.frame("activities"))
    for code, name in making.partners.items():
        yield from _of_partner(making, str(code), name, chosen)


def _of_partner(
    making: SlideMaking, partner: str, name: Name, chosen: ChosenCooperation
) -> Iterator[Slide]:
    words, view = making.words, making.data.view
    how_much = dossier.how_much(view, words, partner, chosen)
    named = dossier.named_by_plan(view, words, partner, chosen)
    own = set(dossier.supports_of(partner, chosen))
    quotes = dossier.quotes_of(view, partner)
    coverage = words.out_of(
        "{n} of {N} activity with support, given or offered",
        "{n} of {N} activities with support, given or offered",
        len(own), len(chosen.activities),
    )  # fmt: skip
    place = Place(f"socio-{partner}", "socio", "cooperacion", {"socio": partner}, coverage)
    reports = view.frame("reports")
    behind = [
        dossier.where_named(view, words, partner, chosen, reports),
        *walls.lines(dossier.naming(view, words, partner, chosen, reports), words),
    ]
    yield from parts.of_section(
        making,
        Section("socio", name.text, Finding((how_much, named)), [_by_line(making, own, chosen)]),
        place, behind,
    )  # fmt: skip
    waiting = [
        ListEntry(called, f"«{quotes[str(code)]}»")
        for code, called in making.activities.items() if code in quotes and code not in own
    ]  # fmt: skip
    topic = words("{who}: where the plan names it, without support reported", who=name.short)
    yield from parts.of_section(
        making, Section("nombrado", topic, Finding((named,)), [Entries("", waiting)]),
        place._replace(key=f"socio-{partner}-plan"),
    )  # fmt: skip


def _by_line(making: SlideMaking, own: set[str], chosen: ChosenCooperation) -> Entries:
    """Return the lines of which a partner supports something: the activities, and of how many."""
    words, entries = making.words, []
    for line, codes in chosen.activities.groupby("line", sort=False)["activity"]:
        supported = [code for code in codes if code in own]
        if supported:
            listing = parts.codes(words, supported)
            note = words.out_of(
                "{codes} ({n} of {N} activity)", "{codes} ({n} of {N} activities)",
                len(supported), len(codes), codes=listing,
            )  # fmt: skip
            entries.append(ListEntry(making.lines[str(line)], note))
    return Entries("", entries)
