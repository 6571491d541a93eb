"""The lists of a template (states, modalities): their words, other forms of them, the one meant.

A word is read where it can be no other of the list. A suggestion must do no harm: never one
across a negation (`No cumplida`, `Incumplida`, `Aplica`), never for a word that doubts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from crmdata.errors import N_
from crmdata.i18n import words_for
from crmdata.intake.reports.bare import in_latin, without_hidden
from crmdata.intake.reports.suggestions import same_of_all
from crmdata.labels import label
from crmdata.search import plain
from crmdata.terms import LANGUAGES, CooperationState, DataKind, Modality, State

_LONGEST = 60
"""Nothing longer was meant as a word of a list."""

_ENDING = re.compile(r"(?<=[^\W\d]{3})(?:os|as|es|o|a|e|s)$")
"""Gender and number: `Cumplido` and `Cumplidas` are `Cumplida`."""

_NEGATIONS = frozenset(
    {"no", "sin", "nunca", "jamas", "ni", "tampoco", "por", "falta",
     "not", "non", "never", "without", "dont", "doesnt", "isnt"}
)  # fmt: skip

_NEGATING = ("in", "im", "un", "non", "des")
"""What a word begins with that says the contrary of the rest: `incumplida`, `unfinished`."""

_HARMLESS = frozenset(
    {"al", "a", "el", "la", "en", "un", "una", "ya", "%", "por", "ciento", "percent", "per", "cent",
     "totalmente", "completamente", "temporalmente", "provisionalmente", "definitivamente",
     "actualmente", "fully", "completely", "totally", "temporarily", "currently", "already", "now"}
)  # fmt: skip
"""Beside a word of the list they change nothing of it."""

_NEAR = 0.85


def _words(text: str) -> list[str]:
    bare = plain(without_hidden(in_latin(text[:_LONGEST])))
    return re.findall(
        r"[^\W_]+|%", bare.replace("_", " ").replace("n/a", "na").replace("n.a.", "na")
    )


def _stems(text: str) -> tuple[str, ...]:
    return tuple(_ENDING.sub("", word) for word in _words(text))


@dataclass(frozen=True)
class WordList:
    """The words that a column chooses from."""

    codes: tuple[str, ...]
    all_of_them: str
    """The sentence that names the words."""
    others: Mapping[str, str]
    """The codes by what people write for them and may mean something else by."""

    @cached_property
    def _labels(self) -> dict[tuple[str, ...], str]:
        return {
            tuple(_words(written)): code
            for code in self.codes
            for written in (code, *(label(words_for(language), code) for language in LANGUAGES))
        }

    @cached_property
    def _label_stems(self) -> dict[tuple[str, ...], str]:
        return {_stems(" ".join(words)): code for words, code in self._labels.items()}

    @cached_property
    def _other_stems(self) -> dict[tuple[str, ...], str]:
        return {_stems(written): code for written, code in self.others.items()}

    def exact(self, written: str) -> str:
        """Return the code whose word of the list this is, whatever its case and accents, or ''."""
        return self._labels.get(tuple(_words(written)), "")

    def read(self, written: str) -> str:
        """Return the code of which this is another form, in gender or number, or ''.

        It may stand twice, as in both languages.
        """
        return self._read(written) or same_of_all(written, self._read) or ""

    def _read(self, written: str) -> str:
        return self._label_stems.get(_stems(written), "")

    def suggestion(self, written: str) -> str:
        """Return the one code that may be meant, or ''."""
        stems = _stems(written)
        for known in (self._label_stems, self._other_stems):
            if stems in known:
                return known[stems]
        inner = self._inside(stems)
        if inner:
            return inner
        negated = self._is_negated(stems)
        near: dict[str, str] = {
            " ".join(words): code
            for words, code in (*self._label_stems.items(), *self._other_stems.items())
            if self._is_negated(words) == negated
        }
        matches = get_close_matches(" ".join(stems), near, n=2, cutoff=_NEAR)
        codes = {near[match] for match in matches}
        return codes.pop() if len(codes) == 1 else ""

    def _inside(self, stems: tuple[str, ...]) -> str:
        """Return the code whose word stands in a text in which nothing else changes it."""
        every = {**self._other_stems, **self._label_stems}
        codes = set()
        for words, code in every.items():
            for start in range(len(stems) - len(words) + 1):
                end = start + len(words)
                rest = (*stems[:start], *stems[end:])
                if stems[start:end] == words and all(map(_is_harmless, rest)):
                    codes.add(code)
        return codes.pop() if len(codes) == 1 else ""

    def _is_negated(self, stems: tuple[str, ...]) -> bool:
        known = {word for words in (*self._label_stems, *self._other_stems) for word in words}
        return any(
            stem in _NEGATIONS
            or any(
                stem.startswith(sign)
                and get_close_matches(stem.removeprefix(sign), known, n=1, cutoff=_NEAR)
                for sign in _NEGATING
            )
            for stem in stems
        )


def _is_harmless(stem: str) -> bool:
    return stem.isdigit() or stem in _HARMLESS_STEMS


_HARMLESS_STEMS = {_ENDING.sub("", word) for word in _HARMLESS} | _HARMLESS


def _by_code(**written: str) -> dict[str, str]:
    return {word.strip(): code for code, texts in written.items() for word in texts.split(",")}


STATES = WordList(
    tuple(State),
    N_("Choose Not started, In progress, Fulfilled, Suspended or Not applicable."),
    _by_code(
        en_curso="en ejecucion, en progreso, en proceso, en marcha, en desarrollo, en tramite, "
        "en implementacion, en camino, iniciada, comenzada, empezada, activa, ongoing, underway, "
        "under way, in process, in execution, started, parcialmente cumplida, "
        "cumplida parcialmente, cumplimiento parcial, avance parcial, partially fulfilled, "
        "atrasada, con atraso, con retraso, retrasada, a medias, a la mitad, por la mitad, "
        "vamos por la mitad, va por la mitad, avanzando, avanza, en avance, casi lista, "
        "casi terminada, casi concluida, casi finalizada, delayed, behind schedule, halfway, "
        "half done, nearly done, almost done, almost finished, advancing",
        no_iniciada="sin iniciar, por iniciar, pendiente, pendiente de inicio, "
        "pendiente de iniciar, sin comenzar, sin empezar, sin inicio, no comenzada, no empezada, "
        "no iniciada aun, aun no iniciada, todavia no iniciada, nunca iniciada, not begun, "
        "not yet started, not started yet, pending, to be started",
        cumplida="completada, concluida, finalizada, terminada, ejecutada, realizada, lograda, "
        "culminada, alcanzada, completed, complete, done, finished, concluded, achieved, "
        "accomplished, executed, ya esta, se hizo, ya se hizo, se realizo, se cumplio, hecha",
        suspendida="detenida, paralizada, pausada, en pausa, interrumpida, on hold, paused, "
        "stopped, halted, interrupted",
        no_aplica="na, no aplicable, no corresponde, no procede, does not apply",
    ),
)

COOPERATION_STATES = WordList(
    tuple(CooperationState),
    N_("Choose Requested, Offered, In progress, Concluded or Cancelled."),
    _by_code(
        solicitada="pedida, en solicitud, asked for",
        ofrecida="propuesta, proposed",
        en_curso="en ejecucion, en progreso, en proceso, en marcha, en desarrollo, ongoing",
        concluida="completada, finalizada, terminada, completed, finished, done",
        cancelada="anulada, canceled, called off",
    ),
)

MODALITIES = WordList(
    tuple(Modality),
    N_("Choose Technical, Financial, Training or Communication."),
    _by_code(
        tecnica="asistencia tecnica, apoyo tecnico, technical assistance, technical support",
        financiera="financiamiento, apoyo financiero, funding, financial support",
        capacitacion="formacion, entrenamiento, talleres",
        comunicacion="difusion, outreach",
    ),
)

KINDS = WordList(
    tuple(DataKind),
    N_("Leave the cell as the template has it."),
    {},
)
