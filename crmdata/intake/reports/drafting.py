"""A file by itself: each of its rows against the rules, before others and the store are asked."""

from collections.abc import Iterator
from dataclasses import replace

from crmdata import clock
from crmdata.errors import N_, Problem
from crmdata.files import DATA_KIND, FIELDS, Subject
from crmdata.intake.reports import codes, columns
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.cooperation import cooperation_entry
from crmdata.intake.reports.known import RowCodes
from crmdata.intake.reports.meetings import meeting_entry
from crmdata.intake.reports.observations import observation_entry
from crmdata.intake.reports.progress import report_entry
from crmdata.intake.reports.rows import Source
from crmdata.intake.reports.twice import FileDraft
from crmdata.terms import DataKind, Period

_ENTRIES = {
    Subject.REPORTS: report_entry,
    Subject.COOPERATION: cooperation_entry,
    Subject.MEETINGS: meeting_entry,
    Subject.OBSERVATIONS: observation_entry,
}

_ABOUT = {
    subject: {field.code for field in own if field.key} | {"reported_on"}
    for subject, own in FIELDS.items()
}
"""The columns that say what a row is about; where one is wrong nobody knows yet."""

KINDS_NEVER_MIX = "kinds_never_mix"

_OTHER_KIND = {
    DataKind.REAL: N_("These are real data, and here only invented ones are kept, to show how."),
    DataKind.DEMO: N_("These are invented data, to show how, and here only real ones are kept."),
}


def drafted(source: Source, facts: RowCodes) -> FileDraft:
    """Check a file by itself."""
    draft = FileDraft(source, list(source.problems), list(source.notes))
    if source.sha256 in facts.imported:
        batch, at = facts.imported[source.sha256]
        draft.problems.append(
            Problem(
                "already_imported",
                N_("The file was already imported on {day} (batch {batch})."),
                N_("It is not imported again; what it says is stored."),
                values={"day": clock.day_of(at), "batch": batch},
            )
        )
    if source.subject is None:
        return draft
    if not source.rows and not source.problems:
        draft.warnings.append(_nothing())
    kinds: dict[DataKind, int] = {}
    begins = Period.parse(facts.periods[0]).starts
    seen = columns.seen(source.rows, (begins, facts.today))
    for row in source.rows:
        cells = Cells(row, facts, seen)
        own = _ENTRIES[source.subject](cells)
        wrong = {*row.flawed, *(problem.field for problem in cells.errors)}
        unclear = not wrong.isdisjoint(_ABOUT[source.subject])
        if unclear or row.own:
            own = replace(own, unclear=unclear, alone=row.own)
        draft.entries.append(own)
        kind = codes.data_kind(cells)
        if kind is not None:
            kinds.setdefault(kind, row.number)
        if _is_of_words(cells, source.subject):
            draft.problems.append(_no_row(cells))
            continue
        draft.problems.extend(cells.errors)
        draft.warnings.extend(cells.warnings)
    draft.problems.extend(_kind_problems(kinds, source, facts.kind))
    return draft


NO_ROWS = "no_rows"


def _nothing() -> Problem:
    """Say of a file that it has no rows: beside others that have some it is worth a look."""
    return Problem(
        NO_ROWS,
        N_("There is nothing to import: no row is filled in under the names of the columns."),
        N_("Fill in the rows and save the file, or leave it out."),
        warning=True,
    )


def _is_of_words(cells: Cells, subject: Subject) -> bool:
    """Tell whether a row has words in place of codes in all that it should be about."""
    about = {field.code for field in FIELDS[subject] if field.key and not field.optional}
    wrong = {problem.field for problem in cells.errors if " " in str(problem.value or "").strip()}
    return len(about) > 1 and about <= wrong


def _no_row(cells: Cells) -> Problem:
    return Problem(
        "no_row",
        N_("Nothing that the row is about can be read: it looks like an explanation or a title."),
        N_("Delete the row; if it is one to be read, write its codes as in the template."),
        sheet=cells.row.sheet,
        row=cells.row.number,
    )


def _kind_problems(
    kinds: dict[DataKind, int], source: Source, stored: DataKind
) -> Iterator[Problem]:
    """Yield the error of a file whose rows are not of the kind that the database holds."""
    with_column = DATA_KIND in source.columns
    for kind, first_row in kinds.items():
        if kind != stored:
            yield Problem(
                KINDS_NEVER_MIX,
                _OTHER_KIND[kind],
                N_("They belong at another address: ask the secretariat for it."),
                row=first_row if with_column else None,
                field=DATA_KIND if with_column else "",
            )
