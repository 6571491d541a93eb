"""Names and initials of one person, in any case: told from houses, laws, places and offices."""

import re
from collections.abc import Iterator

from crmdata.intake.reports.personal import lexicon
from crmdata.intake.reports.personal.reading import TextReading, Word
from crmdata.search import Span

_NAMED = (
    r"llamad[oa]s?|de nombres?|se llaman?|se llamaba|responden? al nombre de|responde a|"
    r"respondia al nombre de|named|called|(?:his|her|their|whose) names? (?:is|are|was)|"
    r"goes by|by the name of|who goes by|apodad[oa]|alias|a\.?k\.?a\.?|nicknamed?"
)
_KNOWN = (
    "identificad[oa]s? como|known as|conocid[oa]s? como|identified as|registrad[oa] como|"
    "nombres?|names?|su nombre es|nombre completo|full name"
)
_CALLED = re.compile(
    rf"(?<![a-z])(?:(?P<named>{_NAMED})|{_KNOWN})[ :,]{{1,3}}[\"'(]?(?P<name>[^\W\d_]{{2,20}})"
)
_CALLING = lexicon.cue_words(f"{_NAMED}|{_KNOWN}", "aka ak ka k")
_ADJECTIVES = re.compile(lexicon.ADJECTIVE)
_INITIALS = re.compile(
    r"[A-ZÁÉÍÓÚÑ](?:(?<![^\W\d_].)\.? ?(?:[A-ZÁÉÍÓÚÑ]\. ?){1,3}(?![^\W\d_])|"
    r"(?<![^\W\d_.].)\. ?(?:[A-ZÁÉÍÓÚÑ]\. ?){1,3})"
)
_SMALL_INITIALS = re.compile(r"[a-z]\.(?<![^\W\d_.]..)(?:[a-z]\.){1,3}")
_NO_INITIALS = lexicon.word_set(
    "ee.uu. eeuu u.s. u.s.a. u.n. s.a. c.a. d.c. d.f. e.u. o.e.a. r.l. a.m. p.m. n.n.a. e.g. i.e. "
    "d.o.b. f.n. p.o. c.v. u.k. l.a. n.y. a.c. s.c. r.d. d.n. p.s. v.i.h. h.i.v. i.d. c.i. b.c. "
    "d.u.i. d.n.i. c.u.i. o.i.m. e.e.u.u. p.a. p.d. n.b. a.k.a. j.d. m.d. b.i.d. r.o. v.g. "
    "p.ej. op.cit."
)
_CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÑ]{2,4}")
_KNOWN_CAPITALS = lexicon.word_set(
    "DIF PGN INM OIM CBP ICE ORR UAC SRE NNA VIH HIV UN ONU USA EUA USD CRM SICA DUI DNI DPI CUI "
    "CURP ID UCI CNA IOM MAM GAM LGBT LGBTI PAN ISNA RNP INE MINEX ACNUR CICR ICRC HRW DHS HHS "
    "CIDH CDH COIP OEA CR MX GT HN SV NI PA BZ DO US CA IV II III VI VII IX XI XII GPS TV "
    "LA EL DE EN SU AL NO SE QUE THE OF TO IN ON AT BY WAS IS HAS AND FOR CON POR SIN LOS LAS "
    "DEL UNA FUE ES HA"
)
_AFTER_INITIALS = re.compile(
    r"[ ]?[,(/]? ?(?:de |\(|(?:f|m|h|fem|masc)[,. /]|aged|age|(?:[0-9]{1,2}|"
    rf"{lexicon.NUMBERS})(?: ?(?:anos|years|[,)])|-year))"
)
_CASE_OF = re.compile(
    r"(?<![a-z])(?:(?:caso|expediente|favor|traslado|retorno|repatriacion|entrega|situacion|"
    r"custodia|tutela|identidad|nombre|familia|hijo|hija|madre|padre|padres|tia|tio|abuela|abuelo|"
    r"hermana|hermano|hermanos|tutor|mama|papa|case|file|return|transfer|behalf|custody|name|"
    r"mother|father|parents|sister|brother|aunt|uncle|grandmother|sponsor|son|daughter|situation)"
    r" (?:de|del|of)(?: la| el| the)?|caso|case|file|expediente) [\"']?(?P<name>[^\W\d_]{3,20})"
)

_INITIALS_ARE = lexicon.word_set("iniciales initials")
_BEFORE_INITIALS = lexicon.ONE | _INITIALS_ARE
_BEFORE_CAPITALS = lexicon.CHILD | _INITIALS_ARE
_LEADING = lexicon.NAMED_BESIDE | _INITIALS_ARE
_SURE = lexicon.GIVEN - lexicon.AMBIGUOUS
_NO_NAME_AFTER_ONE = lexicon.INSTITUTION | lexicon.ONE | lexicon.MANY | lexicon.OFFICE
_NO_NAME_AFTER_SEVERAL = lexicon.NOT_A_NAME | lexicon.ONE | lexicon.MANY
_NO_NAME_BEFORE_SURNAME = lexicon.FUNCTION | lexicon.ONE | lexicon.MANY | lexicon.THINGS


def signs(reading: TextReading) -> Iterator[Span]:
    """Yield the names, and the initials, of persons."""
    yield from _initials(reading)
    if not reading.known.isdisjoint(_CALLING):
        yield from _called(reading)
    if not reading.known.isdisjoint(_LEADING):
        for place, plain in enumerate(reading.words):
            if plain in _LEADING:
                yield from _behind(reading, place)
    if not reading.known.isdisjoint(lexicon.GIVEN) and not lexicon.GIVEN.isdisjoint(reading.words):
        for match, at in _names_in(reading, _CASE_OF):
            if _is_name(reading, at) and not _held_office(reading, at):
                yield Span(match.start("name"), match.end())
        yield from _full_names(reading)


def _behind(reading: TextReading, place: int) -> Iterator[Span]:
    plain = reading.words[place]
    if plain in lexicon.ONE:
        yield from _after_role(reading, place)
    elif plain in lexicon.NAMED_TOGETHER:
        yield from _after_several(reading, place)
    if plain in _BEFORE_CAPITALS:
        yield from _capitals(reading, place)


def _names_in(
    reading: TextReading, pattern: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], int]]:
    """Yield where a pattern is found, with the place among the words of the `name` in it."""
    places = {start: place for place, (start, _) in enumerate(reading.spans)}
    for match in pattern.finditer(reading.plain):
        if match.start("name") in places:
            yield match, places[match.start("name")]


def _called(reading: TextReading) -> Iterator[Span]:
    for match, place in _names_in(reading, _CALLED):
        word = reading.word(place)
        if word.plain in lexicon.FUNCTION or word.plain in lexicon.NOT_A_NAME:
            continue
        own = reading.sentence(match.start())
        before = reading.words_before(match.start(), min(60, match.start() - own.start))
        people = any(word_before.plain in lexicon.NAMED_BESIDE for word_before in before)
        house = any(word_before.plain in lexicon.THINGS for word_before in before)
        first_name = word.plain in lexicon.GIVEN and (people or word.plain not in lexicon.AMBIGUOUS)
        close = people and any(
            word_before.plain in lexicon.NAMED_BESIDE for word_before in before[-4:]
        )
        unknown = word.title and not word.capitals and not reading.says_nothing_by_case
        likely = close if match["named"] and not word.title else unknown
        if not house and (first_name or (people and likely)):
            yield Span(match.start("name"), _name_end(reading, place))


def _after_role(reading: TextReading, place: int) -> Iterator[Span]:
    """Yield the name behind "la niña", "the boy,", "hijo de": of the lists, or by its capital."""
    if not _leads(reading, place):
        return
    skipped, following = 0, place + 1
    while following < len(reading.words) and skipped < 4:
        gap = reading.gaps[following]
        if gap.strip(" ") not in {"", ",", ".", ":", '"', "'", "(", ", '", "-"} or len(gap) > 3:
            return
        plain = reading.words[following]
        if _is_name(reading, following, skipped=skipped, comma="," in gap or "(" in gap):
            if not _held_office(reading, following):
                yield Span(reading.spans[place][0], _name_end(reading, following))
            return
        small = plain in {"de", "of", "y", "and"} and reading.words[place] not in lexicon.PERSON
        if not (small or plain in lexicon.ONE or _ADJECTIVES.fullmatch(plain)):
            return
        following += 1
        skipped += 1


def _leads(reading: TextReading, place: int) -> bool:
    """Tell whether a word for a person is one, and not part of a house's name or a title."""
    word = reading.word(place)
    if reading.following(place) in lexicon.NOT_A_PERSON_AFTER.get(word.plain, ()):
        return False
    if reading.says_nothing_by_case:
        houses = {"hospital", "hogar", "casa", "day", "dia", "ley"}
        return houses.isdisjoint(reading.led_by(place, 3))
    inside = word.title and reading.sentence(word.start).start < word.start
    led = 0 < place < 3 and reading.words[place - 1] in {"la", "el", "the", "a", "un", "una"}
    near = reading.led_by(place, 3)
    house = any(
        plain in lexicon.INSTITUTION and reading.word(at).title
        for at, plain in enumerate(near, place - len(near))
    )
    titled = word.plain in {"sr", "sra", "mr", "mrs", "ms", "uac"}
    return (not inside or led or titled) and not house


def _is_name(reading: TextReading, place: int, *, skipped: int = 0, comma: bool = False) -> bool:
    """Tell whether a word is the name of who was just spoken of."""
    word = reading.word(place)
    if word.plain in lexicon.NOT_A_NAME or reading.is_institution(place, place + 1):
        return False
    written = word.title or word.capitals or reading.says_nothing_by_case
    if word.plain in lexicon.GIVEN and not (word.plain in lexicon.AMBIGUOUS and comma):
        return written or skipped == 0
    if word.plain in lexicon.SURNAME or _like_a_surname(word.plain):
        return written
    if reading.says_nothing_by_case:
        return _before_surname(reading, place)
    return word.title and _looks_like_a_name(reading, place, skipped=skipped, comma=comma)


def _looks_like_a_name(reading: TextReading, place: int, *, skipped: int, comma: bool) -> bool:
    """Tell whether a word with a capital letter, that no list knows, is a name."""
    plain = reading.words[place]
    if plain in _NO_NAME_AFTER_ONE or len(plain) < 3:
        return False
    if skipped == 0:
        return not comma or _named_on(reading, place)
    after = reading.following(place)
    return (
        after != "" and reading.word(place + 1).title
        and after not in lexicon.NOT_A_NAME and reading.gaps[place + 1] == " "
    )  # fmt: skip


def _named_on(reading: TextReading, place: int) -> bool:
    """Tell whether an unknown word behind a comma goes on like a name: a second one, a comma."""
    gap = reading.gaps[place + 1]
    if len(gap) == 1 and reading.following(place) and reading.word(place + 1).title:
        return True
    return re.match(r" ?[,)(]", gap) is not None


def _before_surname(reading: TextReading, place: int) -> bool:
    """Tell whether a surname follows a word that no list knows: "erasmo chub"."""
    plain, following = reading.words[place], reading.following(place)
    known = following in lexicon.SURNAME or _like_a_surname(following)
    alone = known and reading.gaps[place + 1] == " " and len(plain) > 3
    return alone and plain not in _NO_NAME_BEFORE_SURNAME


def _like_a_surname(plain: str) -> bool:
    return len(plain) > 4 and plain.endswith("ez") and plain not in lexicon.NOT_SURNAME


def _held_office(reading: TextReading, place: int) -> bool:
    return not lexicon.OFFICE.isdisjoint(reading.led_by(place, 3))


def _after_several(reading: TextReading, place: int) -> Iterator[Span]:
    """Yield the names behind "los hermanos", two at least: one may be a people or a place."""
    names: list[Word] = []
    following = place + 1
    while following < len(reading.words) and len(names) < 4:
        plain = reading.words[following]
        joins = bool(names) and plain in {"y", "e", "and"}
        # Asked first: after "niñas, niños" a name follows in few texts.
        if plain in _NO_NAME_AFTER_SEVERAL and not joins:
            break
        if reading.gaps[following].strip() not in {"", ",", ":", "("}:
            break
        if joins:
            following += 1
            continue
        word = reading.word(following)
        known = plain in lexicon.GIVEN or plain in lexicon.SURNAME
        if not (known or (word.title and not reading.says_nothing_by_case)):
            break
        if reading.is_institution(following, following + 1):
            break
        names.append(word)
        following += 1
    sure = any(word.plain in _SURE for word in names)
    if names and (sure or len(names) > 1):
        yield Span(names[0].start, names[-1].end)


def _full_names(reading: TextReading) -> Iterator[Span]:
    """Yield a given name with a surname, or by itself where it is nothing else."""
    for place, plain in enumerate(reading.words):
        if plain not in lexicon.GIVEN or reading.is_institution(place, place + 1):
            continue
        if _held_office(reading, place):
            continue
        word = reading.word(place)
        close = reading.following(place) != "" and reading.gaps[place + 1] in {" ", "-"}
        if (
            close and _is_surname(reading, place, place + 1)
            and _is_written_as_name(reading, word, reading.word(place + 1))
        ):  # fmt: skip
            if not reading.is_institution(place, place + 2):
                yield Span(word.start, _name_end(reading, place))
        elif reading.is_given(place) and reading.speaks_of_one(word.start):
            if not reading.says_nothing_by_case or _somebody_beside(reading, place):
                yield Span(word.start, word.end)
        elif _behind_surname(reading, place):
            yield Span(reading.spans[place - 1][0], word.end)


def _is_written_as_name(reading: TextReading, word: Word, following: Word) -> bool:
    if reading.says_nothing_by_case:
        return word.plain not in lexicon.AMBIGUOUS
    return (word.title and following.title) or (word.capitals and following.capitals)


def _somebody_beside(reading: TextReading, place: int) -> bool:
    """Tell whether a text without capitals speaks of one person beside this name."""
    own = reading.sentence(reading.spans[place][0])
    return any(mention.single and not mention.by_name for mention in reading.mentions_in(own))


def _is_surname(reading: TextReading, first: int, place: int) -> bool:
    plain = reading.words[place]
    if plain in lexicon.SURNAME or plain in lexicon.GIVEN or _like_a_surname(plain):
        return True
    return (
        reading.words[first] not in lexicon.AMBIGUOUS
        and reading.word(place).title and len(plain) > 2 and not reading.says_nothing_by_case
        and plain not in lexicon.NOT_A_NAME and plain not in lexicon.INSTITUTION
    )  # fmt: skip


def _behind_surname(reading: TextReading, place: int) -> bool:
    """Tell whether a given name follows its surname and a comma: "PEREZ-TUMAX, JOSE L."."""
    if not place:
        return False
    if reading.gaps[place] not in {", ", ","}:
        return False
    word, before = reading.word(place), reading.word(place - 1)
    capitals = before.capitals and word.capitals and len(before.plain) > 3
    surname = before.plain in lexicon.SURNAME or _like_a_surname(before.plain)
    return surname and capitals


def _name_end(reading: TextReading, place: int) -> int:
    """Return where a name ends that begins with a word."""
    last = place
    for following in range(place + 1, min(place + 5, len(reading.words))):
        word = reading.word(following)
        if reading.gaps[following] not in {" ", "-", ". "}:
            break
        known = word.plain in lexicon.GIVEN or word.plain in lexicon.SURNAME
        if not (known or (word.title and not reading.says_nothing_by_case)):
            break
        if word.plain in lexicon.NOT_A_NAME:
            break
        last = following
    return reading.spans[last][1]


def _initials(reading: TextReading) -> Iterator[Span]:
    for pattern in (_INITIALS, _SMALL_INITIALS):
        for match in pattern.finditer(reading.text):
            written = match[0].strip()
            usual = written.replace(" ", "").lower() in _NO_INITIALS
            if "." in written and _stands_for_somebody(reading, match, usual=usual):
                yield Span(match.start(), match.start() + len(match[0].rstrip()))


def _capitals(reading: TextReading, place: int) -> Iterator[Span]:
    """Yield the initials without points behind a child: "menor KLM"."""
    if not reading.following(place) or len(reading.gaps[place + 1]) > 2:
        return
    word = reading.word(place + 1)
    initials = _CAPITALS.fullmatch(word.written) is not None and word.written not in _KNOWN_CAPITALS
    if initials and not reading.says_nothing_by_case and _leads(reading, place):
        yield Span(reading.spans[place][0], word.end)


def _stands_for_somebody(reading: TextReading, match: re.Match[str], *, usual: bool) -> bool:
    start, end = match.span()
    before = reading.words_before(start, 40)
    near = re.match(r"[ ,:(\"]{0,3}\Z", reading.plain[before[-1].end : start]) if before else None
    if near is not None and before[-1].plain in _BEFORE_INITIALS:
        return True
    if usual:
        return False
    middle = [word.plain for word in before[-4:]]
    if near is not None and any(word in lexicon.CHILD for word in middle[-3:]):
        return True
    return _AFTER_INITIALS.match(reading.plain, end) is not None
