"""What a click does to the store: asked first where it must be no slip, and answered by a receipt.

Question and receipt stand where the click was, and the page brings them before the eye. What is
clicked twice is done once.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as dataclass_fields
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy import Engine

from crmdata import clock, logs
from crmdata.access import Actor
from crmdata.errors import AccessDenied, CrmdataError, Held, Problem
from crmdata.i18n import Words
from crmdata.intake.reports.held_texts import RULE, found_in, held_texts
from crmdata.intake.reports.remarks import in_words
from crmdata.render.html import markup
from crmdata.web.data import cache
from crmdata.web.kit import draw

Given = ParamSpec("Given")
Made = TypeVar("Made")

_PAGE, _ASKED, _OUTCOME, _COUNT, _CONFIRMED = (
    f"crmdata_acting_{name}" for name in ("page", "asked", "outcome", "count", "confirmed")
)

DOUBLE_CLICK = 20
"""Seconds within which the same act is a second click on a busy server, and nothing new."""


@dataclass(frozen=True)
class ActPlace:
    """Where on a page something is done; `order` is its place among others of the name."""

    name: str
    order: int = 0


@dataclass(frozen=True)
class Fields:
    """What somebody fills in: how it is read at each click, and what is emptied once it is done."""

    read: Callable[[], dict[str, Any]]
    keys: tuple[str, ...]


def fields(**keys: str) -> Fields:
    """Return the fields of keys, each read as text by its name."""

    def read() -> dict[str, Any]:
        return {name: str(st.session_state.get(key) or "") for name, key in keys.items()}

    return Fields(read, tuple(keys.values()))


@dataclass(frozen=True)
class Deed:
    """Something to do once it is confirmed: a button, the question it asks, the receipt.

    `key` is the button's, `confirm` the label of the one that confirms. `do` gets the engine,
    the actor, `about`, and by their names what stands in the fields; with `rehearse` it only
    raises what it would. A receipt may be made of what `do` returns.
    """

    key: str
    label: str
    question: str
    confirm: str
    receipt: str | Callable[[Any], str]
    do: Callable[..., object]
    about: tuple[object, ...]
    fields: Fields


_Act = tuple[object, ...]
"""Where something is done, what does it, and each thing that it is given."""


class _Outcome(NamedTuple):
    place: ActPlace
    text: str
    done: _Act | None
    """What was done; None where it was refused."""
    number: int
    at: float
    held: tuple[tuple[str, ...], ...] = ()
    """What looks like one person's data, text by text, and `sure` confirms to be none."""
    sure: str = ""
    made: Any = None
    """What doing it returned."""


def arrive(page: str) -> None:
    """Forget on a page what was asked and done on another."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state.pop(_CONFIRMED, None)
        forget()


def forget() -> None:
    """Let go of what was asked, and of what was said of the last act."""
    for name in (_ASKED, _OUTCOME):
        st.session_state.pop(name, None)


def act(
    words: Words,
    place: ActPlace,
    receipt: Callable[[Made], str],
    do: Callable[Concatenate[Engine, Actor, Given], Made],
    actor: Actor,
    *about: Given.args,
    **how: Given.kwargs,
) -> bool:
    """Do something to the store, from a widget's callback; tell whether it is done.

    `show_outcome` then says at the place what `receipt` makes of it, a paragraph a line, or in
    the reader's language why it was refused.
    """
    deed = (place, do, *about, *(how[name] for name in sorted(how)))
    if _is_second_click(_outcome(), deed):
        return True
    forget()
    try:
        result = _done(place, do, actor, *about, **how)
    except CrmdataError as error:
        _refused(words, place, actor, error)
        return False
    now = clock.now()
    moment = words("{day}, {time}", day=words.date(clock.day_of(now)), time=clock.hour_of(now))
    _say(place, f"{receipt(result)}\n{moment}", deed, made=result)
    return True


def _is_second_click(before: _Outcome | None, act: _Act) -> bool:
    """Tell whether this was done just now; its fields may have been emptied between the clicks."""
    if before is None or before.done is None or time.monotonic() - before.at >= DOUBLE_CLICK:
        return False
    (where, do, *given), (same_place, same_do, *known) = act, before.done
    return (where, do, len(given)) == (same_place, same_do, len(known)) and all(
        value == was or _is_blank(value) for value, was in zip(given, known, strict=True)
    )


def _is_blank(value: object) -> bool:
    """Tell whether nothing is written in a field, or in all of several."""
    if is_dataclass(value):
        return all(_is_blank(getattr(value, field.name)) for field in dataclass_fields(value))
    if isinstance(value, Mapping):
        return all(map(_is_blank, value.values()))
    return value is None or (isinstance(value, str) and not value.strip())


def _done(
    place: ActPlace,
    do: Callable[Concatenate[Engine, Actor, Given], Made],
    actor: Actor,
    *about: Given.args,
    **how: Given.kwargs,
) -> Made:
    """Do something; what looks like one person's data only where it was confirmed to be none."""
    try:
        return do(cache.engine(), actor, *about, **how)
    except Held as held:
        if "confirmed" in how or not _is_confirmed(place, held.problems):
            raise
    sure: dict[str, Any] = {**how, "confirmed": True}
    return do(cache.engine(), actor, *about, **sure)


def _is_confirmed(place: ActPlace, problems: Iterable[Problem]) -> bool:
    confirmed: set[object] = st.session_state.get(_CONFIRMED, set())
    return (place, tuple(map(found_in, problems))) in confirmed


def _refused(words: Words, place: ActPlace, actor: Actor, error: CrmdataError) -> None:
    if isinstance(error, AccessDenied):
        rules = [problem.rule for problem in error.problems]
        logs.log.warning("refused", role=str(actor.role), rules=rules)
    refuse(words, place, *error.problems)


def refuse(words: Words, place: ActPlace, *problems: Problem) -> None:
    """Say at a place why nothing was done; what is only held can be confirmed there."""
    forget()
    held = all(problem.asks for problem in problems)
    personal = all(problem.rule == RULE for problem in problems)
    _say(
        place, "\n".join(in_words(words, problem).text(words) for problem in problems), None,
        tuple(map(found_in, problems)) if held else (),
        words("It is no person's data") if personal else words("Yes, it is so"),
    )  # fmt: skip


def _say(
    place: ActPlace,
    text: str,
    done: _Act | None,
    held: tuple[tuple[str, ...], ...] = (),
    sure: str = "",
    made: object = None,
) -> None:
    st.session_state[_OUTCOME] = _Outcome(
        place, text, done, _next_number(), time.monotonic(), held, sure, made
    )


def _next_number() -> int:
    number: int = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    return number


def around(name: str, rows: Iterable[dict[Any, Any]], order: str) -> Iterator[dict[Any, Any]]:
    """Yield rows, drawing between them the outcome of one that is no longer among them.

    The places of the rows are of that name, in the order of the column `order`.
    """
    rows = list(rows)
    outcome = _outcome()
    gone = outcome.place if outcome is not None and outcome.place.name == name else None
    if gone is not None and gone.order in {row[order] for row in rows}:
        gone = None
    for row in rows:
        if gone is not None and gone.order < row[order]:
            show_outcome(gone)
            gone = None
        yield row
    if gone is not None:
        show_outcome(gone)


def was_at(name: str) -> bool:
    """Tell whether the last act was done at a place of that name."""
    outcome = _outcome()
    return outcome is not None and outcome.place.name == name


def show_outcome(place: ActPlace, more: Callable[[Any], str] = lambda _: "") -> None:
    """Draw what became of the last act, if it was done here: until the next one.

    `more` makes of what was done the HTML that its receipt ends with, such as the way to it.
    """
    outcome = _outcome()
    if outcome is None or outcome.place != place:
        return
    done = outcome.done is not None
    css, role = ("crm-receipt", "status") if done else ("crm-notice", "alert")
    _show_noticed(outcome.text, css, role, outcome.number, more(outcome.made) if done else "")
    if outcome.held:
        st.checkbox(
            outcome.sure, key=f"no-person-{place.name}-{outcome.number}",
            on_change=_be_sure, args=((place, outcome.held),),
        )  # fmt: skip


def _be_sure(what: object) -> None:
    """Keep that words at a place are no person's data, or that this was taken back."""
    st.session_state[_CONFIRMED] = st.session_state.get(_CONFIRMED, set()) ^ {what}


def show_last() -> None:
    """Draw what became of the last act where its own place is not drawn: a role was lost, say."""
    outcome = _outcome()
    if outcome is not None:
        show_outcome(outcome.place)


def _outcome() -> _Outcome | None:
    outcome: _Outcome | None = st.session_state.get(_OUTCOME)
    return outcome


def show(words: Words, place: ActPlace, who: Callable[[], Actor], *deeds: Deed) -> None:
    """Draw the buttons of deeds, beneath them the question of the one that was asked for.

    Of several the first is what mostly follows. `who` tells who acts, at each click.
    """
    wanted, number = st.session_state.get(_ASKED, ("", 0))
    with st.container(key=f"deeds-{deeds[0].key}", horizontal=True):
        for deed in deeds:
            first = deed is deeds[0] and len(deeds) > 1
            st.button(deed.label, key=deed.key, type="primary" if first else "secondary",
                      on_click=_ask, args=(words, place, who, deed))  # fmt: skip
    for deed in deeds:
        if deed.key == wanted:
            _show_question(words, place, who, deed, number)
    show_outcome(place)


def _ask(words: Words, place: ActPlace, who: Callable[[], Actor], deed: Deed) -> None:
    """Ask, unless what is asked for would be refused: then say so."""
    forget()
    actor = who()
    try:
        deed.do(cache.engine(), actor, *deed.about, **deed.fields.read(), rehearse=True)
    except CrmdataError as error:
        _refused(words, place, actor, error)
        return
    problems = held_texts(_texts(deed.fields.read()))
    if problems and not _is_confirmed(place, problems):
        refuse(words, place, *problems)
        return
    st.session_state[_ASKED] = (deed.key, _next_number())


def _texts(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was written into fields, also of those that hold a text for each of some rows."""
    for value in fields.values():
        if isinstance(value, Mapping):
            yield from value.values()
        elif isinstance(value, str):
            yield value


def _confirm(words: Words, place: ActPlace, who: Callable[[], Actor], deed: Deed) -> None:
    def receipt(result: object) -> str:
        return deed.receipt if isinstance(deed.receipt, str) else deed.receipt(result)

    values = deed.fields.read()
    if act(words, place, receipt, deed.do, who(), *deed.about, **values):
        for key in deed.fields.keys:
            st.session_state[key] = ""


def _show_question(
    words: Words, place: ActPlace, who: Callable[[], Actor], deed: Deed, number: int
) -> None:
    with st.container(key=f"question-{deed.key}", border=True):
        _show_noticed(deed.question, "crm-question", "alert", number)
        with st.container(key=f"answers-{deed.key}", horizontal=True):
            st.button(
                deed.confirm, key=f"confirm-{deed.key}",
                on_click=_confirm, args=(words, place, who, deed),
            )  # fmt: skip
            st.button(words("No, leave it as it is"), key=f"leave-{deed.key}", on_click=forget)


def _show_noticed(text: str, css: str, role: str, number: int, more: str = "") -> None:
    """Draw paragraphs that the page brings before the eye once, and puts the keyboard at."""
    name = f"crm-said-{number}"
    attributes: dict[str, Any] = {"id": name, "role": role, "tabindex": "-1", "data-noticed": ""}
    draw.html(markup.wrapped("div", [markup.paragraphs(text), more], css=css, **attributes))
