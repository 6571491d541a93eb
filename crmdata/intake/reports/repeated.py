"""Rows that stand on an earlier report: those that repeat it, and those that replace it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crmdata.errors import N_
from crmdata.files import BASE, UNCHANGED
from crmdata.i18n import words_for
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.earlier_reports import Before, CooperationLine
from crmdata.intake.reports.entries import differences
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.suggestions import plain_words

CORRECTION = "correction"
IS_IT_A_CORRECTION = N_(
    "{activity}, {semester}: {sender} reported on it on {day}. Is this its correction? {changes}"
)
OTHERWISE = N_(
    "If it is not, take the row out, or download the template again and enter there what has "
    "changed."
)

NO_CHANGE = N_("No change since the last report.")

_YES = frozenset({"si", "s", "yes", "y", "x", "true", "verdadero", "1"})
_NO = frozenset({"", "no", "n", "false", "falso", "0"})


_SAID = frozenset(
    {"sin cambios", "sin cambio", "sin novedad", "sin novedades", "igual", "sigue igual",
     "lo mismo", "no hay cambios", "no hubo cambios", "no cambia", "no changes", "no change",
     "unchanged", "same", "the same"}
)  # fmt: skip
"""What can only mean yes in this column."""


def repeats(cells: Cells) -> bool | None:
    """Tell whether a row says that nothing has changed; None where it says neither."""
    written = _written(cells)
    if written in _YES | _SAID:
        return True
    return False if written in _NO else None


def _written(cells: Cells) -> str:
    return plain_words(trimmed(cells.row.cells.get(UNCHANGED, ""))[:40]).rstrip(" .!")


def filled_from(cells: Cells, before: Before | None, language: str, *, repeating: bool) -> Cells:
    """Return a row's cells with what was last reported in the empty ones.

    Complain where nothing was reported that could be repeated, where nobody knows if it shall be
    (not `repeating`), and where a cell says something else than the report that it is said to
    repeat.
    """
    if before is None:
        cells.error(
            "nothing_to_repeat",
            UNCHANGED,
            N_("Nothing was reported on this activity before, so there is nothing to repeat."),
            N_(
                "Empty this cell and say how far it is: the state, with its percentage, and the "
                "narrative. If it is not known yet, leave the whole row empty: until then it stays "
                "pending."
            ),
        )
    elif not repeating:
        cells.error(
            "no_yes",
            UNCHANGED,
            N_("This is neither yes nor no."),
            N_("If nothing has changed write yes; otherwise empty this cell and fill in the row."),
        )
    if before is None or not repeating:
        # That sentence asks for the rest of the row already.
        return cells.silent_on(name for name, text in cells.row.cells.items() if not trimmed(text))
    if _written(cells) in _SAID:
        cells.warn("read_as", UNCHANGED, N_("Read as “yes”."), plainly=True)
    own = cells.row.cells
    filled = {name: own.get(name, "") or text for name, text in before.cells().items()}
    narrative = own.get("narrative", "")
    if not trimmed(narrative):
        narrative = words_for(language)(NO_CHANGE)
    return cells.on({**own, **filled, "narrative": narrative})


def contradicts(
    cells: Cells, before: Before, values: Mapping[str, Any], partners: tuple[str, ...]
) -> None:
    """Complain of a row that says that nothing changed, and changes something."""
    changed = [name for name in ("state", "percent") if values[name] != before.values[name]]
    changed += ["partners"] if partners != before.partners else []
    for name in changed:
        cells.error(
            "change_in_repeated",
            name,
            N_("The row says that nothing changed, but this differs from the last report."),
            N_("Clear this cell, or the one that says that nothing changed."),
        )


def base_of(cells: Cells) -> int | None:
    """Return the report that a row was made from, 0 for none, or None where it does not say."""
    written = trimmed(cells.row.cells.get(BASE, ""))
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 12:
        cells.error(
            "no_base",
            BASE,
            N_("This is not the number of a report."),
            N_("Download the template again."),
        )
        return None
    return int(written)


def stays(
    cells: Cells,
    now: Before | CooperationLine | None,
    row: Mapping[str, Any],
    codes: tuple[str, ...],
    base: int | None,
    *,
    untouched: bool,
) -> bool:
    """Tell whether a row says nothing against what is in force.

    Nobody has changed what the template showed, or the row is what came of itself: its template
    was filled in further and sent again.
    """
    if now is None:
        return False
    undated = not trimmed(cells.text("reported_on"))
    if untouched and undated:
        return True
    same_day = undated or row["reported_on"] == now.reported_on
    return base != now.number and same_day and now.says(row, codes)


def check_base(
    cells: Cells,
    base: int | None,
    now: Before | CooperationLine | None,
    row: Mapping[str, Any],
    codes: tuple[str, ...],
    linked: str,
) -> None:
    """Ask where something was reported since the template was made: this may be its correction."""
    if base is None or base == (now.number if now else 0):
        return
    if now is None:
        cells.error(
            "stale_base",
            BASE,
            N_("The report that this row was made from is no longer in force."),
            N_("Download the template again and enter the change there."),
        )
        return
    sender = cells.known.bases.sender(now.batch)
    cells.ask(
        CORRECTION,
        "",
        IS_IT_A_CORRECTION,
        OTHERWISE,
        activity=row["activity"],
        semester=row.get("semester", row.get("semester_from", "")),
        sender=sender.name,
        day=sender.day,
        changes=differences(now.values, now.codes, row, codes, linked),
        as_of=now.number,
    )


def day_of(cells: Cells, day: date | None) -> date | None:
    """Return the day of a row; one of a template that names none is of today."""
    if day is not None or not cells.row.own or trimmed(cells.row.cells["reported_on"]):
        return day
    return cells.known.today
