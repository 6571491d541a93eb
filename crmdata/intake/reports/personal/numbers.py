"""Numbers of documents and phones, addresses of e-mail: told from amounts, days and files.

A number is judged by the word before it, by what separates its digits and by how many stand
together; every pattern is bounded, so that a text takes a time that grows with its length.
"""

import re
from collections.abc import Iterator

from crmdata.intake.reports.personal.lexicon import cue_words
from crmdata.intake.reports.personal.reading import TextReading, spans
from crmdata.search import Span

_MAIL = re.compile(r"([\w.+-]{1,64})@[\w-]{1,63}\.[\w.-]{2,63}")
_SPELT_MAIL = re.compile(
    r"([\w.+-]{1,64}) ?(?:\barroba\b|\(arroba\)|[(\[] ?at ?[)\]]|\bat\b) ?[\w-]{1,63} ?"
    r"(?:\bpunto\b|\bdot\b|[(\[] ?(?:dot|punto) ?[)\]]) ?[a-z]{2,10}|"
    r"([\w.+-]{1,64}) ?(?:\barroba\b|[(\[] ?(?:at|arroba) ?[)\]]) ?[\w-]{1,63}\.[a-z]{2,10}"
)
_OFFICE_BOX = re.compile(
    r"(?:info|informacion|contacto?|consultas?|consulado|embajada|consular|protocolo|prensa|press|"
    r"secretaria|secretariat|comunicacion\w{0,10}|oficina|office|ayuda|help|denuncias?|quejas|atencion|"
    r"servicios?|support|soporte|admin|webmaster|registro|proteccion|protection|mail|correo|"
    r"noreply|no-reply)[\w.+-]{0,30}"
)

_CODE = (
    r"(?P<number>(?:[a-z]{1,4}-?|(?!(?:a|y|o|e|de|en|al|in|of|to|on|at|by|"
    r"su) )[a-z]{1,2}[ .-]{1,2})?"
    r"[0-9](?:[ ./-]{0,3}[a-z]?[0-9]){4,17}(?:[ -]?[a-z]\b)?)"
)
_LINK = (
    r"(?:de|del|of|la|el|su|identidad|identificacion|nacional|personal|viaje|conducir|unica|"
    r"no\.?|nro\.?|nbr\.?|num\.?|numero|number|nr\.?|n\.?°|n\.?o\.?|n\.|code|codigo|clave|card|"
    r"es|era|is|was|as|security|social|[a-z]{4,14}(?:eno|ena|eco|eca|ano|ana|ian|ense|ican)|"
    r"expired|vencido|valido|vigente|temporal|refugiad[oa]|the|his|her|madre|padre|ti[oa]|"
    r"abuel[oa]|"
    r"menor|nin[oa]|mother|father|aunt|uncle|sponsor|grandmother|child|minor|girl|boy|tutora?)"
)
_BETWEEN = r"(?:[ :#,;('\"°-]{1,4}" + _LINK + r"(?![a-z])){0,4}[ :#,;('\".°-]{0,4}"
_DOCUMENT = re.compile(
    r"(?<![a-z])(?:pasaporte|passport|dui|dni|dpi|cui|curp|cedula|identidad|identificacion|"
    r"identity card|identity document|travel document|documento de viaje|pase de viaje|"
    r"health card|id|ine|ife|ssn|uci|nss|rtn|rfc|rut|tin|itin|alien|"
    r"social security|social insurance|seguro social|carnet?|licencia|driver'?s licen[cs]e|"
    r"laissez.passer|salvoconducto|numero personal|nup|dimex|"
    r"alien number)(?![a-z])\.?" + _BETWEEN + _CODE
)
_RECORDS = "birth certificate|partida de nacimiento|acta de nacimiento"
_BIRTH_RECORD = re.compile(
    rf"(?<![a-z])(?:{_RECORDS})(?![a-z]){_BETWEEN}[0-9](?:[ ./-]?[0-9]){{2,12}}"
)
_OF_BIRTH_RECORDS = cue_words(_RECORDS)
_CASE = re.compile(
    r"(?<![a-z])(?:caso|case|expediente|file|causa|carpeta|alerta)(?![a-z])" + _BETWEEN +
    r"(?P<number>(?:[a-z]{1,6}[-/]){0,4}[0-9](?:[-/. ]?[0-9]){3,17})"
)  # fmt: skip
_RECORD = re.compile(
    r"(?<![a-z])(partida|acta|folio|libro|tomo|asiento|inscripcion|entry|volume|page|book)"
    r"[ ,:]{0,2}(?:no\.?|n\.?°|num\.?|numero|number)? ?[0-9]{1,6}"
)

_OF_BIRTHS = frozenset({"partida", "acta", "folio", "tomo", "entry"})

_SHAPES = re.compile(
    # CURP, the voter's key of Mexico, RFC of a person
    r"(?<![a-z0-9])(?:[a-z]{4}[ -]?[0-9]{6}[ -]?[hmx][a-z]{5}[0-9a-z][0-9]|"
    r"[a-z]{6}[0-9]{8}[hm][0-9]{3}|"
    # the number of a foreigner in the United States
    r"a [0-9]{3} [0-9]{3} [0-9]{3}|a ?[#-]? ?(?<! )[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}|"
    r"a ?# ?[0-9]{8,9}|a-?[0-9]{8,9}|a[ -]?[0-9]{2,3}-[0-9]{3}-[0-9]{3}|"
    # Nicaragua, Panama
    r"[0-9]{3}[ -][0-9]{6}[ -][0-9]{4}[a-z]|[0-9]{13}[a-z]|(?:pe|e|n|nt|[0-9]{1,2}-?[ap]v)"
    r"-[0-9]{1,4}-[0-9]{3,6})(?![a-z0-9])"
)

_LETTERED = re.compile(r"(?<![a-z0-9/-])[a-z]{1,2}[0-9]{6,9}(?![a-z0-9/-])")
_CLOSE = re.compile(r"[0-9](?:-[0-9]{3}|(?:[ ().+/-]{0,30}[a-z]?[0-9]){4})")
"""Digits as near to each other as in a document or a phone: years and amounts have fewer."""
_RUN = re.compile(r"[+(]{0,2}[0-9][0-9 ().+/-]{4,30}[0-9]")
_SPELT = (
    "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|zero|oh|one|two|three|four|"
    "five|six|seven|eight|nine"
)
_SPELT_RUN = re.compile(rf"(?<![a-z])(?:{_SPELT})(?:[ -](?:{_SPELT})){{2,14}}(?![a-z])")
_SPELT_DIGITS = cue_words(_SPELT)

_PHONE = re.compile(
    r"(?<![a-z])(?:tel|tels|telf|telefono|cel|celular|movil|phone|telephone|mobile|cell|whatsapp|"
    r"wasap|watsap|wpp|llamar|llama|llamo|localiza|localizable|localizado|reached|reach|call|"
    r"called|calls|contacto|contactar|contact|marcar)(?![a-z])"
)
_FILED = re.compile(
    r"(?<![a-z])(?:acuerdo|decreto|ley|oficio|convenio|resolucion|memorando|memorandum|memo|"
    r"circular|nota|dictamen|contrato|licitacion|orden|factura|codigo|gaceta|articulo|art|"
    r"reglamento|informe|proyecto|convocatoria|agreement|decree|law|act|resolution|note|contract|"
    r"tender|invoice|order|code|gazette|article|regulation|report|project|grant|reference|"
    r"referencia|ref|isbn|issn|doi|presupuestaria|presupuesto|budget|administrativo|compra|"
    r"serie|inventario|inventory|acta de (?:reunion|acuerdos)|minuta|minutes|expediente de|"
    r"proceso|subvencion|cheque|punto|dispatch|letter|carta|lote|lot|version|acuerdos|decretos|"
    r"oficios|documento|document|doc|sentencia|judgment|opinion|pub|publication|account|"
    r"reunion|zoom|meeting|webinar|procurement|purchase|requisition)(?![a-z])"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[$€£]|(?<![a-z])(?:usd|us|lps?|hnl|gtq|mxn|crc|dop|q|l|b/|rd)\.?) ?\$?$"
)
_AMOUNT_AFTER = re.compile(
    r" ?(?:%|por ciento|per ?cent|lempiras|quetzales|dolares|dollars|pesos|colones|cordobas|"
    r"balboas|usd|millones|million|km|personas|people|ninos|ninas|children|migrantes|casos|cases|"
    r"hogares|households|ejemplares|copies|euros)"
)
_FREE_OF_CHARGE = re.compile(r"(?:\+?1[ -]?|01[ -]?)?\(?(?:800|855|866|877|888|900)\)?[ -]")
_OFFICE_LINE = re.compile(
    r"(?<![a-z])(?:consulados?|embajadas?|linea|hotline|helpline|oficinas?|consulates?|embassy|"
    r"embassies|line|switchboard|conmutador|ministerio|ministry|call cent(?:er|re)|albergue|"
    r"institucion|secretaria|centralita|ciam)(?![a-z])"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

_DOCUMENTS = {
    (4, 4, 5), (4, 5, 4), (8, 1), (7, 1), (1, 4, 4), (3, 7, 1), (3, 6, 4), (3, 2, 4), (2, 4, 4),
    (1, 3, 4), (2, 3, 4), (1, 3, 5), (1, 3, 6), (2, 3, 5), (1, 4, 6), (1, 4, 5), (4, 4, 1),
    (3, 3, 3), (4, 9), (4, 3, 3), (8, 5), (9, 4), (3, 8), (4, 6, 3), (2, 3, 3),
}  # fmt: skip
"""How many digits stand together in documents of the countries."""
_PHONES = {
    (4, 4), (3, 3, 4), (1, 3, 3, 4), (2, 2, 2, 2), (2, 4, 4), (3, 4, 4), (1, 3, 4, 4), (2, 3, 3),
    (2, 2, 4, 4), (2, 3, 3, 4), (2, 3, 4, 4), (3, 2, 2, 2, 2), (3, 2, 2, 4), (3, 3, 2, 2),
    (2, 1, 3, 3, 4), (2, 1, 2, 4, 4), (4, 2, 2), (2, 2, 4),
}  # fmt: skip


def signs(reading: TextReading) -> Iterator[Span]:
    """Yield the numbers and addresses by which one person could be known."""
    plain = reading.plain
    yield from mails(reading)
    if not reading.known.isdisjoint(_SPELT_DIGITS):
        yield from spans(_SPELT_RUN.finditer(plain))
    if not reading.known.isdisjoint(_OF_BIRTH_RECORDS):
        yield from spans(_BIRTH_RECORD.finditer(plain))
    yield from _records(reading)
    if reading.speaks_of_somebody:
        yield from _cases(plain)
    if _CLOSE.search(plain) is None:
        return
    yield from spans(_SHAPES.finditer(plain))
    yield from _documents(reading)
    for match in _RUN.finditer(plain):
        for start, end in _pieces(match[0], match.start()):
            if _is_personal(reading, start, end):
                yield Span(start, end)


def _documents(reading: TextReading) -> Iterator[Span]:
    """Yield the numbers of documents: those with letters, and those behind a document's name."""
    plain = reading.plain
    for match in _LETTERED.finditer(plain):
        filed = _FILED.search(plain, max(match.start() - 40, 0), match.start())
        if filed is None and reading.speaks_of_one(match.start()):
            yield Span(*match.span())
    yield from spans(match for match in _DOCUMENT.finditer(plain) if _is_code(match["number"]))


def _cases(plain: str) -> Iterator[Span]:
    """Yield the numbers of somebody's case."""
    for match in _CASE.finditer(plain):
        if _FILED.search(plain, match.start(), match.start("number")) is None:
            yield Span(*match.span())


def mails(reading: TextReading) -> Iterator[Span]:
    """Yield the addresses of e-mail that are no office's."""
    plain = reading.plain
    if "@" in plain or "arroba" in plain or " at " in plain or "at)" in plain or "at]" in plain:
        for pattern in (_MAIL, _SPELT_MAIL):
            for match in pattern.finditer(plain):
                if _OFFICE_BOX.fullmatch(match[match.lastindex or 0]) is None:
                    yield Span(*match.span())


def _records(reading: TextReading) -> Iterator[Span]:
    """Yield an entry of a register of births: several of its numbers, or one and a child."""
    if not any(name in reading.plain for name in _OF_BIRTHS):
        return
    matches = list(_RECORD.finditer(reading.plain))
    names = {match[1] for match in matches}
    if len(names) > 1 and names & _OF_BIRTHS:
        birth = re.search(r"partida|nacimiento|birth|libro|tomo", reading.plain)
        if birth is not None or reading.speaks_of_somebody:
            yield Span(matches[0].start(), matches[-1].end())


def _is_code(number: str) -> bool:
    """Tell the number of a document from an amount in groups of three."""
    groups = _groups(number)
    letters = any(map(str.isalpha, number))
    amount = _is_amount(number.strip(), groups) and sum(groups) < 7
    return sum(groups) >= 5 and (letters or not amount)


def _groups(number: str) -> tuple[int, ...]:
    return tuple(map(len, re.findall("[0-9]+", number)))


def _is_amount(number: str, groups: tuple[int, ...]) -> bool:
    separators = set(re.findall(r"[^0-9]+", number))
    by_three = (
        not number.startswith("0") and len(groups) > 1 and groups[0] <= 3 and set(groups[1:]) == {3}
    )
    return by_three and separators in ({" "}, {"."})


def _pieces(run: str, start: int) -> Iterator[tuple[int, int]]:
    """Cut a run of digits where a sentence, or what stands in brackets, begins or ends."""
    place = 0
    for cut in re.finditer(r"\. |  |(?<=[0-9]) (?=\()|(?<=[0-9])\) ?(?=[0-9(])|\)$", run):
        bracket = run.rfind("(", place, cut.start())
        if run.startswith("+") and cut.start() < 6:
            continue
        if cut[0].startswith(")") and bracket >= 0 and bracket <= place + 6:
            continue
        yield start + place, start + cut.start()
        place = cut.end()
    yield start + place, start + len(run)


def _is_personal(reading: TextReading, start: int, end: int) -> bool:
    plain = reading.plain
    number = plain[start:end].strip(" ()/.-")
    groups = _groups(number)
    before, after = plain[max(start - 45, 0) : start], plain[end : end + 14]
    if not groups or sum(groups) < 6 or sum(groups) > 18 or _joined(before, after):
        return False
    phone, filed = _last(_PHONE, before), _last(_FILED, before)
    called = phone > filed
    if _is_date(number, groups) or _AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(after):
        return False
    if _is_amount(number, groups) and not (called and sum(groups) > 6):
        return False
    if (called and sum(groups) >= 7) or plain[start : start + 2].lstrip("(").startswith("+"):
        return not _is_of_an_office(reading, start, number)
    if filed >= 0:
        return False
    return _has_shape(reading, start, number, groups)


def _has_shape(reading: TextReading, start: int, number: str, groups: tuple[int, ...]) -> bool:
    """Tell whether digits stand together as in a document or a phone, with no word before."""
    if len(groups) == 1:
        return groups[0] >= 9
    parts = re.findall("[0-9]+", number)
    separators = {mark.strip() or " " for mark in re.findall(r"[^0-9]+", number)}
    years = [_YEAR.fullmatch(part) is not None for part in parts]
    if "/" in separators or all(years) or (len(groups) == 2 and any(years)):
        return False
    if groups in {(3, 3, 3), (2, 3, 3), (7, 1)}:
        return "-" in separators
    if groups in _DOCUMENTS and not years[0]:
        return groups == (4, 4, 5) or not years[-1] or "-" not in separators
    if groups in _PHONES and not (years[0] or years[-1]):
        return not _is_of_an_office(reading, start, number)
    # Sixteen or more digits in odd groups are an account, eleven to thirteen most likely a person.
    return 11 <= sum(groups) <= 14 and len(groups) <= 5 and not any(years) and max(groups) >= 4


def _is_of_an_office(reading: TextReading, start: int, number: str) -> bool:
    if _FREE_OF_CHARGE.match(number):
        return True
    own = reading.sentence(start)
    match = _OFFICE_LINE.search(reading.plain, own.start, own.end)
    return match is not None and not reading.speaks_of_one(start)


def _joined(before: str, after: str) -> bool:
    """Tell whether a run is part of a longer code, or of an amount with commas."""
    if re.search(r"[a-z][-/._]?\Z|[0-9][,.'_/-]\Z|[=_/#]\Z|https?:\S*\Z", before):
        return True
    return re.match(r"[a-z]|[,'][0-9]|[-/_][a-z0-9]|\.[0-9]", after) is not None


def _last(cue: re.Pattern[str], before: str) -> int:
    """Return where the last of some words ends in what stands before a number, else -1."""
    sentence = re.split(r"[;!?\n]|\. (?=[a-z]{4})", before)[-1]
    return max((match.end() for match in cue.finditer(sentence)), default=-1)


def _is_date(number: str, groups: tuple[int, ...]) -> bool:
    if len(groups) == 3 and max(groups) in {2, 4} and groups[1] <= 2:
        return (groups[0] == 4 and groups[2] <= 2) or (groups[0] <= 2 and groups[2] in {2, 4})
    return len(groups) == 1 and re.fullmatch(r"(?:19|20)[0-9]{6}", number) is not None
