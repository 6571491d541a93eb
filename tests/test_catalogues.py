"""The Spanish catalogue says everything that the code says, with the same places to fill."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Message

from crmdata.content import wording
from crmdata.content.calendar.phrases import templates
from crmdata.i18n import words_for
from scripts import catalogues

SPANISH = catalogues.translated("es")


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return a message's singular and plural, or its only form."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def names(text: str) -> set[str]:
    """Return the names of a message's `{places}`. Raise ValueError for a stray brace."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def messages() -> tuple[Message, ...]:
    return tuple(message for message in catalogues.extracted() if message.id)


def spanish(message: Message) -> list[str]:
    found = SPANISH.get(message.id)
    return forms(found.string) if found is not None else [""]


def test_every_message_of_the_code_is_translated():
    assert [message.id for message in messages() if not all(spanish(message))] == []


def test_every_plural_is_translated_in_both_forms():
    plurals = [message for message in messages() if message.pluralizable]
    assert [message.id for message in plurals if len(spanish(message)) != 2] == []


def test_no_translation_is_a_guess():
    assert [message.id for message in SPANISH if message.id and message.fuzzy] == []


def test_every_translation_fills_the_same_places():
    differing = [
        (message.id, translated)
        for message in messages()
        for translated in spanish(message)
        if translated and names(translated) != names(forms(message.id)[-1])
    ]
    assert differing == []


def test_no_translation_is_left_from_a_message_that_is_gone():
    needed = {message.id for message in messages()}
    assert [message.id for message in SPANISH if message.id and message.id not in needed] == []
    assert SPANISH.obsolete == {}


def test_the_english_catalogue_leaves_every_message_as_the_code_has_it():
    assert [message.id for message in catalogues.translated("en") if message.id] == []


UNITS = {"activities", "agreements", "batches", "changes", "cooperation", "meetings", "reports",
         "slots", "snapshots"}  # fmt: skip


def test_a_number_after_a_label_says_what_it_counts():
    bare = re.compile(r": \{(?:n|count)\}(?! [a-z])")
    unsaid = [
        message.id
        for message in messages()
        for form in forms(message.id)
        if (number := bare.search(form))
        and not UNITS & set(re.findall("[a-z]+", form[: number.start()].lower()))
    ]
    assert unsaid == []


NEVER_OF_ONE = {
    # Of a country alone `_of_one` speaks.
    "{n} of {N} countries have reported; {pending} of {N} have reports pending.",
    # Only where more are pending than are named.
    "Reports of {n} of {N} countries are pending; the oldest, {since}.",
    # Of so few reports no line is compared.
    "{line} ({progress}, by {n} of {N} reports)",
}


def test_of_one_alone_the_noun_after_n_of_n_is_a_singular():
    of = re.compile(r"of \{\w+\} (?:expected )?(?:activities|countries|lines|reports)")
    unforeseen = {
        message.id
        for message in messages()
        if not message.pluralizable and of.search(str(message.id))
    } - NEVER_OF_ONE
    # Among these the board chooses by itself.
    said = templates(words_for("en"))
    foreseen = {said[name] for name in said if f"{name}_1" in said}
    assert unforeseen - foreseen == set()


@pytest.mark.parametrize(("language", "said"), [("es", "1 de 1 reporte"), ("en", "1 of 1 report")])
def test_one_of_one_is_said_in_the_singular(language, said):
    assert wording.reports_of(words_for(language), 1, 1) == said
    assert wording.reports_of(words_for(language), 1, 2) == f"{said.replace('1 rep', '2 rep')}s"


# The calls themselves


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield where, by which name and how the code calls for a message."""
    for source in catalogues.sources():
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in catalogues.KEYWORDS:
                    place = f"{source.relative_to(catalogues.ROOT)}:{node.lineno}"
                    yield place, name, node


def test_no_message_is_built_from_pieces():
    built = [
        place for place, _, call in calls() if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert built == []


def test_every_place_in_a_message_gets_its_value():
    wrong = [
        place
        for place, name, call in calls()
        if name != "N_" and all(isinstance(text, ast.Constant) for text in texts(name, call))
        # Values given as `**values` have no names here.
        if None not in values(call) and places(name, call) != values(call)
    ]
    assert wrong == []


def texts(name: str, call: ast.Call) -> list[ast.expr]:
    return call.args[:2] if name in {"plural", "out_of"} else call.args[:1]


def places(name: str, call: ast.Call) -> set[str]:
    written = [text.value for text in texts(name, call) if isinstance(text, ast.Constant)]
    found = {place for text in written for place in names(str(text))}
    # The numbers of a plural are filled by themselves.
    return found - {"plural": {"n"}, "out_of": {"n", "N"}}.get(name, set())


def values(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


@pytest.mark.parametrize("stray", ["{", "}", "{name"])
def test_a_stray_brace_is_found(stray):
    with pytest.raises(ValueError, match=r"'[{}]'"):
        names(stray)
