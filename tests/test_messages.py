"""What is said of files, as a set: the document is true, and a focal point can act on each word."""

import re

import pytest
from babel.messages.extract import extract_from_file

from crmdata import fields
from crmdata.fields import EVERY
from crmdata.files import Subject
from crmdata.terms import CooperationState, DataKind, Modality, State
from scripts import catalogues, messages

READ_BY_FOCAL_POINTS = (
    "crmdata/intake/", "crmdata/web/hand_in/", "crmdata/errors.py", "crmdata/exports/annotated.py",
    "crmdata/exports/filling.py", "pages/informar.py",
)  # fmt: skip

CODES = {
    *(code for kind in (State, CooperationState, Modality, DataKind) for code in kind),
    *(field.code for field in EVERY),
    *Subject,
}
"""What programs write. Some are words of one language as well, and are none of the other's."""

ENGLISH_TOO = {
    "state", "activity", "country", "semester", "reason", "narrative", "evidence", "partners",
    "partner", "percent", "countries", "modality", "text", "unchanged", "base", "about", "due",
    "before", "earlier", "meeting", "reports", "cooperation", "meetings", "real", "observation",
    "observations",
}  # fmt: skip
SPANISH_TOO = {
    "base", "real", "cumplida", "suspendida", "solicitada", "ofrecida", "concluida", "cancelada",
    "corte", "financiera",
}  # fmt: skip
"""A word of the list is no code where it is the list's own word."""

OF_PROGRAMS = re.compile(
    r"`|crmdata|CRMDATA|\bJSON\b|\bXML\b|\bDTD\b|\bUTF|\bbytes?\b|(?<![.])\bZIP\b|\w+_\w+|--\w|\btraceback\b"
    r"|\bencoding\b|\bcodificación\b|\bstring\b|\bnull\b|\bISO\b|\bobject\b|\bobjeto\b|\bOLE\b",
    re.IGNORECASE,
)
_ITS_OWN_NAME = re.compile(r"“CSV UTF-8[^”]*”")
"""What a spreadsheet itself calls a kind of file."""


def test_the_document_is_made_from_the_code():
    assert messages.DOCUMENT.read_text("utf-8") == messages.document(), "run `make catalogues`"


def test_every_message_of_the_intake_stands_in_the_document():
    told = messages.document()
    marked = [
        text
        for file in messages.INTAKE.rglob("*.py")
        for _, text, _, _ in extract_from_file("python", file, keywords={"N_": None})
    ]
    assert len(marked) > 150
    assert [text for text in marked if messages.cell(text) not in told] == []


def test_nearly_every_sentence_has_the_rule_that_says_it():
    alone = [line for line in messages.document().splitlines() if line.startswith("|  | ")]
    # Words that the reader of a template gets, and what stands before sentences.
    assert len([line for line in alone if "Frase" not in line]) <= 8, "\n".join(alone)


def read_on(language: str, *places: str) -> list[tuple[str, str]]:
    """Return messages with their words in a language, of modules under some places."""
    found = []
    for message in catalogues.translated("es"):
        if message.id and any(file.startswith(places) for file, _ in message.locations):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            texts = said if language == "es" else ids
            found += [(text, without_names(text)) for text in texts]
    return found


def without_names(text: str) -> str:
    """Return a text without the names of what is filled in, and of kinds of files."""
    return _ITS_OWN_NAME.sub("", re.sub(r"\{\w+\}", "…", text))


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_word_of_programs_stands_in_what_a_focal_point_reads(language):
    texts = read_on(language, *READ_BY_FOCAL_POINTS)
    assert len(texts) > 150
    assert [text for text, bare in texts if OF_PROGRAMS.search(bare)] == []


@pytest.mark.parametrize(("language", "own"), [("es", SPANISH_TOO), ("en", ENGLISH_TOO)])
def test_no_code_stands_in_what_a_focal_point_reads(language, own):
    codes = CODES - own
    assert codes
    assert [
        text
        for text, bare in read_on(language, *READ_BY_FOCAL_POINTS)
        if codes & set(re.findall(r"[\w]+", bare.lower()))
    ] == []


def test_every_column_has_words_of_its_own():
    assert [field.code for field in fields.EVERY if not (field.heading or field.name)] == []
