"""Cells that hold a percentage: what has one reading only is read.

What is written in another form than ours is mentioned, what has two readings is asked about.
"""

import re
from decimal import Decimal

from crmdata.errors import N_
from crmdata.intake.reports import percents
from crmdata.intake.reports.cells import Cells, says_something

A_NUMBER = N_("Write a number from 0 to 100, such as 45, 45.5 or 45,5 %.")
A_NUMBER_OR_NONE = N_(
    "Write a number from 0 to 100, such as 45, 45.5 or 45,5 %. If it is not known yet, leave the "
    "row empty or report on it later: until then it stays pending."
)


def percent(cells: Cells, field: str) -> float | None:
    """Return a number from 0 to 100 with at most two decimals; none where it is blank."""
    written = cells.code(field)
    if not says_something(written):
        return None
    reading = percents.read(written)
    if reading is None and percents.is_range(written):
        cells.error(
            "no_number",
            field,
            N_("Two numbers stand here, and one is kept."),
            N_(
                "Write the one that can be shown by now, and the rest in the narrative. If it is "
                "not known yet, leave the row empty: until then it stays pending."
            ),
        )
        return None
    if reading is None:
        cells.error("no_number", field, N_("This is not a number."), A_NUMBER_OR_NONE)
        return None
    if cells.columns.has_fractions(cells.row, field) and not reading.signed:
        return _of_fraction(cells, field, reading.exact)
    if not reading.is_percentage:
        cells.error("percent_range", field, N_("A percentage lies between 0 and 100."), A_NUMBER)
        return None
    read = percents.written(reading.number)
    if reading.rounded:
        cells.warn("rounded", field, N_("Rounded to {read} %."), read=read)
    elif not _PLAIN.fullmatch(written):
        cells.read_as(field, read, plainly=_USUAL.fullmatch(written) is not None)
    doubted = reading.may_be_whole and cells.columns.mixes_fractions(cells.row, field)
    if reading.is_small or doubted:
        cells.ask(
            "small_percent",
            field,
            N_("Is {read} % meant, less than one per cent?") if reading.is_small
            else N_("Is {read} % meant? Other numbers of this column may be fractions."),
            N_("Otherwise write {meant}."),
            read=read,
            meant=percents.written(reading.number * 100),
        )  # fmt: skip
    return float(reading.number)


_PLAIN = re.compile(r"[0-9]{1,3}(?:[.][0-9]*)?\s?%?")
"""As a file of ours has it, zeros at the end and the sign included."""
_USUAL = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?(?:%|por ?ciento|per ?cent)?", re.IGNORECASE)
"""What nobody could read otherwise."""


def _of_fraction(cells: Cells, field: str, fraction: Decimal) -> float:
    """Return the percentage for a fraction, and ask whether it is one."""
    number = percents.rounded(fraction * 100)
    if number:
        cells.ask(
            "fractions",
            field,
            N_("Does it mean {read} %?"),
            N_(
                "All numbers of this column lie between 0 and 1, as Excel keeps percentages. If "
                "they are percentages already, write them with the sign, such as 0.25 %."
            ),
            read=percents.written(number),
        )
    return float(number)
