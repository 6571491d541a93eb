"""Bring the Spanish catalogue up to date with the messages in the code.

Messages stand in English in the code; the English catalogue stays empty, since gettext falls
back to the message itself. Run by `make catalogues`; tests/test_catalogues.py holds the result.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "crmdata" / "locale"

KEYWORDS = {"words": None, "plural": (1, 2), "out_of": (1, 2), "N_": None}
"""The calls whose literal first arguments are messages: `words(…)`, `words.plural(…)`, `N_(…)`."""

# Without dates and tool versions, which would change at every run.
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: crmdata\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def sources() -> list[Path]:
    """Return the files that hold messages, in a stable order."""
    return [
        *ROOT.glob("dashboard.py"),
        *sorted((ROOT / "pages").glob("*.py")),
        *sorted((ROOT / "crmdata").rglob("*.py")),
    ]


def extracted() -> Catalog:
    """Return every message of the code, each with the files (not the lines) it stands in."""
    catalogue = Catalog()
    for source in sources():
        for line, message, comments, _ in extract_from_file(
            "python", source, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            # A line number would change with every edit above it.
            place = (source.relative_to(ROOT).as_posix(), line)
            catalogue.add(message, locations=[place], auto_comments=comments)
    return catalogue


def translated(language: str) -> Catalog:
    """Return a catalogue as it stands in the repository."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def update() -> list[str]:
    """Write `es.po` anew, sorted by file; return the translations that no message needs now."""
    code, spanish = extracted(), translated("es")
    needed = {message.id for message in code if message.id}
    dropped = [
        f"{message.id!r}: {message.string!r}"
        for message in spanish
        if message.id and message.id not in needed and message.string
    ]
    # No guessing: a guess that nobody reads again is a wrong word on a delegate's screen.
    spanish.update(code, no_fuzzy_matching=True)
    body = BytesIO()
    write_po(
        body, spanish, width=100, omit_header=True, sort_by_file=True, ignore_obsolete=True,
        include_lineno=False,
    )  # fmt: skip
    (LOCALE / "es.po").write_bytes(HEADER.format(language="es").encode() + b"\n" + body.getvalue())
    return dropped


def main() -> None:
    """Update the catalogue and say what is left to translate, and what fell out."""
    dropped = update()
    for entry in dropped:
        print(f"No longer in the code: {entry}")
    left = [message for message in translated("es") if message.id and not _filled(message.string)]
    for message in left:
        print(f"To translate: {message.id!r}")
    print(f"{len(dropped)} dropped, {len(left)} to translate, {len(translated('es'))} in all")


def _filled(string: str | Iterable[str] | None) -> bool:
    return bool(string) if isinstance(string, str) else all(string or [""])


if __name__ == "__main__":
    main()
