"""Texts of a file that look like one person's data: each is confirmed, or written anew, here.

Answers and new texts stay in the reader's own session until the file is handed in or let go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

import streamlit as st

from crmdata.errors import Problem
from crmdata.i18n import Words
from crmdata.intake.reports import CellPlace, Checked, Source, found_in, held_text, place_of
from crmdata.intake.reports.headings import heading
from crmdata.intake.reports.held_texts import RULE
from crmdata.intake.reports.remarks import activities
from crmdata.render.html import markup
from crmdata.web.kit import components, draw

AT_ONCE = 10
"""How many texts are drawn together."""


class _Answers(NamedTuple):
    """What was said of the texts of one file."""

    about: object
    confirmed: dict[CellPlace, tuple[str, ...]]
    """The words that are no person's data, by their place."""
    written: dict[CellPlace, str]


def _answers(key: str, about: object) -> _Answers:
    """Return the answers to a file; another one begins without any."""
    answers: _Answers | None = st.session_state.get(f"{key}-held")
    if answers is None or answers.about != about:
        answers = st.session_state[f"{key}-held"] = _Answers(about, {}, {})
    return answers


def forget(key: str) -> None:
    """Let go of the answers, and of what was written anew."""
    st.session_state.pop(f"{key}-held", None)


def written_anew(key: str, about: object, sources: Sequence[Source]) -> list[Source]:
    """Return sources with the texts that were written anew in the place of the held ones."""
    return [_rewritten(source, _answers(key, about).written) for source in sources]


def _rewritten(source: Source, written: Mapping[CellPlace, str]) -> Source:
    rows = tuple(
        replace(row, cells={**row.cells, **mine}) if mine else row
        for row in source.rows
        for mine in [
            {
                place.field: text
                for place, text in written.items()
                if place[:3] == (source.name, row.sheet, row.number) and place.field in row.cells
            }
        ]
    )
    if rows == source.rows:
        return source
    # It is no longer the file that was chosen: that one may still be handed in.
    texts = sorted((place.name, text) for place, text in written.items())
    return replace(source, rows=rows, sha256=sha256(f"{source.sha256}{texts}".encode()).hexdigest())


def show(
    words: Words, key: str, about: object, first: Checked, now: Checked, titles: Mapping[str, str]
) -> frozenset[CellPlace] | None:
    """Draw what is held; return the places that were confirmed, or None while one waits.

    `first` is what was found in the file, `now` with the texts written anew; `titles` are the
    activities by their codes.
    """
    personal = [problem for problem in first.held if problem.rule == RULE]
    if not personal:
        return frozenset()
    answers = _answers(key, about)
    words_at = {
        place_of(held_problem): found_in(held_problem)
        for held_problem in now.held
        if held_problem.rule == RULE
    }
    waiting = [
        place
        for place, words_found in words_at.items()
        if answers.confirmed.get(place) != words_found
    ]
    components.heading(words("What looks like one person's data"), 3)
    components.paragraph(
        words(
            "Nothing of this file is stored before each of these texts is confirmed, or written "
            "anew, by you. What you write here changes what is handed in, not your file."
        ),
        "crm-note",
    )
    of_row = activities(file.source for file in first.files)
    for number, problem in _chosen_part(words, key, personal):
        place = place_of(problem)
        code = of_row.get(place[:3], "")
        _show_one(words, f"{key}-held-{number}", answers, problem, words_at.get(place, ()),
                  _title(words, place, titles.get(code, code)))  # fmt: skip
    if waiting:
        sentence = words.plural(
            "{n} text waits for your answer.", "{n} texts wait for your answer.", len(waiting)
        )
        components.paragraph(sentence, "crm-note")
        return None
    return frozenset(place for place in words_at if place in answers.confirmed)


def _chosen_part(words: Words, key: str, problems: Sequence[Problem]) -> list[tuple[int, Problem]]:
    """Return the held texts that are drawn, numbered; of many the part that was chosen."""
    numbered = list(enumerate(problems))
    if len(problems) <= AT_ONCE:
        return numbered
    starts = list(range(0, len(problems), AT_ONCE))
    start = st.selectbox(
        words("Texts"), starts, key=f"{key}-held-part",
        format_func=lambda at: words(
            "{first} to {last} of {n}", first=at + 1, last=min(at + AT_ONCE, len(problems)),
            n=len(problems),
        ),
    )  # fmt: skip
    return numbered[start or 0 :][:AT_ONCE]


def _title(words: Words, place: CellPlace, activity: str) -> str:
    row = words("Row {row}", row=place.row)
    return " · ".join(filter(None, (place.sheet, row, activity, heading(words, place.field))))


def _show_one(
    words: Words,
    key: str,
    answers: _Answers,
    problem: Problem,
    words_found: tuple[str, ...],
    title: str,
) -> None:
    place = place_of(problem)
    text = answers.written.get(place, str(problem.value or ""))

    def confirm() -> None:
        answers.confirmed.pop(place, None)
        if st.session_state[f"{key}-none"]:
            answers.confirmed[place] = words_found

    def write() -> None:
        answers.written[place] = st.session_state[f"{key}-text"]

    with st.container(key=key, border=True):
        draw.html(markup.element("p", title, css="crm-lead"))
        draw.html(
            markup.wrapped("p", [markup.marked(text, spans(text, words_found))], css="crm-held")
        )
        if not words_found:
            components.paragraph(words("Nothing in it looks like one person's data."), "crm-note")
        else:
            st.checkbox(words("It is no person's data"), key=f"{key}-none", on_change=confirm,
                        value=answers.confirmed.get(place) == words_found)  # fmt: skip
        st.text_area(
            words("Or write the text anew"),
            text,
            key=f"{key}-text",
            on_change=write,
            max_chars=10_000,
        )


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words stand in a text, in order and apart."""
    places, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start >= 0:
            at = start + len(word)
            places.append((start, at))
    return places


def remark(words: Words, key: str) -> frozenset[CellPlace] | None:
    """Draw the field of a remark, and where it is held what confirms it.

    Return its place if it was confirmed, none where nothing is held, or None while it waits.
    """
    text = st.text_input(words("Remark"), key=f"{key}-note", max_chars=500)
    components.paragraph(
        words("The secretariat reads it together with the batch, and you find it again under "
              "“What was handed in”."),
        "crm-note",
    )  # fmt: skip
    problems = held_text("note", text)
    if not problems:
        return frozenset()
    sentence, _ = problems[0].sentences(words)
    components.paragraph(sentence, "crm-note")
    name = sha256(text.encode()).hexdigest()[:8]
    sure = st.checkbox(words("It is no person's data"), key=f"{key}-note-{name}")
    return frozenset(map(place_of, problems)) if sure else None
