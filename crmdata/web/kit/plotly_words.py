"""Plotly's month names and signs of numbers in the reader's language, sent with every chart."""

from functools import cache
from typing import Any

from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from crmdata.i18n import FORMATS, Words


def config(words: Words) -> dict[str, Any]:
    """Return Plotly's configuration: its language, and none of its own buttons."""
    return {
        "locale": words.language,
        # Only English is bundled with Plotly, and others are fetched from outside.
        "locales": {words.language: _locale(words.language)},
        # They speak English, show under the mouse alone, and no keyboard reaches them.
        "displayModeBar": False,
        "showSendToCloud": False,
        "scrollZoom": False,
    }


@cache
def _locale(language: str) -> dict[str, Any]:
    formats = FORMATS[language]
    days, months = get_day_names("wide", locale=formats), get_month_names("wide", locale=formats)
    short_days = get_day_names("abbreviated", locale=formats)
    short_months = get_month_names("abbreviated", locale=formats)
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "moduleType": "locale",
        "name": language,
        "dictionary": {},
        "format": {
            "days": [days[day] for day in sunday_first],
            "shortDays": [short_days[day] for day in sunday_first],
            "months": [months[month] for month in range(1, 13)],
            "shortMonths": [short_months[month] for month in range(1, 13)],
            "decimal": get_decimal_symbol(formats),
            "thousands": get_group_symbol(formats),
        },
    }
