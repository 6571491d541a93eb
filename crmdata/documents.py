"""What can be searched: the plan's texts and what the countries said of each activity.

Every text is a document of one activity. The plan's texts come in both languages, so that a
word of either finds them; in which language a report was written nobody has said, so its
words are tried in both.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from crmdata import search
from crmdata.content.answers.codes import named_codes
from crmdata.fields import TEXTS
from crmdata.files import SEPARATOR
from crmdata.search import Span, Term, Vocabulary
from crmdata.terms import LANGUAGES

COLUMNS = ["activity", "kind", "language", "text", "country", "semester", "reported_on"]
"""Of a document; the last three are None for a text of the plan, `language` for a report's."""

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
        present = texts.ne("")
        if language == LANGUAGES[0]:
            # What the source itself has in English is no Spanish text.
            present &= texts.ne(rows[f"{name}_en"].fillna(""))
        for activity, text in zip(rows.loc[present, "activity"], texts[present], strict=True):
            yield activity, kind.value, language, text, None, None, None


def _of_reports(reports: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for report in reports.fillna(dict.fromkeys((*TEXTS, "evidence"), "")).itertuples():
        row: Any = report
        about = row.country, row.semester, row.reported_on
        text = " ".join(filter(None, (getattr(row, name) for name in TEXTS)))
        if text:
            yield row.activity, PassageKind.REPORT.value, None, text, *about
        for link in filter(None, row.evidence.split(SEPARATOR)):
            yield row.activity, PassageKind.EVIDENCE.value, None, link.strip(), *about


class Search(NamedTuple):
    """The documents that a query finds, with `spans`, and the words it was taken for."""

    rows: pd.DataFrame
    meant: tuple[str, ...] = ()
    """What stands for a misspelt word of the query: only where its own words find nothing."""


def search_in(documents: pd.DataFrame, query: str, vocabulary: Vocabulary) -> Search:
    """Return the documents that hold every telling word of a query, in their order.

    A word is held where one of the same meaning stands. A query that is a code (`IV`, `IV.3`,
    `4.3.2`) finds the texts of its activities too, without a span; one without a word nothing.
    """
    words = vocabulary.telling(query)
    exact = vocabulary.terms(words, forgiving=False)
    rows = _having(documents, exact, _of_code(documents, query))
    if len(rows):
        return Search(rows)
    forgiven = vocabulary.terms(words)
    of_code = dict.fromkeys(word for term in forgiven for word in term.meant)
    return Search(_having(documents, forgiven, [False] * len(documents)), tuple(of_code))


def _having(
    documents: pd.DataFrame, terms: Sequence[Term], by_code: Sequence[bool]
) -> pd.DataFrame:
    """Return the documents in which every term stands, and those that are named anyway."""
    tried = zip(documents["text"], documents["language"], strict=True)
    hits = [_spans(text, terms, language) if terms else None for text, language in tried]
    places = [place for place, hit in enumerate(hits) if hit is not None or by_code[place]]
    rows = documents.iloc[places].reset_index(drop=True)
    return rows.assign(spans=pd.Series([hits[place] or [] for place in places], dtype=object))


def _spans(text: str, terms: Sequence[Term], language: str | None) -> list[Span] | None:
    for tried in (language,) if language else LANGUAGES:
        hits = search.spans(text, terms, tried)
        if hits is not None:
            return hits
    return None


def _of_code(documents: pd.DataFrame, query: str) -> list[bool]:
    """Tell which documents are the text of an activity that the query names by its code."""
    activities = documents["activity"].unique()
    known = {
        level: {".".join(code.split(".")[:parts]) for code in activities}
        for parts, level in enumerate(("axis", "line", "result", "activity"))
    }
    codes_read = [code for code in named_codes(query, known) if query[: code.start].strip() == ""
                  and query[code.end :].strip() == ""]  # fmt: skip
    codes = {thing.code for each in codes_read for thing in each.things}
    own = documents["kind"].eq(PassageKind.ACTIVITY)
    within = [any(f"{code}.".startswith(f"{match}.") for match in codes)
              for code in documents["activity"]]  # fmt: skip
    return list(own & pd.Series(within, dtype=bool))


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
