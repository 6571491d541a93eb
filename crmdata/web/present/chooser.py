"""The chooser: which sections in which order, which countries, which dates; all in the address."""

import streamlit as st

from crmdata import measures, slides
from crmdata.content import agreements as said
from crmdata.content import names, wording
from crmdata.render.html import markup
from crmdata.slides import TITLES, Deck, named
from crmdata.web.choices import choices, filters, links, offered
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components, draw
from crmdata.web.news import agreements, changes
from crmdata.web.present import agreement_forms, hall_palette, minutes, powerpoint, stage
from crmdata.web.shell import cutoff_words
from crmdata.web.take_home import take_home


def show(chosen: Chosen) -> None:
    """Draw the choices, the link that starts the presentation, and the keys."""
    words, first = chosen.words, changes.first_day(chosen)
    if first is not None:
        filters.show(chosen, [filters.first_day(chosen, first)])
    with components.filter_row():
        _show_countries(chosen)
        _show_theme(chosen)
    if sentence := changes.first_day_sentence(chosen, first):
        components.notice(sentence)
    _show_meeting(chosen)
    _show_start(chosen)
    components.heading(words("Sections, in the order in which they are shown"))
    _show_sections(chosen)
    take_home.show_accepted_only(chosen)
    powerpoint.show(chosen)
    if stage.only_here():
        components.notice(
            words(
                "The QR codes lead to this machine only. So that the hall can follow them, whoever "
                "runs the app has to name its public address."
            )
        )
    components.heading(words("Agreements of this meeting"))
    agreement_forms.show_noting(chosen)
    agreements.show(chosen, "acuerdos", said.at_meeting(chosen.view, first),
                    words("No agreement has been noted yet."))  # fmt: skip
    earlier = said.before(chosen.view, first)
    if len(earlier):
        components.heading(words("Agreements of earlier meetings"))
        agreements.show(chosen, "anteriores", earlier, "")
    agreement_forms.show_endings(chosen)
    minutes.show(chosen)
    components.heading(words("Keys"))
    components.definitions([(words(key), words(meaning)) for key, meaning in stage.KEYS])


def _show_countries(chosen: Chosen) -> None:
    words, key = chosen.words, "choose-solo"
    countries = names.of_countries(chosen.frame("countries"), words)
    st.session_state[key] = [code for code in countries if code in chosen.choices.solo]
    st.multiselect(
        words("Countries"),
        list(countries),
        format_func=lambda code: countries[code].full,
        key=key,
        placeholder=words("All countries"),
        on_change=lambda: choices.choose(solo=tuple(st.session_state[key])),
    )


def _show_theme(chosen: Chosen) -> None:
    words = chosen.words
    themes = {"contraste": words("High contrast"), "oscuro": words("Dark")}
    filters.switch(
        "tema", words("Theme"), themes, chosen.choices.tema or next(iter(hall_palette.THEMES))
    )


def _show_sections(chosen: Chosen) -> None:
    """Draw a row a section: shown or not, and a step up or down."""
    words, order = chosen.words, slides.sections_of(chosen.choices.secciones)
    deck = stage.deck_of(words, chosen.choices, chosen.view)
    with st.container(key="sections", gap=None):
        for section in _rows(order):
            count = sum(slide.section == section for slide in deck.slides)
            _show_section(chosen, order, section, count)


def _show_section(chosen: Chosen, order: tuple[str, ...], section: str, count: int) -> None:
    words, key = chosen.words, f"section-{section}"
    title = words(TITLES[section])
    st.session_state[key] = section in order

    def switch() -> None:
        # Of now, not of the page that stands there: a quick hand is faster than a run.
        before = slides.sections_of(choices.now().secciones)
        shown = {*before, section} if st.session_state[key] else {*before} - {section}
        if shown:
            rows = [each for each in _rows(before) if each in shown]
            choices.choose(secciones=_written(rows))

    with st.container(key=f"row-{section}", horizontal=True, vertical_alignment="center"):
        text = words.plural("{title} ({n} slide)", "{title} ({n} slides)", count, title=title)
        st.checkbox(text if count else title, key=key, on_change=switch,
                    disabled=order == (section,))  # fmt: skip
        if section in order and len(order) > 1:
            _show_step(chosen, order, section, -1)
            _show_step(chosen, order, section, 1)


def _show_step(chosen: Chosen, order: tuple[str, ...], section: str, by: int) -> None:
    words, place = chosen.words, order.index(section)
    title = words(TITLES[section])

    def move() -> None:
        before = slides.sections_of(choices.now().secciones)
        if section in before:
            moved = [each for each in before if each != section]
            moved.insert(max(before.index(section) + by, 0), section)
            choices.choose(secciones=_written(moved))

    st.button(
        "↑" if by < 0 else "↓",
        key=f"move-{section}-{by}",
        help=words("Earlier: {title}", title=title)
        if by < 0
        else words("Later: {title}", title=title),
        disabled=not 0 <= place + by < len(order),
        on_click=move,
    )


def _rows(order: tuple[str, ...]) -> list[str]:
    """Return all sections in the order of the rows; one that is not shown keeps its place."""
    rows = list(order)
    for at, section in enumerate(slides.SECTIONS):
        if section not in rows:
            rows.insert(rows.index(slides.SECTIONS[at - 1]) + 1 if at else 0, section)
    return rows


def _written(order: list[str]) -> tuple[str, ...]:
    """Return the sections as chosen; nothing where all stand in their first order."""
    return () if tuple(order) == slides.SECTIONS else tuple(order)


def _show_meeting(chosen: Chosen) -> None:
    """Say that the cut-off is no meeting's, and lead to the last meeting's before it."""
    words, meetings = chosen.words, chosen.frame("meetings")
    last = measures.meeting_before(meetings, chosen.cutoff)
    is_meeting = measures.meeting_at(meetings, chosen.cutoff) is not None
    if is_meeting or last is None or chosen.view.snapshot:
        return
    said = words("The cut-off {day} is no meeting’s.", day=words.date(chosen.cutoff))
    text = words("Present the last one before it: {meeting}",
                 meeting=words.pick(last["name_es"], last["name_en"]))  # fmt: skip
    way = chosen.links.change(text, {"corte": last["corte"].isoformat()})
    draw.html(markup.wrapped("p", [markup.text(said), " ", way], css="crm-notice"))


def _show_start(chosen: Chosen) -> None:
    words, first = chosen.words, changes.first_day(chosen)
    deck = stage.deck_of(words, chosen.choices, chosen.view)
    fixed = {
        "idioma": words.language,
        **chosen.view.address,
        # Named even where not chosen: a meeting noted later must not change a link's slides.
        **({} if first is None else {"desde": first.isoformat()}),
    }
    begin = words.plural("Present {n} slide", "Present {n} slides", len(deck.slides))
    notes = words("The desk, in a second window")
    target = chosen.links.href("presentar", **fixed, **{stage.PLACE: "1"})
    ways, missing = _ways_in(chosen, deck, fixed)
    beside = chosen.links.href("presentar", **fixed, **{stage.DESK: "1"})
    draw.html(markup.wrapped("p", [
        links.link(begin, target, id="crm-start"),
        markup.element("a", notes, href=beside, target="_blank", rel="noopener",
                       **{"data-window": stage.DESK_WINDOW}),
        *ways,
    ], css="crm-start") + missing)  # fmt: skip


def _ways_in(chosen: Chosen, deck: Deck, fixed: dict[str, str]) -> tuple[list[str], str]:
    """Return links to the first slide of what is chosen, and a sentence on what has none."""
    words, places = chosen.words, named.places(deck)
    ways, missing = [], []
    led_to = chosen.elsewhere.limited(offered.LEADS["presentar"])
    for field, _, name in cutoff_words.named(chosen, led_to):
        place = places.get(f"{field}={getattr(led_to, field)}")
        if place is None:
            missing.append(name)
            continue
        text = words("Begin at {name}, slide {n}", name=name, n=words.number(place + 1))
        target = chosen.links.href("presentar", **fixed, **{stage.PLACE: str(place + 1)})
        ways.append(links.link(text, target))
    if not missing:
        return ways, ""
    listing = wording.joined(words, missing)
    said = words("No slide of this presentation shows {names}.", names=listing)
    return ways, markup.element("p", said, css="crm-note")
