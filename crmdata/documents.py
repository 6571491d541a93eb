"""What can be searched: the plan's texts and what the countries said of each activity.

Every text is a document of one activity. The plan's texts come in both languages, so that a
word of either finds them; in which language a report was written nobody has said, so its
words are tried in both.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import pandas as pd

from crmdata import search
from crmdata.fields import TEXTS
from crmdata.files import SEPARATOR
from crmdata.search import Span
from crmdata.terms import LANGUAGES

COLUMNS = ["activity", "kind", "language", "text", "country", "semester", "reported_on"]
"""Of a document; the last three are None for a text of the plan, `language` for a report's."""

_CODE = re.compile(r"([IVXLCDM]+)((?:[. ]\d+){0,2})")
_AROUND = 240


class PassageKind(StrEnum):
    """What a document is, in the order in which hits weigh."""

    ACTIVITY = "activity"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    REPORT = "report"
    EVIDENCE = "evidence"


def documents(
    activities: pd.DataFrame, results: pd.DataFrame, reports: pd.DataFrame
) -> pd.DataFrame:
    """Return `activity kind language text country semester reported_on`, empty texts left out.

    The title of a result is a document of each of its activities. Reports of activities that
    the plan does not have are left out.
    """
    titled = activities[["activity", "result"]].merge(
        results[["result", "title", "title_en"]], on="result"
    )
    known = reports.loc[reports["activity"].isin(activities["activity"])]
    rows = [
        *_of_plan(activities, PassageKind.ACTIVITY, "text"),
        *_of_plan(activities, PassageKind.RESPONSIBLE, "responsible"),
        *_of_plan(titled, PassageKind.RESULT, "title"),
        *_of_reports(known),
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def _of_plan(rows: pd.DataFrame, kind: PassageKind, name: str) -> Iterator[tuple[Any, ...]]:
    for language in LANGUAGES:
        column = name if language == LANGUAGES[0] else f"{name}_{language}"
        texts = rows[column].fillna("")
        said = texts.ne("")
        if language == LANGUAGES[0]:
            # What the source itself has in English is no Spanish text.
            said &= texts.ne(rows[f"{name}_en"].fillna(""))
        for activity, text in zip(rows.loc[said, "activity"], texts[said], strict=True):
            yield activity, kind.value, language, text, None, None, None


def _of_reports(reports: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for report in reports.fillna(dict.fromkeys((*TEXTS, "evidence"), "")).itertuples():
        told: Any = report
        about = told.country, told.semester, told.reported_on
        said = " ".join(filter(None, (getattr(told, name) for name in TEXTS)))
        if said:
            yield told.activity, PassageKind.REPORT.value, None, said, *about
        for link in filter(None, told.evidence.split(SEPARATOR)):
            yield told.activity, PassageKind.EVIDENCE.value, None, link.strip(), *about


def found(documents: pd.DataFrame, query: str) -> pd.DataFrame:
    """Return the documents that hold every word of the query, with `spans`, in their order.

    A query that is a code (`IV`, `IV.3`, `IV 3.2`) finds the texts of its activities too,
    without a span. A query without a word finds nothing.
    """
    words = search.query_words(query)
    if not words:
        return documents.iloc[:0].assign(spans=pd.Series(dtype=object))
    tried = zip(documents["text"], documents["language"], strict=True)
    hits = [_spans(text, words, language) for text, language in tried]
    meant = _of_code(documents, query)
    kept = [place for place, hit in enumerate(hits) if hit is not None or meant[place]]
    rows = documents.iloc[kept].reset_index(drop=True)
    return rows.assign(spans=pd.Series([hits[place] or [] for place in kept], dtype=object))


def _spans(text: str, words: Iterable[str], language: str | None) -> list[Span] | None:
    for tried in (language,) if language else LANGUAGES:
        hits = search.spans(text, words, tried)
        if hits is not None:
            return hits
    return None


def _of_code(documents: pd.DataFrame, query: str) -> list[bool]:
    """Tell which documents are the text of an activity that the query names by its code."""
    named = _CODE.fullmatch(query.strip().upper())
    if named is None:
        return [False] * len(documents)
    code = f"{named[1]}{named[2].replace(' ', '.')}"
    own = documents["kind"].eq(PassageKind.ACTIVITY)
    exact = documents["activity"].eq(code)
    return list(own & (exact | documents["activity"].str.startswith(f"{code}.")))


def excerpt(text: str, spans: list[Span], *, around: int = _AROUND) -> tuple[str, list[Span]]:
    """Return the piece of a long text in which its first hit stands, and the hits within it.

    `around` is about how many characters stay; the cuts fall between words and carry an
    ellipsis.
    """
    if len(text) <= around or not spans:
        return text, spans
    start = max(0, spans[0].start - around // 4)
    end = min(len(text), max(start + around, spans[0].end))
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    if end < len(text):
        end = max(text.rfind(" ", 0, end), spans[0].end)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    inside = [
        Span(hit.start + shift, hit.end + shift)
        for hit in spans
        if start <= hit.start and hit.end <= end
    ]
    return f"{before}{text[start:end]}{after}", inside
