"""The columns of measures, the same on every sheet: N, n, coverage, states, progress, interval."""

from collections.abc import Iterable

from crmdata.content import sentences as said
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
_MEANINGS = {one.name: one.description for each in RESOURCES for one in each.fields}
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
    found = [
        Column(
            head,
            code,
            ColumnKind.SHARE if code in _SHARES else ColumnKind.COUNT,
            meaning(words, code),
        )
        for code, head in heads.items()
    ]
    why = words("Why a figure is missing: withheld, no report, or nothing expected.")
    return [*found, Column(words("Note"), "", ColumnKind.WORD, why)]


def values(words: Words, one: Measured) -> list[object]:
    """Return a group's cells: counts, shares of 1, and texts where there is no number."""
    counts = [getattr(one, str(state)) for state in _STATES]
    return [one.expected, one.reported, _share(one, one.coverage), *counts, _progress(words, one),
            _share(one, one.low / 100), _share(one, one.high / 100), _note(words, one)]  # fmt: skip


def _share(one: Measured, value: float) -> object:
    return value if one.expected else NOT_APPLICABLE


def _progress(words: Words, one: Measured) -> object:
    if not one.expected:
        return NOT_APPLICABLE
    if not one.reported:
        return NO_REPORT
    return words("withheld") if one.withheld else one.progress / 100


def _note(words: Words, one: Measured) -> str:
    if not one.expected:
        return said.why_nothing(one, words)
    if not one.reported:
        return label(words, SIN_REPORTE)
    return words("Coverage is under the threshold") if one.withheld else ""


def plain(words: Words, names: Iterable[tuple[str, str, ColumnKind, str]]) -> list[Column]:
    """Return columns of `(code, header, kind, meaning)`; without a meaning the package's own."""
    return [
        Column(header, code, kind, text or meaning(words, code))
        for code, header, kind, text in names
    ]
