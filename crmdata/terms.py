"""The domain's words: states, marks, periods and codes. Imports nothing of the project."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

LANGUAGES = ("es", "en")

PAGES = (
    "inicio", "calendario", "lineas", "actividades", "paises", "cooperacion", "novedades",
    "presentar", "descargas", "informar", "revision", "metodo",
)  # fmt: skip
"""The pages of the software, named as in the address, in the order of the menu."""
"""Interface languages, the default first."""

CRM_PLAN = "crm-nna-2017-2022"
"""The id of the plan in `data/plan`: what is known of its source is said of no other."""


def is_party(code: str) -> bool:
    """Tell whether a text can be the code of a party, who reports: of a country, or the region."""
    return re.fullmatch(r"[A-Z]{3}", code) is not None


class DataKind(StrEnum):
    """What a database holds. The two never mix."""

    REAL = "real"
    DEMO = "demostracion"


class State(StrEnum):
    """What a report says of an activity in a period, in the order of display."""

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


@dataclass(frozen=True)
class Thresholds:
    """From which numbers on something is said or held back; the usual ones unless told."""

    coverage: float = 0.5
    """The share of due reports, 0–1, under which a single figure of progress is withheld."""
    grace_days: int = 60
    """How many days after its period's end a report is on time."""
    fewest: int = 10
    """Groups of which fewer reports are expected are compared with nothing: one moves them."""
    most_tied: int = 2
    """Of groups that are equal so many are named; of more, none stands out."""


THRESHOLDS = {"cobertura": "coverage", "plazo": "grace_days", "esperados": "fewest",
              "iguales": "most_tied"}  # fmt: skip
"""The thresholds as the plan's folder names them, and as code does."""


class SearchList(StrEnum):
    """What words of a search ask for beside the things that it names, or that they say nothing."""

    PENDING = "pendientes"
    REPORTED = "reportados"
    IGNORED = "ignoradas"


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
    kind: tuple(mark for mark, means in MARKS.items() if means is kind) for kind in MarkKind
}
"""The marks of each kind, as the source writes them: legends name those that mean the same once."""

_PLACES: dict[MarkKind, tuple[int, ...]] = {
    MarkKind.CONTINUOUS: (0, 1),
    MarkKind.BOTH: (0, 1),
    MarkKind.FIRST: (0,),
    MarkKind.SECOND: (1,),
    MarkKind.FIRST_QUARTER: (0,),
    MarkKind.UNDEFINED: (),
}
"""The places of the periods in which a mark foresees work, among those of its year."""

DATED = frozenset(kind for kind, places in _PLACES.items() if places)
"""The kinds of marks that foresee work in some period; any other leaves its year open."""

SHARES = dict.fromkeys(MarkKind, 1.0) | {MarkKind.FIRST_QUARTER: 0.5}
"""How much of each of its periods a mark fills, from the first day on: a quarter, half of one."""


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
    DONE = "done"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class Closing(StrEnum):
    """What happens to a country's period as a whole."""

    CLOSED = "closed"
    REOPENED = "reopened"


class Stage(StrEnum):
    """Where a country's reporting on a period stands."""

    NOT_YET_DUE = "not_yet_due"
    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    CLOSED = "closed"


_BEGIN = ((1, 1), (7, 1))
_END = ((6, 30), (12, 31))
_SIGNS = ("I", "II")
"""First day, last day and sign of the periods of a year, in the order of time."""

_PERIOD = re.compile(r"([0-9]{4})-([12])")


@dataclass(frozen=True, order=True)
class Period:
    """A time that is reported on, ordered by time: two days and a code.

    The plan's periods are halves of calendar years, `2018-1`; nothing outside this class and
    what stands beside it knows that. Their codes sort as texts as they do in time, so that the
    store and frames may compare the codes.
    """

    starts: date
    ends: date
    """The last day. A slot is due from the day after."""
    code: str
    """As in the store, in files and in addresses."""

    A_YEAR: ClassVar = len(_SIGNS)
    """How many a year has."""

    @classmethod
    def numbered(cls, number: int) -> "Period":
        """Return the one that has this `number`. Raise ValueError where there is none."""
        year, place = divmod(number, cls.A_YEAR)
        return cls.of_year(year)[place]

    @classmethod
    def parse(cls, code: str) -> "Period":
        """Read `2018-1`. Raise ValueError for anything else."""
        match = _PERIOD.fullmatch(code)
        if match is None:
            raise ValueError(code)
        return cls.of_year(int(match[1]))[int(match[2]) - 1]

    @classmethod
    def read(cls, text: str) -> "Period | None":
        """Return the period whose code a text is, if it is one."""
        try:
            return cls.parse(text)
        except ValueError:
            return None

    @classmethod
    def of(cls, day: date) -> "Period":
        """Return the period that a day falls in."""
        return next(period for period in reversed(cls.of_year(day.year)) if period.starts <= day)

    @classmethod
    def of_year(cls, year: int) -> tuple["Period", ...]:
        """Return the periods of a year, in order."""
        return _of_year(year)

    @classmethod
    def of_mark(cls, kind: MarkKind, year: int) -> tuple["Period", ...]:
        """Return the periods of a year in which a mark foresees work: its slots."""
        every = cls.of_year(year)
        return tuple(every[place] for place in _PLACES[kind])

    @property
    def year(self) -> int:
        """The year that it lies in."""
        return self.starts.year

    @property
    def number(self) -> int:
        """How many periods come before it, counted from the year 0."""
        return self.year * self.A_YEAR + _BEGIN.index((self.starts.month, self.starts.day))

    @property
    def sign(self) -> str:
        """Which of its year's it is, `II`: under the year, where that stands already."""
        return _SIGNS[self.number % self.A_YEAR]

    @property
    def label(self) -> str:
        """What people read, `2018-II`."""
        return f"{self.year}-{self.sign}"

    @property
    def next(self) -> "Period":
        """The period that follows."""
        return self.numbered(self.number + 1)


@lru_cache(maxsize=256)
def _of_year(year: int) -> tuple[Period, ...]:
    return tuple(
        Period(date(year, *begin), date(year, *end), f"{year:04}-{place}")
        for place, (begin, end) in enumerate(zip(_BEGIN, _END, strict=True), start=1)
    )


def periods(first_year: int, last_year: int) -> Iterator[Period]:
    """Yield every period from `first_year` to `last_year`, both included, in order."""
    for year in range(first_year, last_year + 1):
        yield from Period.of_year(year)


class PlanYears:
    """The years of a plan: those with a column in its source, and the period that it names.

    For a class that has the four fields.
    """

    first_year: int
    year_columns: int
    period_from: int
    period_to: int

    @property
    def begins(self) -> date:
        """The first day of the first year with a column."""
        return date(self.first_year, 1, 1)

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
