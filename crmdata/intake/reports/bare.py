"""Characters that nobody sees, or that look like others: what a cell that holds a code really says.

Texts that people write keep them: there a joiner makes an emoji, and a Greek letter is one.
"""

import re
import unicodedata

_HIDDEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")
"""What is drawn as nothing though Unicode does not count it among the format characters."""

_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")

_LOOK_ALIKE = str.maketrans(
    {
        **dict(zip("АВЕЅІЈКМНОРСТУХЬасеіјорухѕԁԛԝ", "ABESIJKMHOPCTYXbaceijopyxsdqw", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχϲ", "ABEZHIKMNOPTYXaikvopuxc", strict=True)),
        # A letter that was cut in half by a font, and the digits of other scripts.
        "ı": "i",
        "ɑ": "a",
        "ɡ": "g",
    }
)


def without_hidden(text: str) -> str:
    """Return a text without characters that nobody sees, every space a plain one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(char) == "Zs" else char
        for char in _HIDDEN.sub("", text)
        if unicodedata.category(char) != "Cf"
    )


def plain_dashes(text: str) -> str:
    """Return a text in which every dash and minus is a hyphen."""
    return text if text.isascii() else _DASHES.sub("-", text)


def in_latin(text: str) -> str:
    """Return a text with Latin letters and our digits in the place of those that look like them."""
    if text.isascii():
        return text
    wide = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    return "".join(
        str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char
        for char in wide
    )


def foreign_letters(text: str) -> str:
    """Return the letters and digits of a text that only look like Latin ones, in their order."""
    own = "ºª"  # of the numbers of our languages
    return "".join(
        dict.fromkeys(c for c in text if c.isalnum() and c not in own and in_latin(c) != c)
    )


def is_latin(text: str) -> bool:
    """Tell whether every letter of a text is a Latin one."""
    return text.isascii() or all(
        not char.isalpha() or unicodedata.name(char, "").startswith("LATIN") for char in text
    )
