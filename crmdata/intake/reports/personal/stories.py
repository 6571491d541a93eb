"""What one child went through, told with kin or a place: it may be known though nobody is named."""

import re
from collections.abc import Iterator

from crmdata.intake.reports.personal import lexicon
from crmdata.intake.reports.personal.lexicon import cue_words
from crmdata.intake.reports.personal.reading import Mention, TextReading
from crmdata.search import Span

_HAPPENED = (
    "fue|llego|viajo|viajaba|retorno|regreso|volvio|ingreso|cruzo|huyo|salio|migro|desaparecio|"
    "sufrio|fallecio|encontro|encontraba|was|arrived|travelled|traveled|returned|crossed|fled|"
    "left|went|came|disappeared|died"
)
_EVENT = re.compile(rf"(?<![a-z])(?:{_HAPPENED})(?![a-z])")
_OF_EVENTS = cue_words(_HAPPENED)
_KIN = re.compile(
    r"(?<![a-z])(?:su|sus|his|her|la|el|una?) (?:propi[oa] )?(?:madre|padre|mama|papa|ti[oa]|"
    r"abuel[oa]|herman[oa]|prim[oa]|madrina|padrino|madrastra|padrastro|mother|father|aunt|uncle|"
    r"grandmother|grandfather|sister|brother|cousin|stepmother|stepfather|tutora?|guardian)"
    r"(?![a-z])"
)
_PLACE = re.compile(r"(?<![a-z])(?:en|a|de|desde|hasta|in|from|to|at) (?=[a-z])")
_ALONE = re.compile(r"(?<![a-z])(?:sol[oa]|alone|(?:no|sin) acompanad[oa]|unaccompanied)(?![a-z])")
_BEFORE = frozenset({"un", "una", "la", "el", "a", "one", "the", "esta", "este", "this"})


def signs(reading: TextReading) -> Iterator[Span]:
    """Yield what was told of one child with a relative, or alone with a place by its name."""
    if reading.known.isdisjoint(_OF_EVENTS) or reading.known.isdisjoint(lexicon.CHILD):
        return
    for mention in reading.mentions:
        if _is_a_child(reading, mention):
            yield from _story(reading, mention)


def _is_a_child(reading: TextReading, mention: Mention) -> bool:
    word = reading.plain[mention.start : mention.end]
    before = re.findall("[a-z]+", reading.plain[max(mention.start - 20, 0) : mention.start])
    return mention.single and word in lexicon.CHILD and bool(before) and before[-1] in _BEFORE


def _story(reading: TextReading, mention: Mention) -> Iterator[Span]:
    end = reading.sentence(mention.start).end
    if _EVENT.search(reading.plain, mention.end, end) is None:
        return
    kin = _KIN.search(reading.plain, mention.end, end)
    if kin is not None:
        yield Span(mention.start, kin.end())
    elif _ALONE.search(reading.plain, mention.end, end) is not None:
        places = _PLACE.finditer(reading.plain, mention.end, end)
        named = next((place for place in places if reading.text[place.end()].isupper()), None)
        if named is not None:
            name = re.match(r"\w+", reading.text[named.end() : end])
            yield Span(mention.start, named.end() + (name.end() if name else 0))
