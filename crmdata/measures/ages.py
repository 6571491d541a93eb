"""How long something has been pending."""

from datetime import date


def age(since: date, day: date) -> int:
    """Return the whole months from one day to another, 0 if it lies before.

    A month is over on the day of the same number, or on the last one of a shorter month.
    """
    months = 12 * (day.year - since.year) + day.month - since.month
    if day.day < since.day and (date.fromordinal(day.toordinal() + 1).month == day.month):
        months -= 1
    return max(0, months)
