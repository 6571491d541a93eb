"""The columns of measures, the same on every sheet: N, n, coverage, states, progress, interval."""

from collections.abc import Iterable

from crmdata.content import sentences
from crmdata.errors import N_
from crmdata.exports.schema import RESOURCES
from crmdata.exports.workbook.parts import Column, ColumnKind
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, label
from crmdata.measures import Measured
from crmdata.terms import COUNTED, SIN_REPORTE, State

_STATES = (*COUNTED, State.NO_APLICA)
_SHARES = {
    "coverage": N_("Coverage"),
    "progress": N_("Reported progress"),
    "low": N_("Interval: from"),
    "high": N_("Interval: to"),
}
_MEANINGS = {column.name: column.description for each in RESOURCES for column in each.fields}
"""What the fields of the data package hold, by their codes, in the catalogues' English."""


def meaning(words: Words, code: str, **values: str) -> str:
    """Return what a field of the data package holds; `values` fill its `{names}`."""
    return words(_MEANINGS[code], **values)


def columns(words: Words) -> list[Column]:
    """Return the columns, in the order of `values`."""
    heads = {"expected": words("Expected (N)"), "reported": words("Reported (n)")}
    shares = {code: words(head) for code, head in _SHARES.items()}
    heads |= {"coverage": shares["coverage"]}
    heads |= {str(state): label(words, state) for state in _STATES} | shares
    columns_of_measures = [
        Column(
            head,
            code,
            ColumnKind.SHARE if code in _SHARES else ColumnKind.COUNT,
            meaning(words, code),
        )
        for code, head in heads.items()
    ]
    why = words("Why a figure is missing: withheld, no report, or nothing expected.")
    return [*columns_of_measures, Column(words("Note"), "", ColumnKind.WORD, why)]


def values(words: Words, measured: Measured) -> list[object]:
    """Return a group's cells: counts, shares of 1, and texts where there is no number."""
    counts = [getattr(measured, str(state)) for state in _STATES]
    return [
        measured.expected,
        measured.reported,
        _share(measured, measured.coverage),
        *counts,
        _progress(words, measured),
        _share(measured, measured.low / 100),
        _share(measured, measured.high / 100),
        _note(words, measured),
    ]


def _share(measured: Measured, value: float) -> object:
    return value if measured.expected else NOT_APPLICABLE


def _progress(words: Words, measured: Measured) -> object:
    if not measured.expected:
        return NOT_APPLICABLE
    if not measured.reported:
        return NO_REPORT
    return words("withheld") if measured.withheld else measured.progress / 100


def _note(words: Words, measured: Measured) -> str:
    if not measured.expected:
        return sentences.why_nothing(measured, words)
    if not measured.reported:
        return label(words, SIN_REPORTE)
    return words("Coverage is under the threshold") if measured.withheld else ""


def plain(words: Words, names: Iterable[tuple[str, str, ColumnKind, str]]) -> list[Column]:
    """Return columns of `(code, header, kind, meaning)`; without a meaning the package's own."""
    return [
        Column(header, code, kind, text or meaning(words, code))
        for code, header, kind, text in names
    ]
