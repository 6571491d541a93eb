"""How far a row says that its activity is: state and percentage, read together.

Each of the two cells may hold the other's beside its own: `En curso (60 %)`, `60 % (en curso)`.
What agrees is taken, what does not is asked about or refused.
"""

from dataclasses import dataclass

from crmdata.errors import N_
from crmdata.intake.reports import percents, values
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.lists import STATES
from crmdata.intake.reports.state_beside import STATE_AND_PERCENT, may_be, of_two, state_apart
from crmdata.terms import IMPLIED_PERCENT, PERCENT_REQUIRED, State


@dataclass(frozen=True)
class Standing:
    """What a row says of how far it is."""

    state: str
    """Empty where none can be read."""
    supposed: str
    """The one that may be meant, with which the rest of the row is checked."""
    percent: float | None


def read_standing(cells: Cells) -> Standing:
    """Return what a row says of how far it is, or complain."""
    cells, own = state_apart(cells)
    state, supposed, beside = _read_state(cells)
    if own and state and own != state:
        state = supposed = of_two(cells, state, own)
    return Standing(state, supposed, _read_percent(cells, supposed, beside))


# The state


_WITHOUT = N_("Take the percentage out, or correct the state.")


def _read_state(cells: Cells) -> tuple[str, str, float | None]:
    """Return the state that a row reports, the one that is checked with it, and its percent.

    Of a word that is not in the list the state that may be meant is checked, so that what it
    lacks is said at once. The percent is what stands beside the state in its cell, if any.
    """
    written = cells.code("state")
    words, percent = percents.apart(written)
    sure = percent is not None and percent.is_percentage
    state = (STATES.exact(words) or STATES.read(words)) if sure else ""
    if words == written:
        return *_in_words(cells), None
    if percent is None or not state:
        # How far it is stands here, though not so that it can be read: it is not missing.
        state = cells.choice("state", STATES)
        return state, state, None
    beside, implied = float(percent.number), IMPLIED_PERCENT.get(State(state))
    if state == State.NO_APLICA:
        cells.error("percent_not_applicable", "state", NO_PERCENT, _WITHOUT)
        return "", "", None
    if implied is not None and implied != beside:
        told = {"state": state, "implied": int(implied)}
        cells.error("percent_of_state", "state", PERCENT_OF_STATE, _WITHOUT, **told)
        return "", "", None
    if says_something(cells.code("percent")):
        cells.read_as("state", state)
    else:
        read = percents.written(percent.number)
        cells.warn("read_as", "state", STATE_AND_PERCENT, state=state, read=read)
    return state, state, beside


PERCENT_OF_STATE = N_("The state “{state}” means {implied}.")
NO_PERCENT = N_("What does not apply has no percentage.")


def _in_words(cells: Cells) -> tuple[str, str]:
    """Return the state and the one that may be meant, which never contradicts the percentage."""
    written = percents.read(cells.text("percent"))
    number = None if written is None else float(written.number)
    return cells.choice_and_supposed("state", STATES, lambda code: may_be(code, number))


# The percentage


def _read_percent(cells: Cells, state: str, beside: float | None = None) -> float | None:
    """Return the percent that is stored: the implied one where the state implies one.

    In an empty cell it is the one that stands `beside` the state.
    """
    implied = IMPLIED_PERCENT.get(State(state)) if state else None
    if implied == 100 and _is_the_whole(cells):
        cells.read_as("percent", "100")
        return implied
    blank = not says_something(cells.code("percent"))
    percent = values.percent(cells, "percent")
    if not state or (percent is None and not blank):
        return None
    if blank and beside is not None:
        return beside
    if implied is not None:
        if percent is not None and percent != implied:
            _contradicting(cells, state, percent)
        return implied
    _check_required(cells, state, blank=blank)
    if percent is not None and beside not in {None, percent}:
        cells.ask(
            "two_percents",
            "percent",
            N_("Beside the state stands {other} %, here {read} %. Is {read} % right?"),
            N_("Otherwise write the right one here."),
            other=f"{beside:g}",
            read=f"{percent:g}",
        )
    return percent


def _is_the_whole(cells: Cells) -> bool:
    """Tell whether a 1 is all of it, as spreadsheets keep it, beside other percentages."""
    number = percents.read(cells.code("percent"))
    whole = number is not None and number.may_be_whole
    return whole and not cells.columns.has_fractions(cells.row, "percent")


def _check_required(cells: Cells, state: str, *, blank: bool) -> None:
    """Complain of a state without the percent that it needs, or with one where there is none."""
    if state in PERCENT_REQUIRED and blank:
        cells.error(
            "percent_required",
            "percent",
            N_("The state “{state}” needs a percentage; empty does not mean 0."),
            values.A_NUMBER_OR_NONE,
            state=state,
        )
    if state == State.NO_APLICA and not blank:
        cells.error(
            "percent_not_applicable",
            "percent",
            NO_PERCENT,
            N_("Leave the cell empty, or correct the state."),
        )


def _contradicting(cells: Cells, state: str, percent: float) -> None:
    """Complain of a percentage that another state has, and say which."""
    others = (code for code, number in IMPLIED_PERCENT.items() if number == percent)
    cells.error(
        "percent_of_state",
        "percent",
        PERCENT_OF_STATE,
        N_("With {percent} % the state would be “{meant}”: correct the one that is wrong."),
        state=state,
        implied=int(IMPLIED_PERCENT[State(state)]),
        percent=f"{percent:g}",
        meant=next(others, State.EN_CURSO),
    )
