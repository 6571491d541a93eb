"""Everything the store holds, as CSV: UTF-8 with its mark, line ends `\\n`, quotes where needed.

What an import took, an export gives back: the same columns, every report that counts, corrected
ones too, in the order in which it came, texts verbatim. What waits for the secretariat, was sent
back or withdrawn stays in the store. Importing an export into an empty database and
exporting that gives the same bytes.

Before a text that begins with `=`, `+`, `-` or `@` stands an apostrophe, so that no spreadsheet
calculates it; an import takes it off again.

One file holds all reports, unless an import could not take it back: over the import's
limits, or with two reports on the same slot and day (an import takes one of a file). The
rest then follows in `reports-2.csv` and so on, to be imported one after the other.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from sqlalchemy import Table, select

from crmdata.files import (
    BYTE_ORDER_MARK,
    COLUMNS,
    DATA_KIND,
    FIELDS,
    FILE_BYTES,
    FILE_ROWS,
    SEPARATOR,
    Subject,
    cell_of,
    shielded,
)
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.store.models import (
    Cooperation,
    CooperationCountry,
    Country,
    Meeting,
    Observation,
    Partner,
    PlanVersion,
    Report,
    ReportPartner,
)
from crmdata.store.queries.frames import table as _table
from crmdata.store.queries.rows_that_count import accepted, standing_so
from crmdata.terms import DataKind

Row = Sequence[str]

_FOLLOWING = re.compile(rf"(?:{'|'.join(Subject)})-[0-9]+\.csv")


def export(session: Known, folder: Path) -> list[Path]:
    """Write every table to `folder`, which is made if it is missing; return the files.

    Files of an earlier export are replaced. Raise OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts: dict[str, str] = {}
    texts["activities.csv"] = _text(*_activities(session))
    texts["slots.csv"] = _text(*_slots(session))
    texts["countries.csv"] = _text(*_countries(session))
    texts["partners.csv"] = _text(*_partners(session))
    texts["agreements.csv"] = _text(*_agreements(session))
    for subject in Subject:
        for number, text in enumerate(_distinct(_parts(session, subject)), start=1):
            texts[f"{subject}.csv" if number == 1 else f"{subject}-{number}.csv"] = text
    for old in folder.iterdir():
        if _FOLLOWING.fullmatch(old.name) and old.name not in texts:
            old.unlink()
    return [_written(folder / name, text) for name, text in texts.items()]


def _written(file: Path, text: str) -> Path:
    """Write a file whole or not at all."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_bytes(text.encode())
    return unfinished.replace(file)


def _line(row: Row) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(map(shielded, row))
    return line.getvalue()


def _text(header: Row, rows: Iterable[Row]) -> str:
    return BYTE_ORDER_MARK + "".join(map(_line, (header, *rows)))


def _newest_version(session: Known) -> PlanVersion:
    # By number, not by the date in force: an export holds the store's last word.
    newest = int(queries.plan_versions(session)["version_id"].iloc[0])
    return session.get_one(PlanVersion, newest)


def _activities(session: Known) -> tuple[Row, list[Row]]:
    version = _newest_version(session)
    marks = queries.marks(session, version.id)
    by_cell = {(mark.activity, mark.year): mark.mark for mark in marks.itertuples()}
    years = queries.plan_facts(version).column_years
    header = ("code", "axis", "line", "result", "text", "responsible", *map(str, years),
              "reading", "note")  # fmt: skip
    rows = [
        (row.activity, row.axis, row.line, row.result, row.text, row.responsible,
         *(by_cell.get((row.activity, year), "") for year in years), row.reading, row.note)
        for row in queries.activities(session, version.id).itertuples()
    ]  # fmt: skip
    return header, [tuple(map(str, row)) for row in rows]


def _slots(session: Known) -> tuple[Row, list[Row]]:
    slots = queries.slots(session, _newest_version(session).id)
    rows = [
        (row.axis, row.line, row.result, row.activity, row.semester, _yes(row.quarter))
        for row in slots.itertuples()
    ]
    header = ("axis", "line", "result", "activity", "semester", "quarter")
    return header, [tuple(map(str, row)) for row in rows]


def _yes(value: object) -> str:
    return "true" if value else "false"


def _countries(session: Known) -> tuple[Row, list[Row]]:
    table = _table(Country)
    header = ("country", "member", "name_es", "name_en", "tile_row", "tile_column")
    query = select(*(table.c[name] for name in header))
    records = session.execute(query.order_by(table.c.member.desc(), table.c.country))
    return header, [
        (country, _yes(member), *(cell_of(value) for value in others))
        for country, member, *others in records
    ]


def _partners(session: Known) -> tuple[Row, list[Row]]:
    table = _table(Partner)
    header = ("partner", "acronym_en", "name_es", "name_en")
    records = session.execute(select(*(table.c[name] for name in header)).order_by(table.c.partner))
    return header, [tuple(map(cell_of, row)) for row in records]


def _agreements(session: Known) -> tuple[Row, list[Row]]:
    """Return every agreement, withdrawn ones too. An import does not take them back."""
    frame = queries.agreements(session)
    rows: list[Row] = [tuple(map(cell_of, row)) for row in frame.itertuples(index=False)]
    return tuple(frame.columns), rows


_STORED: dict[Subject, tuple[Table, Table | None, str]] = {
    Subject.REPORTS: (_table(Report), _table(ReportPartner), "partners"),
    Subject.COOPERATION: (_table(Cooperation), _table(CooperationCountry), "countries"),
    Subject.MEETINGS: (_table(Meeting), None, ""),
    Subject.OBSERVATIONS: (_table(Observation), None, ""),
}

_SAME_THING = {
    subject: [field.code for field in own if field.key or field.code == "reported_on"]
    for subject, own in FIELDS.items()
}
"""What an import takes once a file."""


def _stored(session: Known, subject: Subject) -> Iterator[dict[str, str]]:
    """Yield every row of a subject as it was imported, in the order in which it came."""
    table, link, column = _STORED[subject]
    codes: dict[int, list[str]] = {}
    if link is not None:
        owner, code = link.primary_key.columns
        for key, value in session.execute(select(owner, code).order_by(owner, link.c.position)):
            codes.setdefault(key, []).append(value)
    counts = select(table).where(standing_so(session, table, accepted)).order_by(table.c.id)
    for row in session.execute(counts).mappings():
        cells = {name: cell_of(value) for name, value in row.items()}
        yield cells | {column: SEPARATOR.join(codes.get(row["id"], ()))}


def _parts(session: Known, subject: Subject) -> Iterator[str]:
    """Yield the texts of the files that hold a subject: one, or as many as imports need."""
    columns = COLUMNS[subject]
    demo = queries.data_kind(session) == DataKind.DEMO
    header = BYTE_ORDER_MARK + _line((*columns, DATA_KIND) if demo else columns)
    lines, size, seen = [header], len(header.encode()), set[tuple[str, ...]]()
    for cells in _stored(session, subject):
        values = [cells[column] for column in columns]
        line = _line([*values, DataKind.DEMO] if demo else values)
        same = _same_thing(subject, cells)
        bytes_with = size + len(line.encode())
        if same in seen or len(lines) > FILE_ROWS or bytes_with > FILE_BYTES:
            yield "".join(lines)
            lines, seen = [header], set()
            bytes_with = len(header.encode()) + len(line.encode())
        lines.append(line)
        seen.add(same)
        size = bytes_with
    yield "".join(lines)


def _distinct(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts, those that repeat an earlier one with empty rows behind.

    Something corrected and corrected back gives the same part twice, and an import takes
    the same bytes only once.
    """
    seen = set[str]()
    for part in parts:
        text = part
        while text in seen:
            text += "\n"
        seen.add(text)
        yield text


def _same_thing(subject: Subject, cells: Mapping[str, str]) -> tuple[str, ...]:
    # The order in which countries are named makes no difference to an import.
    return tuple(
        SEPARATOR.join(sorted(cells[name].split(SEPARATOR))) for name in _SAME_THING[subject]
    )
