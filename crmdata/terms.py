"""The domain's words: states, marks, semesters and codes. Imports nothing of the project."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

LANGUAGES = ("es", "en")
"""Interface languages, the default first."""

CRM_PLAN = "crm-nna-2017-2022"
"""The id of the plan in `data/plan`: what is known of its source is said of no other."""

REGION = "CRM"
"""Code of the conference itself: reporter of regional products, and "the region" in cooperation."""


class DataKind(StrEnum):
    """What a database holds. The two never mix."""

    REAL = "real"
    DEMO = "demostracion"


class State(StrEnum):
    """What a report says of an activity in a semester, in the order of display."""

    NO_INICIADA = "no_iniciada"
    EN_CURSO = "en_curso"
    CUMPLIDA = "cumplida"
    SUSPENDIDA = "suspendida"
    NO_APLICA = "no_aplica"


SIN_REPORTE = "sin_reporte"
"""Not a state: the silence of a slot that is due. Counted beside the states."""

COUNTED = (
    State.CUMPLIDA,
    State.EN_CURSO,
    State.NO_INICIADA,
    State.SUSPENDIDA,
    SIN_REPORTE,
)
"""Columns whose counts add up to N, in the order in which bars are stacked."""

IMPLIED_PERCENT = {State.NO_INICIADA: 0.0, State.CUMPLIDA: 100.0}
PERCENT_REQUIRED = frozenset({State.EN_CURSO, State.SUSPENDIDA})
REASON_REQUIRED = frozenset({State.SUSPENDIDA, State.NO_APLICA})


class Reporting(StrEnum):
    """Whether a report arrived for a slot: a question apart from what it says."""

    REPORTADO = "reportado"
    SIN_REPORTE = "sin_reporte"
    EN_PLAZO = "en_plazo"
    AUN_NO_VENCE = "aun_no_vence"


class Reading(StrEnum):
    """How sure the transcription of an activity's row is."""

    EXACT = "exact"
    INFERRED = "inferred"
    SHARED = "shared"


class MarkKind(StrEnum):
    """What a mark of the plan means for its year."""

    CONTINUOUS = "continuous"
    BOTH = "both"
    FIRST = "first"
    SECOND = "second"
    FIRST_QUARTER = "first_quarter"
    UNDEFINED = "undefined"


MARKS: dict[str, MarkKind] = {
    "Continuo": MarkKind.CONTINUOUS,
    "I y II Semestre": MarkKind.BOTH,
    "Dos veces al año": MarkKind.BOTH,
    "I Semestre": MarkKind.FIRST,
    "I semestre": MarkKind.FIRST,
    "II Semestre": MarkKind.SECOND,
    "I Trimestre": MarkKind.FIRST_QUARTER,
    "Por definir": MarkKind.UNDEFINED,
}
"""The source's marks, verbatim: it writes one of them in two ways. Any other stops the load."""

SPELLED: dict[MarkKind, tuple[str, ...]] = {
    kind: tuple(mark for mark, meant in MARKS.items() if meant is kind) for kind in MarkKind
}
"""The marks of each kind, as the source writes them: legends name those that mean the same once."""

HALVES: dict[MarkKind, tuple[int, ...]] = {
    MarkKind.CONTINUOUS: (1, 2),
    MarkKind.BOTH: (1, 2),
    MarkKind.FIRST: (1,),
    MarkKind.SECOND: (2,),
    MarkKind.FIRST_QUARTER: (1,),
    MarkKind.UNDEFINED: (),
}
"""The semesters of a year in which a mark foresees work: its slots."""


class Modality(StrEnum):
    """How a partner supports an activity."""

    TECNICA = "tecnica"
    FINANCIERA = "financiera"
    CAPACITACION = "capacitacion"
    COMUNICACION = "comunicacion"


class CooperationState(StrEnum):
    """Where a line of cooperation stands. Only a request may lack a partner."""

    SOLICITADA = "solicitada"
    OFRECIDA = "ofrecida"
    EN_CURSO = "en_curso"
    CONCLUIDA = "concluida"
    CANCELADA = "cancelada"


class ChangeKind(StrEnum):
    """What a plan version changed against the one before."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    REWORDED = "reworded"
    RESCHEDULED = "rescheduled"


class Step(StrEnum):
    """A step on the way of a batch into the picture, and out of it.

    Recorded ones count at once; submitted ones once they are accepted. What was sent back may
    be submitted again; nothing follows on what was withdrawn.
    """

    RECORDED = "recorded"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class AgreementStep(StrEnum):
    """What happens to an agreement."""

    NOTED = "noted"
    WITHDRAWN = "withdrawn"


class Closing(StrEnum):
    """What happens to a country's semester as a whole."""

    CLOSED = "closed"
    REOPENED = "reopened"


class Stage(StrEnum):
    """Where a country's reporting on a semester stands."""

    NOT_YET_DUE = "not_yet_due"
    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    CLOSED = "closed"


_SEMESTER = re.compile(r"([0-9]{4})-([12])")


@dataclass(frozen=True, order=True)
class Semester:
    """Half a calendar year; ordered by time, written `2018-1`."""

    year: int
    half: int

    @classmethod
    def parse(cls, code: str) -> "Semester":
        """Read `2018-1`. Raise ValueError for anything else."""
        found = _SEMESTER.fullmatch(code)
        if found is None:
            raise ValueError(code)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Semester":
        """Return the semester that `day` falls in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def code(self) -> str:
        """The code used in the store, in files and in URLs."""
        return f"{self.year}-{self.half}"

    @property
    def starts(self) -> date:
        """The first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def ends(self) -> date:
        """The last day. The slot is due from the day after."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def next(self) -> "Semester":
        """The semester that follows."""
        return Semester(self.year, 2) if self.half == 1 else Semester(self.year + 1, 1)


def semesters(first_year: int, last_year: int) -> Iterator[Semester]:
    """Yield every semester from `first_year` to `last_year`, both included, in order."""
    for year in range(first_year, last_year + 1):
        yield Semester(year, 1)
        yield Semester(year, 2)


class PlanYears:
    """The years of a plan: those with a column in its source, and the period that it names.

    For a class that has the four fields.
    """

    first_year: int
    year_columns: int
    period_from: int
    period_to: int

    @property
    def last_year(self) -> int:
        """The year of the last column."""
        return self.first_year + self.year_columns - 1

    @property
    def column_years(self) -> range:
        """The years with a column in the source."""
        return range(self.first_year, self.last_year + 1)

    @property
    def years(self) -> range:
        """Every year of the plan: the period and the columns."""
        first = min(self.period_from, self.first_year)
        return range(first, max(self.period_to, self.last_year) + 1)

    @property
    def empty_years(self) -> list[int]:
        """The years of the plan without a column in the source."""
        return [year for year in self.years if year not in self.column_years]


_ROMAN = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40,
    "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1,
}  # fmt: skip
"""What stands for what in the number of a line, the largest first."""


def roman(number: int) -> str:
    """Write a number as the plan numbers its lines. Raise ValueError below 1."""
    if number < 1:
        raise ValueError(number)
    written = []
    for sign, value in _ROMAN.items():
        count, number = divmod(number, value)
        written.append(sign * count)
    return "".join(written)


@lru_cache(maxsize=256)
def line_number(line: str) -> int:
    """Return the number of a line, 4 for `IV`. Raise ValueError where it is none."""
    number, rest = 0, line
    for sign, value in _ROMAN.items():
        while rest.startswith(sign):
            number, rest = number + value, rest.removeprefix(sign)
    # What is left over, or written otherwise than `roman` would (`IIII`), is no number.
    if rest or not number or roman(number) != line:
        raise ValueError(line)
    return number


def code_order(code: str) -> tuple[int, ...]:
    """Return a sort key for `IV`, `IV.3` and `IV.3.2` in the plan's order. Raise ValueError."""
    line, *rest = code.split(".")
    return (line_number(line), *map(int, rest))


def tombstone(act: int) -> str:
    """Return what stands in the place of a text that redaction `act` took out.

    It is stored as it is, the same in both languages, so that whatever shows the text shows it.
    """
    return f"[Suprimido / Redacted: {act}]"


def is_tombstone(text: str) -> bool:
    """Tell whether a text stands in the place of one that was redacted."""
    return re.fullmatch(r"\[Suprimido / Redacted: [0-9]+\]", text) is not None


TEXT_WITHDRAWN = "[Texto retirado / Text withdrawn]"
"""What public pictures of earlier days show in the place of a text that was withdrawn since."""
