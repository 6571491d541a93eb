"""The sheets of rows as they were handed in, public fields only, and those that explain."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from crmdata import measures, method
from crmdata.content.named import ViewNames
from crmdata.content.wording import text_of
from crmdata.exports.workbook import measured
from crmdata.exports.workbook.parts import Column, ColumnKind, Part
from crmdata.exports.workbook.selection import Selection
from crmdata.fields import REPORT, Field, Type
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import Period

_KINDS = {
    Type.PERCENT: ColumnKind.ENTERED,
    Type.TEXT: ColumnKind.LONG,
    Type.REASON: ColumnKind.NAME,
    Type.LINKS: ColumnKind.NAME,
    Type.PARTNERS: ColumnKind.WORD,
    Type.DAY: ColumnKind.DATE,
}
_CONTENT = [field for field in REPORT if field.public and field.type in _KINDS]
"""What stands in a report's row behind its state, as it was handed in."""


def parts(named: ViewNames, selection: Selection) -> Iterator[Part]:
    """Yield what is pending, the reports in force, the cooperation and the method."""
    yield _pending(named, selection)
    yield _reports(named, selection)
    yield _cooperation(named, selection)
    yield _method(named)


def fields(words: Words, written: Sequence[Part]) -> Part:
    """Return what each column of the other sheets holds."""
    columns = [
        Column(words("Sheet"), "", ColumnKind.NAME, ""),
        Column(words("Column"), "", ColumnKind.NAME, ""),
        Column(words("Code"), "", ColumnKind.WORD, ""),
        Column(words("Meaning"), "", ColumnKind.LONG, ""),
    ]
    rows = [
        [part.name, column.header, column.code, column.meaning]
        for part in written
        for column in part.columns
        if column.meaning
    ]
    return Part(words("Fields"), words("What every column holds"), columns, rows)


def _pending(named: ViewNames, selection: Selection) -> Part:
    """Return what is pending, the longest first, then as countries and the plan stand."""
    words, cutoff = named.words, named.view.cutoff
    columns = measured.plain(words, [
        ("country", words("Code"), ColumnKind.CODE, ""),
        ("", words("Country"), ColumnKind.WORD, words("Who reports; the region may report too.")),
        ("activity", words("Activity"), ColumnKind.CODE, ""),
        ("", words("In few words"), ColumnKind.NAME, words("What the activity is, in few words.")),
        ("semester", words("Semester"), ColumnKind.CODE, ""),
        ("", words("Pending since"), ColumnKind.DATE, words("When its semester ended.")),
        ("", words("Months"), ColumnKind.COUNT, words("Whole months since then.")),
    ])  # fmt: skip
    missing = measures.silent(selection.cells(named.view.frame("cells")))
    rows = []
    for row in sorted(_in_order(named, missing), key=lambda row: str(row["semester"])):
        ended, name = Period.parse(row["semester"]).ends, named.activities[row["activity"]]
        rows.append([row["country"], named.countries[row["country"]].full, row["activity"],
                     name.brief, row["semester"], ended, measures.age(ended, cutoff)])  # fmt: skip
    title = words("Pending reports, the longest first")
    return Part(words("Pending"), title, columns, rows, fixed=3, too_many=_too_many(words, rows))


def _too_many(words: Words, rows: Sequence[object]) -> str:
    return words(
        "{n} rows for work on the screen. On paper this head stands alone; clear the print area to "
        "print them, or choose a country or a line before you make the workbook.",
        n=words.number(len(rows)),
    )


def _reports(named: ViewNames, selection: Selection) -> Part:
    words, view = named.words, named.view
    own = selection.reports(view.frame("reports"), view.frame("activities"))
    columns = measured.plain(words, [
        ("country", words("Code"), ColumnKind.CODE, ""),
        ("", words("Country"), ColumnKind.WORD, words("Who reports; the region may report too.")),
        ("activity", words("Activity"), ColumnKind.CODE, ""),
        ("semester", words("Semester"), ColumnKind.CODE, ""),
        ("state", words("State (code)"), ColumnKind.WORD,
         words("What the report says, as a code.")),
        ("", words("State"), ColumnKind.WORD, words("What the report says, with its symbol.")),
        *((field.code, words(field.name), _KINDS[field.type], "") for field in _CONTENT),
        ("earlier", words("Earlier reports"), ColumnKind.COUNT, ""),
    ])  # fmt: skip
    rows = [
        [row["country"], named.reporters[row["country"]].full, row["activity"], row["semester"],
         row["state"], f"{SYMBOLS[row['state']]} {label(words, row['state'])}",
         *(_cell(field, row) for field in _CONTENT), row["earlier"]]
        for row in _in_order(named, own)
    ]  # fmt: skip
    return Part(words("Reports"), words("Reports in force"), columns, rows, fixed=4,
                too_many=_too_many(words, rows))  # fmt: skip


def _cell(field: Field, row: dict[Any, Any]) -> object:
    value = row[field.code]
    match field.type:
        case Type.PERCENT:
            return NOT_APPLICABLE if pd.isna(value) else value / 100
        case Type.DAY:
            return value
    return text_of(value)


def _in_order(named: ViewNames, rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return rows of reports country by country as they stand everywhere, in the plan's order."""
    who = {code: place for place, code in enumerate(named.reporters)}
    what = {code: place for place, code in enumerate(named.activities)}
    placed = rows.assign(
        _who=rows["country"].map(who), _what=rows["activity"].map(what).fillna(len(what))
    )
    records: list[dict[Any, Any]] = placed.sort_values(
        ["_who", "_what", "activity", "semester"]
    ).to_dict("records")
    return records


def _cooperation(named: ViewNames, selection: Selection) -> Part:
    words, view = named.words, named.view
    own = selection.cooperation(
        view.frame("cooperation"), view.frame("activities"), view.region.code
    )
    whom = measured.meaning(words, "countries", region=view.region.code)
    columns = measured.plain(words, [
        ("partner", words("Partner"), ColumnKind.WORD, ""),
        ("activity", words("Activity"), ColumnKind.CODE, ""),
        ("countries", words("For"), ColumnKind.NAME, whom),
        ("semester_from", words("From"), ColumnKind.CODE, ""),
        ("semester_to", words("To"), ColumnKind.CODE, ""),
        ("modality", words("Modality"), ColumnKind.WORD, ""),
        ("state", words("State (code)"), ColumnKind.WORD, words("Where it stands, as a code.")),
        ("", words("State"), ColumnKind.WORD, words("Where it stands.")),
        ("text", words("What it is"), ColumnKind.LONG, ""),
        ("evidence", words("Evidence"), ColumnKind.NAME, ""),
        ("reported_on", words("Reported on"), ColumnKind.DATE, ""),
    ])  # fmt: skip
    order = {code: place for place, code in enumerate(named.activities)}
    own = own.sort_values("activity", key=lambda codes: codes.map(order), kind="stable")
    rows = [
        [_partner(named, row["partner"]), row["activity"], row["countries"], row["semester_from"],
         row["semester_to"], label(words, row["modality"]), row["state"],
         label(words, row["state"]), text_of(row["text"]), text_of(row["evidence"]),
         row["reported_on"]]
        for row in own.to_dict("records")
    ]  # fmt: skip
    return Part(
        words("Cooperation"), words("Lines of cooperation in force"), columns, rows, fixed=2
    )


def _partner(named: ViewNames, code: object) -> str:
    """Return a partner's acronym, or that there is none yet."""
    return named.partners[text_of(code)].short if text_of(code) else named.words("Nobody yet")


def _method(named: ViewNames) -> Part:
    words, view = named.words, named.view
    columns = [
        Column(words("Term"), "", ColumnKind.NAME, ""),
        Column(words("Meaning"), "", ColumnKind.LONG, ""),
    ]
    rows = [[term, text] for term, text in method.rules(words, view.thresholds)]
    rows += [[f"{symbol} {state}", meaning] for symbol, state, meaning in
             method.symbols_table(words).itertuples(index=False, name=None)]  # fmt: skip
    notes = method.cell_sentences(words)
    if words.language != "es":
        notes = [*notes, words("The English text of the plan is an unofficial translation.")]
    return Part(words("Method"), words("How the numbers are made"), columns, rows, notes=notes)
