"""What an address meant by a code that it gets wrong: by the rules that check reports."""

from collections.abc import Collection, Mapping

from crmdata.intake.reports.suggestions import activity_meant, near_code, numeral, party_meant


def place(
    text: str, names: Mapping[str, tuple[str, str]], others: Mapping[str, str] | None = None
) -> str:
    """Return the country or partner meant by another code or a name, else an empty text."""
    return party_meant(text, names, others or {})


def activity(text: str, known: frozenset[str]) -> str:
    """Return the activity nearest to a wrong code, else an empty text."""
    return activity_meant(text, known)


def line(text: str, known: Collection[str]) -> str:
    """Return the line nearest to a wrong code, else an empty text: `4` means `IV`."""
    number = numeral(text.split(".", maxsplit=1)[0])
    return number if number in known else code(number, known)


def code(text: str, known: Collection[str]) -> str:
    """Return the code that looks most like `text`, whatever its case, else an empty text."""
    upper = {code.upper(): code for code in known}
    return upper.get(near_code(text, frozenset(upper)), "")
