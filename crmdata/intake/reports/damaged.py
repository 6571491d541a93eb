"""Letters that were lost on the way: `ProtecciÃ³n`, `Protecci�n`, `Protecci?n`."""

import re

_ADDRESS = re.compile(r"\bhttps?://\S+")
_WORD = re.compile(r"\S+")
_TWICE = re.compile(r"[ÂÃâ][\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6"
                    r"\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]+")  # fmt: skip
_LOST = "\N{REPLACEMENT CHARACTER}"
_ASKS = re.compile(r"[^\W\d_]\?[a-zà-ÿ]")
_EDGES = ".,;:()“”\"'«»"

SHOWN = 5
"""Words that are shown."""


def damaged_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in which letters were lost or became others, each once."""
    suspicious = _LOST in text or "?" in text or _TWICE.search(text)
    if not suspicious:
        return ()
    text = _ADDRESS.sub(" ", text)
    asks = "?" in text and "¿" not in text
    words = (
        word
        for word in _WORD.findall(text)
        if _LOST in word or _is_twice(word) or (asks and _ASKS.search(word))
    )
    return tuple(dict.fromkeys(word.strip(_EDGES) for word in words))


def _is_twice(word: str) -> bool:
    """Tell whether a word holds the bytes of UTF-8 read as Windows text."""
    return any(_meant(piece) is not None for piece in _TWICE.findall(word))


def _meant(piece: str) -> str | None:
    """Return what a piece of a word was before it was read as Windows text, or None."""
    data = bytearray()
    for char in piece:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return None
            data.append(ord(char))
    for end in range(len(data), 1, -1):
        try:
            return bytes(data[:end]).decode("utf-8")
        except UnicodeDecodeError:
            continue
    return None


_SPANISH = "áéíóúñü"
_IN_WORD = re.compile(r"(?<=[a-zA-Z])([^\x00-\x7f])(?=[a-zA-Z])")


def code_page(data: bytes) -> str:
    """Return which of the one-byte encodings gives a text its Spanish vowels, '' where none can.

    Windows' unless another one gives more of them within words.
    """
    texts = {"cp1252": _decoded(data, "cp1252")}
    texts |= {name: _decoded(data, name) for name in ("mac_roman", "cp850")}
    rightness = {name: _rightness(text) for name, text in texts.items() if text}
    best = max(rightness, key=lambda name: rightness[name])
    sure = texts["cp1252"] or rightness[best] > 0
    return best if sure else ""


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return ""


def _rightness(text: str) -> int:
    signs = _IN_WORD.findall(text)
    right = sum(sign.casefold() in _SPANISH for sign in signs)
    return right - (len(signs) - right)
