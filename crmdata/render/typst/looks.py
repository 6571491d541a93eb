"""How states, faces and steps look on paper, from the palette."""

from typing import NamedTuple

from crmdata.content.cell_tables import Kind
from crmdata.palette import PALETTES, text_on
from crmdata.terms import SIN_REPORTE, CooperationState, Reporting, State

_PALETTE = PALETTES["light"]
LATE = "late"
"""After the name of a silence that is overdue."""


class _Drawn(NamedTuple):
    """A ground, a pattern on it, a line around it, and the colour of what is written on it."""

    ground: str = ""
    pattern: str = ""
    mark: str = ""
    line: str = ""
    ink: str = ""
    dashed: bool = False


def _filled(ground: str, line: str = "") -> _Drawn:
    return _Drawn(ground, line=line, ink=text_on(ground))


def _hatched(line: str) -> _Drawn:
    look = _PALETTE.states[SIN_REPORTE]
    return _Drawn(pattern=look.pattern, mark=look.mark, line=line)


def looks() -> dict[str, dict[str, str | bool]]:
    """Return every look by its name: a state, a kind of face, a step of the scale."""
    states = _PALETTE.states
    done, under_way = (_filled(states[each].ground) for each in (State.CUMPLIDA, State.EN_CURSO))
    still = states[State.SUSPENDIDA]
    stopped, begun = _filled(still.ground, still.ink), _Drawn(line=states[State.NO_INICIADA].ink)
    none = states[State.NO_APLICA]
    silent = states[SIN_REPORTE].ink
    found: dict[str, _Drawn] = {
        State.CUMPLIDA: done,
        State.EN_CURSO: under_way,
        State.NO_INICIADA: begun,
        State.SUSPENDIDA: stopped,
        State.NO_APLICA: _Drawn(pattern=none.pattern, mark=none.mark, line=none.ink),
        SIN_REPORTE: _hatched(silent),
        SIN_REPORTE + LATE: _hatched(still.ink),
        Reporting.EN_PLAZO: _Drawn(line=_PALETTE.rule),
        Reporting.AUN_NO_VENCE: _Drawn(line=_PALETTE.rule, dashed=True),
        CooperationState.CONCLUIDA: done,
        CooperationState.OFRECIDA: begun,
        CooperationState.SOLICITADA: stopped,
        "": _Drawn(),
        Kind.SILENT: _hatched(silent),
        Kind.OVERDUE: _hatched(still.ink),
        Kind.WITHHELD: _Drawn(line=_PALETTE.rule),
        Kind.NOTHING: _Drawn(_PALETTE.empty, ink=_PALETTE.muted),
        Kind.BLANK: _Drawn(),
        Kind.COUNT: _Drawn(line=_PALETTE.grid),
        Kind.WARM: _filled(still.ground),
    }
    steps = {step(at): _filled(colour) for at, colour in enumerate(_PALETTE.scale)}
    return {str(name): look._asdict() for name, look in (found | steps).items()}


def step(at: int) -> str:
    """Return the name of a step's look."""
    return f"step-{at}"


def colours() -> dict[str, str]:
    """Return the colours of the page itself."""
    named = ("text", "muted", "grid", "rule", "band", "band_strong", "highlight")
    return {name: getattr(_PALETTE, name) for name in named} | {"accent": _PALETTE.series[0]}
