"""A state that stands beside the percentage, in its cell: `60 % (en curso)`.

What it says with the number is compared with the column of states. Where the two differ, it is
asked which is meant.
"""

from crmdata.errors import N_
from crmdata.intake.reports import percents
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.lists import STATES
from crmdata.terms import IMPLIED_PERCENT, State

_SIGNS = " ,.:;-()[]"
"""What may be left beside a number and says nothing."""

STATE_AND_PERCENT = N_("Read as “{state}”, {read} %.")


def state_apart(cells: Cells) -> tuple[Cells, str]:
    """Return a row with nothing but the number in its percentage, and the state beside it, if any.

    An empty state is filled with that one.
    """
    written = cells.code("percent")
    if not says_something(written) or percents.read(written) is not None:
        return cells, ""
    words, percent = percents.apart_in_its_column(written)
    own = STATES.exact(words) or STATES.read(words)
    if percent is None:
        return _of_state_alone(cells, own), ""
    if not own and words.strip(_SIGNS):
        return cells, ""
    read = percents.written(percent.exact)
    apart = {"percent": f"{read} %"}
    state = _state_in_words(cells)
    if own and not cells.code("state"):
        cells.warn("read_as", "percent", STATE_AND_PERCENT, state=own, read=read)
        return cells.on({**cells.row.cells, **apart, "state": own}), own
    if own in {"", state}:
        cells.read_as("percent", read, plainly=True)
    return cells.on({**cells.row.cells, **apart}), own


def _of_state_alone(cells: Cells, own: str) -> Cells:
    """Return a row without its state in place of the percentage, where it implies one."""
    implied = IMPLIED_PERCENT.get(State(own)) if own else None
    if implied is None or _state_in_words(cells) != own:
        return cells
    cells.read_as("percent", f"{implied:g}", plainly=True)
    return cells.on({**cells.row.cells, "percent": ""})


def _state_in_words(cells: Cells) -> str:
    words, _ = percents.apart(cells.code("state"))
    return STATES.exact(words) or STATES.read(words)


def of_two(cells: Cells, state: str, own: str) -> str:
    """Return which of two states is meant, and ask: the column's own where it has the percentage.

    Where neither of the two has it there is nothing to ask: the percentage is refused.
    """
    percent = percents.read(cells.code("percent"))
    number = None if percent is None else float(percent.number)
    read = next((each for each in (state, own) if _has(each, number)), "")
    if percent is None or not percent.is_percentage or not read:
        return state
    cells.ask(
        "two_states",
        "percent",
        N_(
            "Here stands the state “{state}”, and in its own column “{meant}”. Is “{read}”, "
            "{percent} % right?"
        ),
        N_("Otherwise leave the number alone here, and correct the state."),
        state=own,
        meant=state,
        read=read,
        percent=percents.written(percent.number),
    )
    return read


def _has(state: str, percent: float | None) -> bool:
    return state != State.NO_APLICA and may_be(state, percent)


def may_be(state: str, percent: float | None) -> bool:
    """Tell whether a state may have a percentage."""
    if percent is None:
        return True
    if state == State.EN_CURSO:
        return percent not in IMPLIED_PERCENT.values()
    return IMPLIED_PERCENT.get(State(state), percent) in {percent, percent * 100}
