"""Ages of one person and dates of births: told from ages of groups and days of meetings."""

import re
from collections.abc import Iterator

from crmdata.intake.reports.personal import lexicon
from crmdata.intake.reports.personal.reading import TextReading, spans
from crmdata.search import Span

_NUMBER = rf"(?:[0-9]{{1,2}}(?![0-9])|(?:{lexicon.NUMBERS})(?![a-z]))"
_AGE = re.compile(
    rf"(?<![a-z0-9.,/-])(?P<number>{_NUMBER})[ -]?"
    r"(?:anos?|anitos?|a[nñ]ios?|mes(?:es)?|semanas)(?P<of_age> de (?:edad|nacid[oa]))?(?![a-z])|"
    rf"(?<![a-z0-9.,/-])(?P<english>{_NUMBER})[ -]{{0,2}}"
    r"(?:years?|yrs?\.?|y/?|months?|mos?|weeks?)[ -]?(?:old|of age|o)(?![a-z])|"
    rf"(?<![a-z])(?:turned|turns|cumplio|cumple) (?P<turned>{_NUMBER})(?= ?[,.;)]| (?:on|el|"
    rf"in|en) )|"
    rf"(?<![a-z])(?:aged|age|edad)(?: (?:of|de|aproximada|aproximadamente|approximately|about))?"
    rf"[ :]{{1,2}}(?P<aged>{_NUMBER})(?! ?(?:-|a|to|y|and|or|o)? ?[0-9])"
)
_AGED = lexicon.cue_words(
    "anos?|anitos?|anios?|mes|meses|semanas|turned|turns|cumplio|cumple|aged?|edad|old|o|years?o|"
    "years?old|yrs?o|yrs?old|yo|yold|months?o|months?old|mos?o|mos?old|weeks?o|weeks?old"
)
"""One of these stands in every age."""
_NOT_OF_ONE = re.compile(
    r"(?:menores de|mayores de|mayor de|mayor a|menor a|menos de|mas de|entre|hasta|desde|hace|"
    r"durante|ultim[oa]s|primer[oa]s|cada|en|por|tras|al menos|promedio|promedio de|media|"
    r"media de|a los|cumplir los|under|over|below|above|between|from|least|average|age of|mean|"
    r"than|for|in|within|last|past|next|every|first|the age of|o menor de|ser menor de|"
    r"(?:persona|nin[oa]|hij[oa]|adolescente) menor de|[0-9] ?(?:a|y|-|to|and|o|or|u|e)|"
    rf"(?:{lexicon.NUMBERS}) (?:a|y|to|and|o|or)|de edad de|antes de|after|before|"
    rf"since)(?: los| las| the| de)? ?\Z"
)
_OR_MORE = re.compile(
    r" ?(?:de edad|of age)? ?(?:o|y|or|and) (?:mas|menos|menores|mayores|older|younger|more|"
    r"above|over|under|less)"
)
_A_TERM = re.compile(
    r" (?:para|de plazo|de prision|de carcel|de embarazo|de gestacion|de experiencia|de antiguedad|"
    r"despues|antes|later|ago|of experience|of service|to )"
)
_OF_LAW = re.compile(r"menor de (?:18|21|dieciocho|veintiun) ")

_SHORT = re.compile(
    rf"(?: {lexicon.ADJECTIVE}(?![a-z])){{0,2}} ?[,(/] ?(?:de )?(?:f|m|h|fem|masc)?[ ,./]{{0,2}}"
    rf"(?P<number>{_NUMBER}) ?(?=[),;./]|$|y |and )"
)
_OF_AGE = re.compile(
    rf"(?: {lexicon.ADJECTIVE}(?![a-z])){{0,2}} (?:de|of) (?:(?:1?[0-9])(?![0-9])|"
    rf"(?:{lexicon.NUMBERS})"
    r"(?![a-z]))(?= ?[,.;)]| (?:was|fue|que|who|had|is|es|from) )"
)
_SEX_AND_AGE = re.compile(r"[fmh](?<![a-z0-9/].)/[0-9]{1,2}(?![0-9])")
_SEX_BEFORE_AGE = re.compile(
    rf"[(,] ?(?:f|m|h|fem|masc|femenino|masculino|female|male)\.?[ ,/]{{1,2}}"
    rf"(?:de )?{_NUMBER}(?: ?(?:a|anos|yrs?|years))?\.? ?[),;]"
)

_MONTH = rf"(?:{lexicon.MONTHS})"
_DAY = r"(?:[0-9]{1,2}|primero|first|[a-z]{3,12}(?: y [a-z]{3,6})?)"
_YEARS = (
    r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2}(?![0-9])|dos mil(?: [a-z]{3,12}){0,3}|"
    r"two thousand(?: [a-z]{3,9}){0,3})"
)
_DATE = (
    r"(?:[0-9]{1,2} ?[-/. ] ?(?:[0-9]{1,2}|[ivx]{1,4}|"
    r"" + _MONTH + r") ?[-/. ] ?[0-9]{2,4}(?![0-9])|"
    r"(?:19|20)[0-9]{2} ?[-/.] ?[0-9]{1,2} ?[-/.] ?[0-9]{1,2}(?![0-9])|(?:19|20)[0-9]{6}(?![0-9])|"
    + _DAY + r"(?:st|nd|rd|th)? (?:de |of |dias? (?:de|del mes de) )?" + _MONTH + r"\.?,?"
    r"(?: (?:de |del |del ano |del ano de |in |of )?" + _YEARS + r")?|"
    + _MONTH + r"\.? [0-9]{1,2}(?:st|nd|rd|th)?(?:,? " + _YEARS + r")?)"
)  # fmt: skip
_MONTH_AND_YEAR = rf"(?:(?:{_MONTH},? (?:de |del |of )?)?(?:19|20)[0-9]{{2}}(?![0-9]))"
_CUES = (
    r"nacid[oa]|nacio|nace|naciera|born|birthday|cumpleanos|"
    r"(?:lugar y )?fecha (?:de )?(?:su )?nac(?:imiento)?|nacimiento(?= ?:)|birth(?= ?:)|"
    r"f\. ?(?:de )?nac|f\.n|fn|fdn|fec\.? ?nac|"
    r"date of birth|birth ?date|d\.?o\.?b|b\.|n\."
)
_BORN = re.compile(rf"(?<![a-z])(?P<cue>{_CUES})(?![a-z])(?:(?<=[bcn])\.)?")
_OF_BIRTHS = lexicon.cue_words(_CUES, "nac nacimiento birth birthdate f fecnac dob ob d b n")
_FULL = re.compile(rf"(?P<gap>[^.;!?\n]{{0,45}}?)(?<![a-z0-9])(?P<date>{_DATE})")
_PART = re.compile(
    r"(?P<gap>[ .,:(]{0,3}(?:(?:el|en|on|in|the|de|ano|mes|year|del|around|hacia) ?){0,4})"
    rf"(?P<date>{_MONTH_AND_YEAR})"
)
_ANY_DATE = re.compile(rf"(?<![a-z0-9/.-]){_DATE}")
_YEAR = re.compile(r"(?:19[5-9][0-9]|20(?:0[0-9]|1[0-4]))")
"""Of births: before the plan began, so of no meeting that it speaks of."""
_THINGS = re.compile(
    r"(?<![a-z])(?:programa|red|proyecto|iniciativa|campana|mesa|comision|alianza|ley|protocolo|"
    r"programme|program|network|project|initiative|campaign|alliance|law|protocol|idea|plan|"
    r"conferencia|conference|sistema|system|institucion|institution|grupo|group)(?![a-z])"
)


def signs(reading: TextReading) -> Iterator[Span]:
    """Yield what tells the age or the day of birth of one person."""
    plain = reading.plain
    if not reading.known.isdisjoint(_AGED):
        yield from spans(match for match in _AGE.finditer(plain) if _is_of_one(reading, match))
    if "/" in plain:
        yield from spans(_SEX_AND_AGE.finditer(plain))
    yield from spans(_SEX_BEFORE_AGE.finditer(plain))
    if reading.speaks_of_somebody:
        yield from _bare_ages(reading)
    yield from _births(reading)
    if _YEAR.search(plain) is not None:
        yield from spans(
            match for match in _ANY_DATE.finditer(plain)
            if _YEAR.search(match[0]) and _tells_a_child(reading, match.start())
        )  # fmt: skip


def _is_of_one(reading: TextReading, match: re.Match[str]) -> bool:
    """Tell an age of somebody from one of a group, of a law, of a plan."""
    plain, start = reading.plain, match.start()
    before = plain[max(start - 40, 0) : start]
    lawful = _OF_LAW.search(plain, max(start - 12, 0), match.end() + 1)
    follows = _OR_MORE.match(plain, match.end()) or _A_TERM.match(plain, match.end())
    if _NOT_OF_ONE.search(before) or lawful or follows:
        return False
    if match["aged"] and ":" in match[0]:
        return True  # a line of somebody's form
    if match["english"]:
        adjective = _adjective(reading, match)
        if adjective is not None:
            return adjective
    elif match["number"] and not match["of_age"] and not _says_age(before):
        return False
    last = re.search(r"([a-z]+) (?:de|of) ?\Z", before)
    if last is not None and last[1] in lexicon.AGED_THINGS:
        return False
    who = reading.closest(start, before=100, after=40)
    return who is not None and who.single


def _says_age(before: str) -> bool:
    return re.search(
        r"(?:[,(]|(?<![a-z])(?:de|tiene|tenia|con|cumplio|cumple|solo|unos|tan solo|apenas|"
        r"and|y|un|una))"
        r"(?: (?:aproximadamente|unos|casi|alrededor de|cerca de|apenas|solo))? ?\Z", before
    ) is not None  # fmt: skip


def _adjective(reading: TextReading, match: re.Match[str]) -> bool | None:
    """Judge "a fifteen-year-old speaker"; None where the age stands for itself."""
    following = re.split("[.;:]", reading.plain[match.end() : match.end() + 60])[0]
    near = set(re.findall("[a-z]+", following)[:4])
    if near & lexicon.AGED_THINGS and not near & lexicon.ONE:
        return False
    shortened = match[0].endswith("o")  # 17 y/o
    if shortened or re.search(
        r"(?<![a-z])(?:a|an|one|this|that|another|the) ?\Z",
        reading.plain[max(match.start() - 10, 0) : match.start()],
    ):
        return not near & lexicon.MANY
    return None


def _bare_ages(reading: TextReading) -> Iterator[Span]:
    """Yield numbers that stand behind somebody: "Kevin, 9," and "la niña (12)"."""
    for mention in reading.mentions:
        match = _SHORT.match(reading.plain, mention.end) if mention.single else None
        if (
            match is None
            and mention.single
            and reading.plain[mention.start : mention.end] != "menor"
        ):
            match = _OF_AGE.match(reading.plain, mention.end)
        if match is not None:
            yield Span(mention.start, match.end())


def _births(reading: TextReading) -> Iterator[Span]:
    plain = reading.plain
    if reading.known.isdisjoint(_OF_BIRTHS):
        return
    if not any(map(str.isdigit, plain)) and "mil" not in plain and "thousand" not in plain:
        return
    for cue in _BORN.finditer(plain):
        for pattern in (_FULL, _PART):
            match = pattern.match(plain, cue.end())
            if match is not None and _is_a_birth(reading, cue, match["gap"]):
                yield Span(cue.start(), match.end())
                break


def _is_a_birth(reading: TextReading, cue: re.Match[str], gap: str) -> bool:
    """Tell whether it is a person who was born, and one; "date of birth:" says so itself."""
    if len(cue["cue"]) > 2 and re.match("nac(?:id|io|e|ier)|born", cue["cue"]) is None:
        return len(gap) < 12 or reading.speaks_of_one(cue.start())
    if cue["cue"] in {"b.", "n."}:
        return reading.speaks_of_one(cue.start())
    who = reading.closest(cue.start(), before=60)
    if who is not None:
        return who.single
    own = reading.sentence(cue.start())
    return _THINGS.search(reading.plain, max(cue.start() - 60, own.start), cue.start()) is None


def _tells_a_child(reading: TextReading, place: int) -> bool:
    who = reading.closest(place, before=60)
    between = reading.plain[who.end : place] if who is not None else ""
    return who is not None and who.single and re.fullmatch(r"[^.;]{0,12}", between) is not None
