"""A text as the readers of signs look at it: without accents and case, with its words and people.

Every character keeps its place, so that what is found can be cut out of the text.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import NamedTuple

from crmdata.intake.reports.personal import lexicon
from crmdata.search import Span

_ODD = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’´`", "'") | dict.fromkeys("“”«»„", '"')
_ODD |= dict.fromkeys("\u00a0\u202f\u2009\t", " ") | dict.fromkeys("ºª", "°")
_ODD |= {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_FOLDED = {char: unicodedata.normalize("NFD", char)[0] for char in map(chr, range(0x80, 0x250))}
_FOLDED |= _ODD
_NOT_PLAIN = re.compile(r"[^\x00-\x08\x0a-\x5f\x61-\x7f]")
"""What may be folded: no signs of ASCII but a tab and a backquote."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile("[a-z]{1,99}")
_RARE = re.compile(r"[\xad\u0250-\U0010ffff]")
_END = re.compile(r"[.!?…]['\")]?\s{1,9}(?=[\w¿¡\"(])|\n")
_SHORTENED = frozenset({"aprox", "prof", "avda", "depto", "univ", "ext", "lcda", "resp"})


def spans(matches: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Yield where patterns were found."""
    return (Span(*match.span()) for match in matches)


class Word(NamedTuple):
    """A word: where it stands, its letters folded, and as it is written."""

    start: int
    end: int
    plain: str
    written: str

    @property
    def title(self) -> bool:
        """Whether it is written Like this."""
        return self.written[0].isupper() and (len(self.written) == 1 or not self.capitals)

    @property
    def capitals(self) -> bool:
        """Whether it is written LIKE this."""
        return self.written.isupper()


class Mention(NamedTuple):
    """Somebody who is spoken of: one or many, some child in general or this one."""

    start: int
    end: int
    single: bool
    by_name: bool


def cleaned(text: str) -> str:
    """Return a text in its composed form, without invisible characters."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return _RARE.sub(
        lambda match: "" if unicodedata.category(match[0]) == "Cf" else match[0], composed
    )


class TextReading:
    """A text to be searched."""

    def __init__(self, text: str) -> None:
        self.text = cleaned(text)
        folded = _NOT_PLAIN.sub(lambda match: _FOLDED.get(match[0], match[0]), self.text)
        self.plain = folded.lower()  # each letter has one small one, but for what was folded

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the words stand, in their order."""
        ends = accumulate(map(len, map(add, self.gaps, self.words)))
        return [(end - len(word), end) for word, end in zip(self.words, ends, strict=True)]

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word, and behind the last."""
        return _WORD.split(self.plain)

    @cached_property
    def words(self) -> list[str]:
        """The words, their letters folded."""
        return _WORD.findall(self.plain)

    def word(self, place: int) -> Word:
        """Return one of the words, with all that is to be known of it."""
        start, end = self.spans[place]
        return Word(start, end, self.words[place], self.text[start:end])

    def following(self, place: int) -> str:
        """Return the word behind another one; empty where there is none."""
        return self.words[place + 1] if place + 1 < len(self.words) else ""

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word once: most texts have none of those without which there is no sign."""
        return frozenset(_LETTERS.findall(self.plain))

    @cached_property
    def says_nothing_by_case(self) -> bool:
        """Whether all is written in capitals, or all in small letters."""
        letters = list(filter(str.isalpha, self.text))
        upper = sum(map(str.isupper, letters))
        return upper * 10 > 6 * len(letters) or upper * 100 < len(letters)

    @cached_property
    def _ends(self) -> list[int]:
        ends = []
        for match in _END.finditer(self.text):
            before = _last_word(self.plain, match.start())
            # "St. Martin", "No. 4", "M. Lobos", "Col. Las Brisas" go on.
            if match[0] == "\n" or (
                before not in _SHORTENED and (len(before) > 3 or not before.isalpha())
            ):
                ends.append(match.end())
        return ends

    def words_before(self, start: int, reach: int) -> list[Word]:
        """Return the words that stand within so many characters before a place."""
        first = bisect_left(self.spans, (start - reach,))
        last = bisect_left(self.spans, start + 1, key=lambda span: span[1])
        return [self.word(place) for place in range(first, last)]

    def led_by(self, place: int, most: int) -> list[str]:
        """Return the words before a word, so many at most, in its sentence."""
        start = self.sentence(self.spans[place][0]).start
        first = max(place - most, 0)
        while self.spans[first][0] < start:
            first += 1
        return self.words[first:place]

    def sentence(self, place: int) -> Span:
        """Return the sentence in which a place stands."""
        after = bisect_right(self._ends, place)
        start = self._ends[after - 1] if after else 0
        return Span(start, self._ends[after] if after < len(self._ends) else len(self.text))

    @cached_property
    def mentions(self) -> list[Mention]:
        """Who is spoken of, in order; names of the lists among them."""
        return list(self._mentions())

    def _mentions(self) -> Iterator[Mention]:
        for place, plain in enumerate(self.words):
            if plain not in lexicon.PEOPLE:
                continue
            start, end = self.spans[place]
            if plain in lexicon.ONE and self._is_one(place):
                if not self._is_general(place):
                    yield Mention(start, end, single=True, by_name=False)
            elif plain in lexicon.MANY:
                yield Mention(start, end, single=False, by_name=False)
            elif plain in lexicon.DEMONYM and place and self.words[place - 1] in {"un", "una"}:
                yield Mention(start, end, single=True, by_name=False)
            elif plain in lexicon.GIVEN and self.is_given(place):
                yield Mention(start, end, single=True, by_name=True)

    def _is_one(self, place: int) -> bool:
        word, after = self.word(place), self.following(place)
        if after in lexicon.NOT_A_PERSON_AFTER.get(word.plain, ()) or after in lexicon.THINGS:
            return False
        # "Hospital del Niño", "Joven Emprendedor": a house or a programme.
        inside = word.title and self.sentence(word.start).start < word.start
        led = 0 < place < 3 and self.words[place - 1] in {"la", "el", "the", "una", "un", "a"}
        return not inside or led or self.says_nothing_by_case

    def _is_general(self, place: int) -> bool:
        general = not lexicon.GENERIC_BEFORE.isdisjoint(self.led_by(place, 3))
        return general or self.following(place) in {"o", "u", "or"}

    def is_given(self, place: int) -> bool:
        """Tell whether a word that the lists know is somebody's name here, by itself."""
        word = self.word(place)
        if word.plain in lexicon.AMBIGUOUS or len(word.plain) < 3:
            return False
        if not (word.title or word.capitals or self.says_nothing_by_case):
            return False
        return not self.is_institution(place, place + 1)

    def is_institution(self, first: int, last: int) -> bool:
        """Tell whether the words are part of the name of a place, a house or a law."""
        if first and self.words[first - 1] in lexicon.GENERAL_OF_PLACES:
            return True
        house = not lexicon.INSTITUTION.isdisjoint(self.led_by(first, 2))
        if house and set(",;:(").isdisjoint(self.gaps[first]):
            return True
        for start in {first, max(first - 1, 0)}:
            phrase = " ".join(self.words[start : start + 3])
            if phrase.startswith(lexicon.PUBLIC_NAMES):
                return True
        return any(word.plain in lexicon.INSTITUTION for word in self._run(first, last))

    def _run(self, first: int, last: int) -> list[Word]:
        """Return the words with a capital letter on both sides, up to a mark between."""
        if self.says_nothing_by_case:
            return []
        words = []
        for step, start, most in ((-1, first, 6), (1, last - 1, 8)):
            place = start
            for _ in range(most):
                following = place + step
                if not 0 <= following < len(self.words):
                    break
                word, right = self.word(following), max(following, place)
                gap = self.gaps[right]
                short = len(self.words[right - 1]) < 4
                joined = gap in {" ", "-", "'", ' "'} or (gap == ". " and short)
                small = word.plain in {"de", "del", "la", "las", "los", "of", "the", "for"}
                if not joined:
                    break
                words.append(word)
                if not (word.title or word.capitals or small):
                    break  # "the Reina Sofía foundation"
                place = following
        return words

    def closest(self, place: int, *, before: int, after: int = 0) -> Mention | None:
        """Return who was spoken of last before a place in its sentence, else who follows."""
        own = self.sentence(place)
        last = bisect_right(self.mentions, place, key=lambda mention: mention.end) - 1
        if last >= 0 and self.mentions[last].start >= max(own.start, place - before):
            return self.mentions[last]
        following = next(iter(self.mentions[last + 1 : last + 2]), None)
        reach = min(own.end, place + after)
        return following if following is not None and following.start < reach else None

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return who is spoken of in a piece of the text."""
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, span.end, key=lambda mention: mention.start)
        return self.mentions[first:last]

    def speaks_of_one(self, place: int) -> bool:
        """Tell whether the sentence of a place speaks of one person."""
        return any(mention.single for mention in self.mentions_in(self.sentence(place)))

    @cached_property
    def speaks_of_somebody(self) -> bool:
        """Whether the text speaks of one person anywhere."""
        return not self.known.isdisjoint(lexicon.ANYONE) and any(
            mention.single for mention in self.mentions
        )


def _last_word(plain: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 5 and plain[start - 1].isalnum():
        start -= 1
    return plain[start:end]
