"""Words, numbers and dates in the reader's language (gettext catalogues, Babel formats).

Messages are written in English in the code. `crmdata/locale/<language>.po` holds the
translations and is read as it stands: no compiled file can fall behind it.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from crmdata import clock
from crmdata.errors import N_
from crmdata.terms import LANGUAGES, Period

LOCALE = Path(__file__).parent / "locale"

FORMATS = {"es": "es_419", "en": "en"}
"""Babel's locale for numbers and dates: the Spanish-speaking members but one write 1,234.5."""

_SPELLED = ("", "", N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"),
            N_("eight"), N_("nine"), N_("ten"))  # fmt: skip


@cache
def _catalogue(language: str) -> GNUTranslations:
    compiled = BytesIO()
    with (LOCALE / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


class Words:
    """The reader's language: `words("Progress by line")`, `words.date(day)`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)
        self._formats = FORMATS[language]

    def __reduce__(self) -> tuple[Callable[[str], "Words"], tuple[str]]:
        """Say how it is written: as its language."""
        return words_for, (self.language,)

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate `message` and fill its `{names}`."""
        text = self._catalogue.gettext(message)
        return text.format_map(values) if values else text

    def plural(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Translate by the language's plural rule; `{n}` is the formatted number."""
        text = self._catalogue.ngettext(singular, plural, int(n))  # numpy integers are none
        return text.format_map({"n": self.number(n), **values})

    def out_of(
        self, singular: str, plural: str, n: int, among: int, /, **values: object
    ) -> str:  # fmt: skip
        """Say `{n} of {N}` of something: of how many decides between the forms, `1 of 1 report`."""
        return self.plural(
            singular, plural, among, n=self.number(n), N=self.number(among), **values
        )

    def number(self, value: float, digits: int = 0) -> str:
        """Write `value` with the language's separators and at most `digits` decimals."""
        pattern = "#,##0." + "#" * digits if digits else "#,##0"
        return format_decimal(value, pattern, locale=self._formats)

    def spelled(self, n: int) -> str:
        """Write a count from two to ten as a word, any other as `number`."""
        return self(_SPELLED[n]) if 1 < n < len(_SPELLED) else self.number(n)

    def percent(self, value: float, digits: int = 0) -> str:
        """Write a percentage given on the scale 0–100."""
        pattern = f"#,##0{'.' + '#' * digits if digits else ''}"
        text = format_percent(value / 100, f"{pattern}%", locale=self._formats)
        # Spanish typography sets a space before the sign; a plain pattern leaves it out.
        return text.replace("%", "\N{NO-BREAK SPACE}%") if self.language == "es" else text

    def entered(self, value: float) -> str:
        """Write a percentage as somebody entered it: with both decimals, nothing rounded away."""
        return self.percent(value, 2)

    def date(self, day: date, style: str = "long") -> str:
        """Write a date; `style` is one of Babel's, such as `medium`, or a pattern."""
        return format_date(day, style, locale=self._formats)

    def moment(self, at: str | datetime) -> str:
        """Write a moment by the clocks of the data's time zone, with its difference from UTC."""
        return f"{self.date(clock.day_of(at))}, {clock.hour_of(at)}"

    def period(self, period: Period | str) -> str:
        """Write a period as `2018-II`."""
        return (Period.parse(period) if isinstance(period, str) else period).label

    def pick(self, es: str, en: str) -> str:
        """Return a text of the data in the reader's language; where it has no English, Spanish."""
        return (en or es) if self.language == "en" else es


@cache
def words_for(language: str) -> Words:
    """Return the `Words` of a language code; an unknown one gives Spanish."""
    return Words(language if language in LANGUAGES else LANGUAGES[0])
