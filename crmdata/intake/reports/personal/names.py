"""Names and initials of one person, in any case: told from houses, laws, places and offices."""

import re
from collections.abc import Iterator

from crmdata.intake.reports.personal import lexicon
from crmdata.intake.reports.personal.reading import Reading, Span, Word

_CALLED = re.compile(
    r"(?<![a-z])(?:(?P<named>llamad[oa]s?|de nombres?|se llaman?|se llamaba|"
    r"responden? al nombre de|"
    r"responde a|respondia al nombre de|named|called|(?:his|her|their|whose) names? (?:is|are|was)|"
    r"goes by|by the name of|who goes by|apodad[oa]|alias|a\.?k\.?a\.?|nickname[d]?)|"
    r"(?P<known>identificad[oa]s? como|known as|conocid[oa]s? como|identified as|"
    r"registrad[oa] como|"
    r"nombres?|names?|su nombre es|nombre completo|full name))"
    r"[ :,]{1,3}[\"'(]?(?P<name>[^\W\d_]{2,20})"
)
_ADJECTIVES = re.compile(lexicon.ADJECTIVE)
_INITIALS = re.compile(
    r"(?<![^\W\d_])[A-ZÁÉÍÓÚÑ]\.? ?(?:[A-ZÁÉÍÓÚÑ]\. ?){1,3}(?![^\W\d_])|"
    r"(?<![^\W\d_.])(?:[A-ZÁÉÍÓÚÑ]\. ?){2,4}|(?<![^\W\d_.])(?:[a-z]\.){2,4}"
)
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


def signs(reading: Reading) -> Iterator[Span]:
    """Yield the names, and the initials, of persons."""
    words = reading.words
    known = {word.plain for word in words}
    yield from _called(reading)
    yield from _initials(reading)
    places = {word.start: place for place, word in enumerate(words)}
    if known & lexicon.ONE or known & lexicon.NAMED_TOGETHER:
        for place, word in enumerate(words):
            if word.plain in lexicon.ONE:
                yield from _after_role(reading, place)
            elif word.plain in lexicon.NAMED_TOGETHER:
                yield from _after_several(reading, place)
    if known & lexicon.GIVEN:
        for found in _CASE_OF.finditer(reading.plain):
            at = places.get(found.start("name"))
            if at is not None and _is_name(reading, at) and not _held_office(reading, at):
                yield Span(found.start("name"), found.end())
        yield from _full_names(reading)


def _called(reading: Reading) -> Iterator[Span]:
    places = {word.start: place for place, word in enumerate(reading.words)}
    for found in _CALLED.finditer(reading.plain):
        place = places.get(found.start("name"))
        if place is None:
            continue
        word = reading.words[place]
        if word.plain in lexicon.FUNCTION or word.plain in lexicon.NOT_A_NAME:
            continue
        own = reading.sentence(found.start())
        before = reading.words_before(found.start(), min(60, found.start() - own.start))
        people = any(one.plain in lexicon.ONE | lexicon.NAMED_TOGETHER for one in before)
        house = any(one.plain in lexicon.INSTITUTION | lexicon.AGED_THINGS for one in before)
        given = word.plain in lexicon.GIVEN and (people or word.plain not in lexicon.AMBIGUOUS)
        close = people and any(
            one.plain in lexicon.ONE | lexicon.NAMED_TOGETHER for one in before[-4:]
        )
        unknown = word.title and not word.capitals and not reading.says_nothing_by_case
        meant = close if found["named"] and not word.title else unknown
        if not house and (given or (people and meant)):
            yield Span(found.start("name"), _name_end(reading, place))


def _after_role(reading: Reading, place: int) -> Iterator[Span]:
    """Yield the name behind "la niña", "the boy,", "hijo de": of the lists, or by its capital."""
    words = reading.words
    if not _leads(reading, place):
        return
    skipped, following = 0, place + 1
    while following < len(words) and skipped < 4:
        gap = reading.plain[words[following - 1].end : words[following].start]
        if gap.strip(" ") not in {"", ",", ".", ":", '"', "'", "(", ", '", "-"} or len(gap) > 3:
            return
        word = words[following]
        if _is_name(reading, following, skipped=skipped, comma="," in gap or "(" in gap):
            if not _held_office(reading, following):
                yield Span(words[place].start, _name_end(reading, following))
            return
        small = word.plain in {"de", "of", "y", "and"} and words[place].plain not in lexicon.PERSON
        if not (small or _ADJECTIVES.fullmatch(word.plain) or word.plain in lexicon.ONE):
            return
        following += 1
        skipped += 1


def _leads(reading: Reading, place: int) -> bool:
    """Tell whether a word for a person is one, and not part of a house's name or a title."""
    words, word = reading.words, reading.words[place]
    after = words[place + 1].plain if place + 1 < len(words) else ""
    if after in lexicon.NOT_A_PERSON_AFTER.get(word.plain, ()):
        return False
    if reading.says_nothing_by_case:
        near = {one.plain for one in reading.led_by(place, 3)}
        return not near & {"hospital", "hogar", "casa", "day", "dia", "ley"}
    inside = word.title and reading.sentence(word.start).start < word.start
    led = place and words[place - 1].plain in {"la", "el", "the", "a", "un", "una"} and place < 3
    near = {one.plain for one in reading.led_by(place, 3) if one.title}
    return (not inside or bool(led) or word.plain in {"sr", "sra", "mr", "mrs", "ms", "uac"}
            ) and not near & lexicon.INSTITUTION  # fmt: skip


def _is_name(reading: Reading, place: int, *, skipped: int = 0, comma: bool = False) -> bool:
    """Tell whether a word is the name of who was just spoken of."""
    word = reading.words[place]
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


def _looks_like_a_name(reading: Reading, place: int, *, skipped: int, comma: bool) -> bool:
    """Tell whether a word with a capital letter, that no list knows, is a name."""
    words, word = reading.words, reading.words[place]
    usual = lexicon.INSTITUTION | lexicon.ONE | lexicon.MANY | lexicon.OFFICE
    if word.plain in usual or len(word.plain) < 3:
        return False
    if skipped == 0:
        return not comma or _named_on(reading, place)
    return (
        place + 1 < len(words) and words[place + 1].title
        and words[place + 1].plain not in lexicon.NOT_A_NAME
        and reading.plain[word.end : words[place + 1].start] == " "
    )  # fmt: skip


def _named_on(reading: Reading, place: int) -> bool:
    """Tell whether an unknown word behind a comma goes on like a name: a second one, a comma."""
    word = reading.words[place]
    following = reading.words[place + 1] if place + 1 < len(reading.words) else None
    if following is not None and following.title and following.start - word.end == 1:
        return True
    return re.match(r" ?[,)(]", reading.plain[word.end : word.end + 2]) is not None


def _before_surname(reading: Reading, place: int) -> bool:
    """Tell whether a surname follows a word that no list knows: "erasmo chub"."""
    if place + 1 >= len(reading.words):
        return False
    word, following = reading.words[place : place + 2]
    known = following.plain in lexicon.SURNAME or _like_a_surname(following.plain)
    usual = (
        lexicon.FUNCTION | lexicon.ONE | lexicon.MANY | lexicon.INSTITUTION | lexicon.AGED_THINGS
    )
    alone = reading.plain[word.end : following.start] == " " and len(word.plain) > 3
    return known and alone and word.plain not in usual


def _like_a_surname(plain: str) -> bool:
    return len(plain) > 4 and plain.endswith("ez") and plain not in lexicon.NOT_SURNAME


def _held_office(reading: Reading, place: int) -> bool:
    return any(word.plain in lexicon.OFFICE for word in reading.led_by(place, 3))


def _after_several(reading: Reading, place: int) -> Iterator[Span]:
    """Yield the names behind "los hermanos", two at least: one may be a people or a place."""
    words = reading.words
    names: list[Word] = []
    following = place + 1
    while following < len(words) and len(names) < 4:
        gap = reading.plain[words[following - 1].end : words[following].start].strip()
        word = words[following]
        if gap not in {"", ",", ":", "("}:
            break
        if word.plain in {"y", "e", "and"} and names:
            following += 1
            continue
        listed = word.plain in lexicon.GIVEN or word.plain in lexicon.SURNAME
        if not (listed or (word.title and not reading.says_nothing_by_case)):
            break
        kind = lexicon.NOT_A_NAME | lexicon.ONE | lexicon.MANY
        if word.plain in kind or reading.is_institution(following, following + 1):
            break
        names.append(word)
        following += 1
    sure = any(word.plain in lexicon.GIVEN - lexicon.AMBIGUOUS for word in names)
    if names and (sure or len(names) > 1):
        yield Span(names[0].start, names[-1].end)


def _full_names(reading: Reading) -> Iterator[Span]:
    """Yield a given name with a surname, or by itself where it is nothing else."""
    words = reading.words
    for place, word in enumerate(words):
        if word.plain not in lexicon.GIVEN or reading.is_institution(place, place + 1):
            continue
        if _held_office(reading, place):
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        close = following is not None and reading.plain[word.end : following.start] in {" ", "-"}
        surname = close and following is not None and _is_surname(reading, place, place + 1)
        if surname and following is not None and _is_written_as_name(reading, word, following):
            if not reading.is_institution(place, place + 2):
                yield Span(word.start, _name_end(reading, place))
        elif reading.is_given(place) and reading.speaks_of_one(word.start):
            if not reading.says_nothing_by_case or _somebody_beside(reading, place):
                yield Span(word.start, word.end)
        elif _behind_surname(reading, place):
            yield Span(words[place - 1].start, word.end)


def _is_written_as_name(reading: Reading, word: Word, following: Word) -> bool:
    if reading.says_nothing_by_case:
        return word.plain not in lexicon.AMBIGUOUS
    return (word.title and following.title) or (word.capitals and following.capitals)


def _somebody_beside(reading: Reading, place: int) -> bool:
    """Tell whether a text without capitals speaks of one person beside this name."""
    own = reading.sentence(reading.words[place].start)
    return any(one.one and not one.named for one in reading.mentions_in(own))


def _is_surname(reading: Reading, given: int, place: int) -> bool:
    plain = reading.words[place].plain
    if plain in lexicon.SURNAME or plain in lexicon.GIVEN or _like_a_surname(plain):
        return True
    word = reading.words[place]
    return (
        reading.words[given].plain not in lexicon.AMBIGUOUS
        and word.title and len(plain) > 2 and not reading.says_nothing_by_case
        and plain not in lexicon.NOT_A_NAME | lexicon.INSTITUTION
    )  # fmt: skip


def _behind_surname(reading: Reading, place: int) -> bool:
    """Tell whether a given name follows its surname and a comma: "PEREZ-TUMAX, JOSE L."."""
    if not place:
        return False
    word, before = reading.words[place], reading.words[place - 1]
    if reading.plain[before.end : word.start] not in {", ", ","}:
        return False
    capitals = before.capitals and word.capitals and len(before.plain) > 3
    surname = before.plain in lexicon.SURNAME or _like_a_surname(before.plain)
    return surname and capitals


def _name_end(reading: Reading, place: int) -> int:
    """Return where a name ends that begins with a word."""
    words, last = reading.words, place
    for following in range(place + 1, min(place + 5, len(words))):
        word = words[following]
        gap = reading.plain[words[last].end : word.start]
        if gap not in {" ", "-", ". "}:
            break
        listed = word.plain in lexicon.GIVEN or word.plain in lexicon.SURNAME
        if not (listed or (word.title and not reading.says_nothing_by_case)):
            break
        if word.plain in lexicon.NOT_A_NAME:
            break
        last = following
    return words[last].end


def _initials(reading: Reading) -> Iterator[Span]:
    for found in _INITIALS.finditer(reading.text):
        written = found[0].strip()
        usual = written.replace(" ", "").lower() in _NO_INITIALS
        if "." in written and _stands_for_somebody(reading, found, usual=usual):
            yield Span(found.start(), found.start() + len(found[0].rstrip()))
    for place, word in enumerate(reading.words[1:], 1):
        if not word.capitals or reading.says_nothing_by_case:
            continue
        written = reading.text[word.start : word.end]
        if _CAPITALS.fullmatch(written) is None or written in _KNOWN_CAPITALS:
            continue
        before = reading.words[place - 1]
        near = word.start - before.end <= 2
        if (
            near
            and _leads(reading, place - 1)
            and before.plain in lexicon.CHILD | {"iniciales", "initials"}
        ):
            yield Span(before.start, word.end)


def _stands_for_somebody(reading: Reading, found: re.Match[str], *, usual: bool) -> bool:
    start, end = found.span()
    before = reading.words_before(start, 40)
    near = re.match(r"[ ,:(\"]{0,3}\Z", reading.plain[before[-1].end : start]) if before else None
    if near is not None and before[-1].plain in lexicon.ONE | {"iniciales", "initials"}:
        return True
    if usual:
        return False
    middle = [word.plain for word in before[-4:]]
    if near is not None and any(word in lexicon.CHILD for word in middle[-3:]):
        return True
    return _AFTER_INITIALS.match(reading.plain, end) is not None
