"""Plotly's own words and month names in the reader's language, sent along with every chart."""

from functools import cache
from typing import Any

from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from crmdata.i18n import FORMATS, Words, words_for


def config(words: Words, file_name: str) -> dict[str, Any]:
    """Return Plotly's configuration: its language, and a picture button without its logo."""
    return {
        "locale": words.language,
        # Only English is bundled with Plotly, and others are fetched from outside.
        "locales": {words.language: _locale(words.language)},
        "displaylogo": False,
        "showSendToCloud": False,
        "scrollZoom": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": file_name, "scale": 2},
    }


@cache
def _locale(language: str) -> dict[str, Any]:
    words, formats = words_for(language), FORMATS[language]
    days, months = get_day_names("wide", locale=formats), get_month_names("wide", locale=formats)
    short_days = get_day_names("abbreviated", locale=formats)
    short_months = get_month_names("abbreviated", locale=formats)
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "moduleType": "locale",
        "name": language,
        "dictionary": {
            "Download plot as a PNG": words("Download the chart as a picture"),
            "Download plot": words("Download the chart as a picture"),
            "Taking snapshot - this may take a few seconds": words("Making the picture …"),
            "Snapshot succeeded": words("The picture is ready"),
            "Sorry, there was a problem downloading your snapshot!": words(
                "The picture could not be made."
            ),
        },
        "format": {
            "days": [days[day] for day in sunday_first],
            "shortDays": [short_days[day] for day in sunday_first],
            "months": [months[month] for month in range(1, 13)],
            "shortMonths": [short_months[month] for month in range(1, 13)],
            "decimal": get_decimal_symbol(formats),
            "thousands": get_group_symbol(formats),
        },
    }
