"""What a report and a party are called: codes become words, the same in sentences and tables."""

from collections.abc import Mapping
from typing import Any

from crmdata.content import names
from crmdata.content.wording import joined, text_of
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import State
from crmdata.view import View


def state(words: Words, code: str) -> str:
    """Return a state's symbol and name."""
    return f"{SYMBOLS[code]} {label(words, code)}"


def percent(words: Words, report: Mapping[Any, Any]) -> str:
    """Return a report's percent; `—` where it does not apply."""
    if report["state"] == State.NO_APLICA:
        return NOT_APPLICABLE
    return words.entered(report["percent"])


def partners(view: View, words: Words, codes: str) -> str:
    """Return the acronyms of partners whose codes are separated by `;`."""
    partner_names = names.of_partners(view.frame("partners"), words)
    acronyms = [partner_names[code].short for code in text_of(codes).split(SEPARATOR) if code]
    return joined(words, acronyms) if acronyms else ""


def review(words: Words, report: Mapping[Any, Any]) -> str:
    """Return what the review says of a report that is not simply in force."""
    remarks = [
        words("Provisional") if report.get("provisional") else "",
        words("After the closing") if report.get("after_closing") else "",
    ]
    return ", ".join(filter(None, remarks))
