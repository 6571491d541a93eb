"""The words on screen for the codes of `crmdata.terms`, and the symbols beside colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from crmdata.access import Role
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.terms import (
    SIN_REPORTE,
    ChangeKind,
    Closing,
    CooperationState,
    DataKind,
    MarkKind,
    Modality,
    Reading,
    Reporting,
    Stage,
    State,
    Step,
)


@dataclass(frozen=True)
class Level:
    """A level of the plan: how its items are found, and what each of them is called."""

    code: str
    """The column of frames and files that holds an item's code."""
    frame: Literal["axes", "lines", "results", "activities"]
    """Of the view: an item a row, in the plan's order, with the codes of those above it."""
    word: str
    above: str = ""
    """The level that its items are parts of."""
    choice: str = ""
    """The choice of one item in addresses; none where nobody chooses one."""


LEVELS = {
    level.code: level
    for level in (
        Level("axis", "axes", N_("Axis"), choice="eje"),
        Level("line", "lines", N_("Line"), above="axis", choice="linea"),
        Level("result", "results", N_("Result"), above="line"),
        Level("activity", "activities", N_("Activity"), above="result", choice="actividad"),
    )
}
"""The levels of the plan from top to bottom. The last is what is scheduled and reported on."""

_LABELS: dict[str, str] = {
    State.NO_INICIADA: N_("Not started"),
    State.EN_CURSO: N_("In progress"),
    State.CUMPLIDA: N_("Fulfilled"),
    State.SUSPENDIDA: N_("Suspended"),
    State.NO_APLICA: N_("Not applicable"),
    SIN_REPORTE: N_("No report"),
    Reporting.REPORTADO: N_("Reported"),
    Reporting.EN_PLAZO: N_("Within the period"),
    Reporting.AUN_NO_VENCE: N_("Not yet due"),
    MarkKind.CONTINUOUS: N_("Continuous"),
    MarkKind.BOTH: N_("Both semesters"),
    MarkKind.FIRST: N_("First semester"),
    MarkKind.SECOND: N_("Second semester"),
    MarkKind.FIRST_QUARTER: N_("First quarter"),
    MarkKind.UNDEFINED: N_("To be defined"),
    Reading.EXACT: N_("Exact"),
    Reading.INFERRED: N_("Inferred"),
    Reading.SHARED: N_("Shared by the whole result"),
    Modality.TECNICA: N_("Technical"),
    Modality.FINANCIERA: N_("Financial"),
    Modality.CAPACITACION: N_("Training"),
    Modality.COMUNICACION: N_("Communication"),
    CooperationState.SOLICITADA: N_("Requested"),
    CooperationState.OFRECIDA: N_("Offered"),
    CooperationState.CONCLUIDA: N_("Concluded"),
    CooperationState.CANCELADA: N_("Cancelled"),
    ChangeKind.ADDED: N_("Added"),
    ChangeKind.WITHDRAWN: N_("Withdrawn"),
    ChangeKind.REWORDED: N_("Reworded"),
    ChangeKind.RESCHEDULED: N_("Rescheduled"),
    Role.ANONYMOUS: N_("Reader"),
    Role.PARTNER: N_("Partner"),
    Role.FOCAL_POINT: N_("Focal point"),
    Role.SECRETARIAT: N_("Secretariat"),
    Role.OPERATOR: N_("Operator"),
    Step.RECORDED: N_("Recorded"),
    Step.SUBMITTED: N_("Submitted"),
    Step.ACCEPTED: N_("Accepted"),
    Step.SENT_BACK: N_("Sent back"),
    Stage.NOT_YET_DUE: N_("Not yet due"),
    Stage.OPEN: N_("Open"),
    Stage.DUE: N_("Ended, within the time to report"),
    Stage.OVERDUE: N_("Overdue"),
    Stage.CLOSED: N_("Closed"),
    Closing.REOPENED: N_("Reopened"),
    DataKind.REAL: N_("Real data"),
    DataKind.DEMO: N_("Demonstration data"),
}

SYMBOLS: dict[str, str] = {
    State.CUMPLIDA: "●",
    State.EN_CURSO: "◐",
    State.NO_INICIADA: "○",
    State.SUSPENDIDA: "‖",
    State.NO_APLICA: "—",
    SIN_REPORTE: "··",
}
"""One symbol a state, the same on screen, in print and in every export."""

READING_SIGNS = {Reading.INFERRED.value: "†", Reading.SHARED.value: "‡"}
"""The small mark of a row that was read rather than printed; an exact one has none."""

ON_TIME = "✓"
"""A report within its deadline; it judges the date alone."""

NO_REPORT = "··"
NOT_APPLICABLE = "—"

DEMONSTRATION = N_("Demonstration data: invented reports, no country's real progress.")
"""Stands on everything that is built on demonstration data."""

DEMONSTRATION_BRIEF = N_("Demonstration data: invented reports.")
"""The same where one line is all the room there is."""

NOTHING_EARLIER = N_(
    "There is nothing to compare this cut-off with: before it there was no meeting, and the plan "
    "had not begun."
)
"""Stands in place of changes: a date compared with itself would say that nothing changed."""


def label(words: Words, code: str) -> str:
    """Return the words for a code of any enum of `crmdata.terms`. Raise KeyError for another."""
    return words(_LABELS[code])


def not_before(day: date, cutoff: date, first: date | None) -> str:
    """Return the sentence, with these names, on a date that a cut-off is not compared with.

    `first` is what it is compared with instead, if anything.
    """
    if first is None:
        return N_(
            "The first date, {asked}, does not lie before the cut-off, {cutoff}, and neither does "
            "any other to compare with."
        )
    if day == cutoff:
        return N_(
            "The first date, {asked}, is the cut-off itself. The cut-off is compared with {first} "
            "instead."
        )
    return N_(
        "The first date, {asked}, lies after the cut-off, {cutoff}. The cut-off is compared with "
        "{first} instead."
    )


def step_label(words: Words, code: str) -> str:
    """Return the words for a step of a batch; an activity is withdrawn in another sense."""
    if code == Step.WITHDRAWN:
        return words("Taken back")
    return label(words, code)


def standing_label(words: Words, counts: Mapping[str, int]) -> str:
    """Return where the rows of a batch stand: how many at which step, where they differ."""
    if len(counts) == 1:
        return step_label(words, next(iter(counts)))
    texts = {
        Step.RECORDED: words.plural("{n} counts", "{n} count", counts.get(Step.RECORDED, 0)),
        Step.ACCEPTED: words.plural("{n} accepted", "{n} accepted", counts.get(Step.ACCEPTED, 0)),
        Step.SENT_BACK: words.plural(
            "{n} sent back", "{n} sent back", counts.get(Step.SENT_BACK, 0)
        ),
        Step.SUBMITTED: words.plural("{n} waits", "{n} wait", counts.get(Step.SUBMITTED, 0)),
        Step.WITHDRAWN: words.plural(
            "{n} withdrawn", "{n} withdrawn", counts.get(Step.WITHDRAWN, 0)
        ),
    }
    return ", ".join(texts[step] for step in texts if step in counts)
