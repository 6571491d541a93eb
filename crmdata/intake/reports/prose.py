"""Running text that a country writes: its language, and signs that are not meant for readers.

Only warnings come of it. A text is kept as it is written, and shown as text everywhere.
"""

import re
from collections.abc import Sequence

from crmdata.terms import LANGUAGES

_FEW = 8
"""Words below which a text says nothing of its language."""

# Frequent words without content, unaccented. Those that two languages share are in both lists.
_FREQUENT = {
    "es": "el la los las un una de del al que y en con por para se su sus es son fue fueron no mas "
    "como o entre sobre este esta estos estas ha han hay desde hasta sin ya lo le les muy tambien "
    "durante mediante ante segun cada todo todos todas otra otros cuando donde porque",
    "en": "the a an of to and in on for with by from is are was were be been has had not as at "
    "or that this these those its their it they which who more between through during under into "
    "than also will no each all other when where because while after before about",
    "fr": "le la les un une des du de et en dans pour par sur avec est sont ete au aux que qui ne "
    "pas plus ou ce cette ces son sa ses leur leurs nous vous il elle ils elles entre depuis",
    "pt": "o a os as um uma de do da dos das e em no na nos nas com por para que se foi foram sao "
    "nao mais ou entre sobre este esta isso ao aos pela pelo pelas pelos tambem seu sua",
}
_WORDS = {language: frozenset(words.split()) for language, words in _FREQUENT.items()}
_MARK = re.compile(r"[<\[:*#`]")
"""One of these stands in all markup."""
_MARKUP = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"</?(?:script|style|iframe|object|embed|svg|img|video|audio|form|input|button|link|meta|"
            r"html|body|head|table|tr|td|th|div|span|p|br|hr|a|b|i|u|em|strong|ul|ol|li|h[1-6])"
            r"(?:[\s/][^<>]{0,200})?>"
        ),
        r"<(?:script|img|iframe|svg|a)\b",
        r"!?\[[^\[\]\n]{0,100}\]\([^()\n]{1,200}\)",
        r"\b(?:javascript|vbscript):",
        r"\bdata:[a-z]+/[a-z+.-]+[;,]",
        r"\*\*[^*\n]{1,100}\*\*",
        r"(?:^|\n)#{1,6} ",
        r"```",
    )
)


def markup_in(text: str) -> str:
    """Return the first piece of HTML or Markdown in a text, else an empty text."""
    for sign in _MARKUP if _MARK.search(text) else ():
        match = sign.search(text)
        if match is not None:
            return match[0].strip()
    return ""


def in_other_language(words: Sequence[str]) -> bool:
    """Tell whether the words of a text of some length look like neither Spanish nor English.

    They are without accents and in small letters.
    """
    if len(words) < _FEW:
        return False
    counts = {name: sum(map(known.__contains__, words)) for name, known in _WORDS.items()}
    ours = max(counts.pop(language) for language in LANGUAGES)
    return ours * 12 < len(words) or max(counts.values()) > ours + 1
