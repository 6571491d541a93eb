"""What a reader may choose, as codes in one frozen value, and how an address says it.

An address holds what was chosen and nothing else (`?corte=2019-11-15&pais=HND`), so a link
without a cut-off always means the latest one. What it gets wrong is let go, with a sentence.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial

from crmdata.errors import N_, visible
from crmdata.i18n import Words
from crmdata.labels import not_before
from crmdata.slides import SECTIONS
from crmdata.terms import COUNTED, LANGUAGES, MarkKind, Reading, Reporting, State
from crmdata.web.choices import mangled, mistyped_codes

MOST_COUNTRIES = 4
"""How many countries stand side by side at most."""

UNSCHEDULED = "sin_marca"
"""The choice of activities without any mark, beside the kinds of mark."""

MEASURES = {"avance": "progress", "cobertura": "coverage"}
"""What cells and tiles may show, and what the figures call it; the first unless chosen."""

ORDERS = {"alfabetico": "", "cobertura": "coverage", "avance": "progress"}
"""What countries may be ordered by, and the measure that says it; the first unless chosen."""

GROUPS = {"pais": "country", "linea": "line", "socio": "partner"}
"""What changes may be grouped by, and the column that says it; the first unless chosen."""

MARKS = (*(str(kind) for kind in MarkKind), UNSCHEDULED)

SUPPORT = "apoyo"
"""The choice to colour the calendar by the partners' support, not by what was reported."""

COLOURS = (SUPPORT,)

READINGS = tuple(str(reading) for reading in Reading)

STANDINGS = (
    *map(str, COUNTED),
    State.NO_APLICA.value,
    Reporting.REPORTADO.value,
    Reporting.AUN_NO_VENCE.value,
)
"""What an activity may be chosen by: something of it is reported (so), owed, or not due yet."""

THEMES = ("contraste", "oscuro")
"""The themes of a presentation; the first unless chosen."""

LETS_GO = {"eje": ("linea", "actividad"), "linea": ("actividad",)}
"""What a new choice leaves without sense."""

_OPENED = re.compile(r"[a-z]{2,12}(-[a-z0-9]{1,16}){1,3}")
"""What may be open under a picture: what it is, and of which section."""

_LONGEST_PAGE = 3
"""Digits of a page's number: no plan has a thousand pages."""

PROVISIONAL = "1"
"""The choice of submitted reports beside the accepted ones."""

LONGEST_TEXT = 400
"""Characters of a choice; the rest is left out. The longest list that means something has half."""

LONGEST_QUERY = 100
"""Characters of a search; the rest is left out."""

Notice = tuple[str, dict[str, object]]
"""A sentence of the catalogues about the address, and its values: `meant` is the nearest code."""


@dataclass(frozen=True)
class Choices:
    """Codes that the reader chose; None or empty where nothing was chosen."""

    idioma: str | None = None
    corte: date | None = None
    eje: int | None = None
    linea: str | None = None
    actividad: str | None = None
    pais: str | None = None
    paises: tuple[str, ...] = ()
    socio: str | None = None
    marca: str | None = None
    medida: str | None = None
    desde: date | None = None
    grupo: str | None = None
    lectura: str | None = None
    estado: str | None = None
    buscar: str | None = None
    secciones: tuple[str, ...] = ()
    solo: tuple[str, ...] = ()
    tema: str | None = None
    provisional: str | None = None
    orden: str | None = None
    color: str | None = None
    plegado: tuple[str, ...] = ()
    pagina: int | None = None
    instantanea: str | None = None
    abierto: str | None = None

    @property
    def language(self) -> str:
        """The language in use: Spanish unless another was chosen."""
        return self.idioma or LANGUAGES[0]

    @property
    def measure(self) -> str:
        """The measure that cells and tiles show."""
        return self.medida or next(iter(MEASURES))

    @property
    def order(self) -> str:
        """What countries are ordered by."""
        return self.orden or next(iter(ORDERS))

    @property
    def group(self) -> str:
        """What changes are grouped by."""
        return self.grupo or next(iter(GROUPS))

    @property
    def by_support(self) -> bool:
        """Whether the calendar shows the partners' support: asked for, or by a partner alone.

        Whoever comes with a partner chosen sees what is that partner's, as with a country.
        """
        return self.color == SUPPORT or bool(self.socio and not self.pais)

    def limited(self, names: Collection[str]) -> "Choices":
        """Return these choices without those that a page does not offer."""
        return Choices(**{name: getattr(self, name) for name in names})

    def params(self) -> dict[str, str]:
        """Return what stands in the address, in the order of the fields."""
        written = {}
        for name in NAMES:
            value = getattr(self, name)
            if value not in (None, ()):
                written[name] = ",".join(value) if isinstance(value, tuple) else str(value)
        return written


NAMES = tuple(each.name for each in fields(Choices))


@dataclass(frozen=True)
class AddressCodes:
    """The codes that exist, in the order in which they are shown."""

    lines: Mapping[str, int]
    """Every line and its axis."""
    activities: frozenset[str]
    countries: Mapping[str, tuple[str, str]]
    """Every member and its Spanish and English name."""
    partners: Mapping[str, tuple[str, str]]
    """Every partner with its English acronym and Spanish name."""
    meetings: Mapping[str, date]
    """The cut-off of every meeting."""
    snapshot: str = ""
    """The id of the snapshot that is shown, or empty."""
    cutoff: date = date.max
    """The cut-off that is shown: what it is compared with lies before it."""
    before: date | None = None
    """What it is compared with unless a date before it was chosen, as `measures.first_day`."""
    other_names: Mapping[str, str] = field(default_factory=dict)
    """The members by what else people write for them."""

    @property
    def axes(self) -> frozenset[int]:
        """The numbers of the axes."""
        return frozenset(self.lines.values())

    @property
    def bands(self) -> tuple[str, ...]:
        """The codes of what folds in the calendar: axes, each before its lines."""
        codes: list[str] = []
        for line, axis in self.lines.items():
            codes += [line] if str(axis) in codes else [str(axis), line]
        return tuple(codes)


def read_language(params: Mapping[str, str]) -> str | None:
    """Return the language that an address asks for, or None."""
    code = mended(params).get("idioma", "").strip().lower()[:2]
    return code if code in LANGUAGES else None


def read_day(text: str, meetings: Mapping[str, date]) -> date | None:
    """Return the cut-off of an address, a date or a meeting's code; None for anything else."""
    code = text.strip().lower()
    try:
        return meetings.get(code) or date.fromisoformat(code)
    except ValueError:
        return None


def mended(params: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of an address as they were before it was mailed about."""
    return mangled.mended(params, NAMES)


def read(params: Mapping[str, str], known: AddressCodes) -> tuple[Choices, list[Notice]]:
    """Return the nearest valid choices to an address, and a sentence for all that was let go."""
    reading = _Address(mended(params), known)
    for written, name in mangled.look_alikes(params, NAMES):
        reading.let_go(written, name)
    line, activity = reading.line(), reading.activity()
    if activity is not None:
        line = activity.split(".")[0]
    snapshot = reading.snapshot()
    chosen = Choices(
        idioma=reading.language(),
        # A snapshot has a cut-off of its own.
        corte=None if snapshot else reading.day(),
        eje=reading.axis(line),
        linea=line,
        actividad=activity,
        pais=reading.country(),
        paises=reading.countries(),
        socio=reading.partner(),
        marca=reading.mark(),
        medida=reading.measure(),
        desde=reading.first_day(),
        grupo=reading.group(),
        lectura=reading.reading(),
        estado=reading.report_state(),
        buscar=reading.query(),
        secciones=reading.sections(),
        solo=reading.only(),
        tema=reading.theme(),
        provisional=reading.provisional(),
        orden=reading.order(),
        color=reading.colour(),
        plegado=reading.folded(),
        pagina=reading.page(),
        instantanea=snapshot,
        abierto=reading.open_panel(),
    )
    return chosen, reading.notices


@dataclass
class _Address:
    """The parameters of an address, read one by one; what is unknown is noted."""

    params: Mapping[str, str]
    known: AddressCodes
    notices: list[Notice] = field(default_factory=list)

    def _text(self, name: str) -> str:
        # Each part of a list is compared with every code: an address may have any length.
        return self.params.get(name, "").strip()[:LONGEST_TEXT]

    def let_go(self, name: str, nearest: str) -> None:
        """Note a name that means nothing and looks like one of ours."""
        self._note(N_("The address says “{value}”, which means nothing here."), name, nearest)

    def _note(self, message: str, value: str, nearest: str = "") -> None:
        values: dict[str, object] = {"value": visible(value)}
        self.notices.append((message, values | ({"meant": nearest} if nearest else {})))

    def _code(
        self,
        code: str,
        text: str,
        known: Collection[str],
        message: str,
        nearest: Callable[[str], str] | None = None,
    ) -> str | None:
        """Return a code that is known; note the text it was read from, and what it meant."""
        if text and code not in known:
            self._note(
                message, text, nearest(text) if nearest else mistyped_codes.code(text, known)
            )
            return None
        return code or None

    def _member(self, text: str, message: str) -> str | None:
        known, others = self.known.countries, self.known.other_names
        wanted = partial(mistyped_codes.place, names=known, others=others)
        return self._code(text.upper(), text, known, message, wanted)

    def language(self) -> str | None:
        text, language = self._text("idioma"), read_language(self.params)
        message = N_("The address asks for the language “{value}”, which this page does not have.")
        return self._code(language or "", text, LANGUAGES, message)

    def day(self) -> date | None:
        text = self._text("corte")
        day = read_day(text, self.known.meetings)
        if text and day is None:
            self._note(
                N_(
                    "The address names the cut-off “{value}”, which is neither a meeting nor a "
                    "date of the form 2019-11-15. The latest cut-off is shown."
                ),
                text,
                mistyped_codes.code(text, self.known.meetings),
            )
        return day

    def axis(self, line: str | None) -> int | None:
        text, known = self._text("eje"), {str(axis): axis for axis in self.known.axes}
        message = N_("The address names the axis “{value}”, which the plan does not have.")
        axis = known.get(self._code(text, text, known, message) or "")
        if axis is None or line is None or self.known.lines[line] == axis:
            return axis
        self._note(
            N_("The address names axis {value} and a line of another axis. The line is shown."),
            text,
        )
        return None

    def line(self) -> str | None:
        text = self._text("linea")
        # IV.3.2 lies in line IV: the nearest view.
        code, known = text.upper().split(".")[0], self.known.lines
        message = N_("The address names the line “{value}”, which the plan does not have.")
        return self._code(code, text, known, message, partial(mistyped_codes.line, known=known))

    def activity(self) -> str | None:
        text, known = self._text("actividad"), self.known.activities
        message = N_("The address names the activity “{value}”, which the plan does not have.")
        return self._code(
            text.upper(), text, known, message, partial(mistyped_codes.activity, known=known)
        )

    def country(self) -> str | None:
        message = N_(
            "The address names the country “{value}”, which is not a member. "
            "All countries are shown."
        )
        return self._member(self._text("pais"), message)

    def countries(self) -> tuple[str, ...]:
        message = N_("The address compares “{value}”, which is not a member country.")
        texts = [text.strip() for text in self._text("paises").split(",")]
        codes = [self._member(text, message) for text in texts]
        members = [code for code in dict.fromkeys(codes) if code is not None]
        if len(members) > MOST_COUNTRIES:
            self._note(
                N_("At most four countries stand side by side; “{value}” and others are left out."),
                members[MOST_COUNTRIES],
            )
        return tuple(members[:MOST_COUNTRIES])

    def partner(self) -> str | None:
        text, known = self._text("socio"), self.known.partners
        message = N_("The address names the partner “{value}”, which is unknown here.")
        return self._code(
            text.upper(), text, known, message, partial(mistyped_codes.place, names=known)
        )

    def mark(self) -> str | None:
        text = self._text("marca")
        message = N_("The address names the mark “{value}”, which does not exist.")
        return self._code(text.lower(), text, MARKS, message)

    def measure(self) -> str | None:
        text = self._text("medida")
        message = N_("The address names the measure “{value}”, which does not exist.")
        return self._code(text.lower(), text, MEASURES, message)

    def first_day(self) -> date | None:
        text = self._text("desde")
        day = read_day(text, self.known.meetings)
        if text and day is None:
            self._note(
                N_(
                    "The address compares with “{value}”, which is neither a meeting nor a date "
                    "of the form 2019-11-15. The meeting before the cut-off is taken."
                ),
                text,
                mistyped_codes.code(text, self.known.meetings),
            )
        cutoff, first = self.known.cutoff, self.known.before
        if day is not None and day >= cutoff:
            dates: dict[str, object] = {"asked": day, "cutoff": cutoff, "first": first}
            self.notices.append((not_before(day, cutoff, first), dates))
            return None
        return day

    def group(self) -> str | None:
        text = self._text("grupo")
        message = N_("The address groups by “{value}”, by which nothing is grouped.")
        return self._code(text.lower(), text, GROUPS, message)

    def reading(self) -> str | None:
        text = self._text("lectura")
        message = N_("The address names the reading “{value}”, which does not exist.")
        return self._code(text.lower(), text, READINGS, message)

    def report_state(self) -> str | None:
        text = self._text("estado")
        message = N_("The address names the state “{value}”, which does not exist.")
        return self._code(text.lower(), text, STANDINGS, message)

    def _codes(self, name: str, known: Collection[str], message: str) -> tuple[str, ...]:
        """Return the known codes of a list, each once, in the order given; note the others."""
        fold = {code.lower(): code for code in known}
        texts = [text.strip() for text in self._text(name).split(",")]
        codes = [self._code(text.lower(), text, fold, message) for text in texts]
        return tuple(dict.fromkeys(fold[code] for code in codes if code is not None))

    def sections(self) -> tuple[str, ...]:
        message = N_("The address names the section “{value}”, which a presentation has not.")
        sections = self._codes("secciones", SECTIONS, message)
        return () if sections == SECTIONS else sections

    def only(self) -> tuple[str, ...]:
        message = N_("The address limits to “{value}”, which is not a member country.")
        texts = [text.strip() for text in self._text("solo").split(",")]
        members = {self._member(text, message) for text in texts}
        every = tuple(code for code in self.known.countries if code in members)
        return () if len(every) == len(self.known.countries) else every

    def theme(self) -> str | None:
        text = self._text("tema")
        message = N_("The address names the theme “{value}”, which does not exist.")
        return self._code(text.lower(), text, THEMES, message)

    def order(self) -> str | None:
        text = self._text("orden")
        message = N_("The address orders by “{value}”, by which nothing is ordered.")
        return self._code(text.lower(), text, ORDERS, message)

    def colour(self) -> str | None:
        text = self._text("color")
        message = N_("The address colours by “{value}”, by which nothing is coloured.")
        return self._code(text.lower(), text, COLOURS, message)

    def folded(self) -> tuple[str, ...]:
        message = N_("The address folds “{value}”, which is neither an axis nor a line.")
        known = self.known.bands
        texts = [text.strip() for text in self._text("plegado").split(",")]
        codes = {self._code(text.upper(), text, known, message) for text in texts}
        return tuple(code for code in known if code in codes)

    def page(self) -> int | None:
        text = self._text("pagina")
        if not text:
            return None
        if text.isdecimal() and len(text) <= _LONGEST_PAGE and int(text) > 0:
            return int(text)
        self._note(N_("The address asks for page “{value}”, which does not exist."), text)
        return None

    def snapshot(self) -> str | None:
        text = self._text("instantanea")
        message = N_(
            "The address names the snapshot “{value}”, which this database does not have. The "
            "data are shown as they are now."
        )
        return self._code(text.lower(), text, {self.known.snapshot} - {""}, message)

    def open_panel(self) -> str | None:
        text = self._text("abierto")
        if not text or _OPENED.fullmatch(text):
            return text or None
        self._note(N_("The address opens “{value}”, which does not exist."), text)
        return None

    def provisional(self) -> str | None:
        text = self._text("provisional")
        message = N_("The address says “provisional={value}”; only 1 means something.")
        return self._code(text, text, (PROVISIONAL,), message)

    def query(self) -> str | None:
        return " ".join(self._text("buscar").split())[:LONGEST_QUERY].strip() or None


def sentences(words: Words, notices: list[Notice]) -> list[str]:
    """Return the notices as sentences in the reader's language, each with what was meant."""
    return [
        " ".join([
            words(message).format_map(_written(words, values)),
            *([words("Did you mean {meant}?", meant=values["meant"])] if "meant" in values else []),
        ])
        for message, values in notices
    ]  # fmt: skip


def _written(words: Words, values: dict[str, object]) -> dict[str, object]:
    return {
        name: words.date(value) if isinstance(value, date) else value
        for name, value in values.items()
    }
