"""What offices do to the values of cells, and how programs change them."""

from datetime import datetime
from random import Random

from tests.habits.rows import Habit
from tests.habits.sent import Sent, every_cell

_INVISIBLE = ("\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060")


def pastes_texts_from_word(sent: Sent, random: Random) -> None:
    """Line breaks, bells of tables, spaces that hold, curly marks, invisible signs."""
    for line in sent.some(random, most=5):
        cell = sent.cell(line, "narrative")
        assert line.key
        text = str(cell.value)
        match random.randint(0, 4):
            case 0:
                read, cell.value = text.replace(". ", ".\n"), text.replace(". ", "._x000B_")
            case 1:
                read, cell.value = text, text.replace(" ", "\u00a0")
            case 2:
                read, cell.value = text, text.replace("ó", "ó\u00ad").replace("e", "e\u200b")
            case 3:
                read = f"“{text}” – sí…"
                cell.value = read
            case _:
                read, cell.value = text, f"{text}_x0007_"
        sent.meant[line.key]["narrative"] = read


def pastes_invisible_signs_into_codes(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        column = random.choice(("activity", "semester", "state"))
        cell, sign = sent.cell(line, column), random.choice(_INVISIBLE)
        at = random.randint(0, len(str(cell.value)))
        cell.value = str(cell.value)[:at] + sign + str(cell.value)[at:]


def leaves_spaces_around_codes(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        cell = sent.cell(line, random.choice(("activity", "semester", "state", "partners")))
        if cell.value:
            around = random.choice((" {}", "{} ", "\u00a0{}", "{}\n", "{}\t"))
            cell.value = around.format(cell.value)


def writes_states_otherwise(sent: Sent, random: Random) -> None:
    for line in sent.filled():
        cell = sent.cell(line, "state")
        text = str(cell.value)
        cell.value = random.choice((text, text.upper(), text.lower(), text.title(), f"{text}."))
    sent.doubt()  # a point behind it is a matter of taste


def writes_percents_as_text(sent: Sent, random: Random) -> None:
    comma = random.random() < 0.5
    for line in sent.filled():
        cell = sent.cell(line, "percent")
        if isinstance(cell.value, float):
            number = cell.value * 100 if "%" in cell.form else cell.value
            text = f"{number:g}".replace(".", "," if comma else ".")
            cell.value = random.choice(("{}", "{}%", "{} %", " {}")).format(text)


def shows_percents_as_such(sent: Sent, random: Random) -> None:
    """As Excel does of itself where somebody types 45%."""
    for line in sent.filled():
        cell = sent.cell(line, "percent")
        if isinstance(cell.value, float) and "%" not in cell.form:
            cell.value, cell.form = cell.value / 100, random.choice(("0%", "0.00%"))


def writes_percents_as_fractions(sent: Sent, random: Random) -> None:
    """Without a sign: nobody but the sender knows which it is."""
    decimal = random.choice((".", ",", ""))
    for line in sent.filled():
        cell = sent.cell(line, "percent")
        if isinstance(cell.value, float) and "%" not in cell.form:
            number = cell.value / 100
            cell.value = f"{number:g}".replace(".", decimal) if decimal else number
    sent.doubt()


def writes_days_as_text(sent: Sent, random: Random) -> None:
    form = random.choice(("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"))
    for column, cell in every_cell(sent):
        if column == "reported_on" and isinstance(cell.value, datetime):
            if cell.value.day <= 12 and not form.startswith("%Y"):
                sent.doubt()
            cell.value, cell.form = cell.value.strftime(form), "General"


def opens_days_in_another_locale(sent: Sent, random: Random) -> None:
    """Excel of the United States takes day and month for one another where it can."""
    for column, cell in every_cell(sent):
        if column == "reported_on" and isinstance(cell.value, datetime):
            day, month = cell.value.day, cell.value.month
            if day <= 12:
                cell.value, cell.form = cell.value.replace(day=month, month=day), "mm/dd/yyyy"
            else:
                cell.value, cell.form = cell.value.strftime("%d/%m/%Y"), "General"
            sent.doubt()


def lets_the_program_make_dates_of_semesters(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        cell = sent.cell(line, "semester")
        text = str(cell.value)
        if text[:4].isdigit() and text[-1:].isdigit():
            cell.value = datetime.fromisoformat(f"{text[:4]}-0{text[-1:]}-01")
            cell.form = "mmm-yy"
    sent.doubt()


def types_over_the_semester(sent: Sent, random: Random) -> None:
    """Of some rows, where it was locked: in a table of one's own nothing tells."""
    if sent.template:
        for line in sent.some(random):
            sent.cell(line, "semester").value = random.choice(("2019-1", "2018-2", "2020-1"))
        sent.doubt()


def types_over_the_code(sent: Sent, random: Random) -> None:
    if sent.template:
        others = [str(sent.cell(line, "activity").value) for line in sent.lines if line.key]
        for line in sent.some(random):
            sent.cell(line, "activity").value = random.choice(others)
        sent.doubt()


def drags_codes_down(sent: Sent, random: Random) -> None:
    """The corner of a cell drawn over the rows below it counts on: I.1.1, I.1.2, I.1.3."""
    if not sent.template:
        return
    start = random.randint(0, len(sent.lines) - 4)
    first = str(sent.cell(sent.lines[start], "activity").value or "I.1.1")
    stem, _, number = first.rpartition(".")
    for step, line in enumerate(sent.lines[start : start + 4]):
        if number.isdigit():
            sent.cell(line, "activity").value = f"{stem}.{int(number) + step}"
    sent.doubt()


def strikes_out(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        for cell in line.cells:
            cell.struck = True
        assert line.key
        sent.named[line.key] = ""
    sent.doubt()


def writes_the_figure_into_a_comment(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        sent.cell(line, "percent").comment = "OJO: el dato final es 85 %"
        assert line.key
        sent.named[line.key] = ""
    sent.doubt()


def puts_a_link_behind_words(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        assert line.key
        said = sent.meant[line.key]
        said["evidence"] = said["evidence"] or "https://www.example.org/acta.pdf"
        cell = sent.cell(line, "evidence")
        cell.value, cell.link = random.choice(("Informe final", "ver aquí")), said["evidence"]


def names_partners_freely(sent: Sent, random: Random) -> None:
    for line in sent.filled():
        cell = sent.cell(line, "partners")
        if cell.value:
            text = random.choice((", ", " y ", " / ", "; ")).join(str(cell.value).split(";"))
            cell.value = text.replace("ACNUR", random.choice(("ACNUR", "UNHCR", "acnur")))


def writes_formulas(sent: Sent, random: Random) -> None:
    for line in sent.some(random):
        cell = sent.cell(line, "percent")
        if isinstance(cell.value, float) and "%" not in cell.form:
            cell.value, cell.formula = f"={cell.value:g}+0", True
    sent.doubt()


def writes_headings_otherwise(sent: Sent, random: Random) -> None:
    for cell in sent.header:
        text = str(cell.value)
        cell.value = random.choice((text.upper(), f" {text} ", text.replace(" ", "\n"), text))


def puts_signs_for_nothing(sent: Sent, random: Random) -> None:
    sign = random.choice(("-", "—", "...", "N/A", "s/d"))
    for column, cell in every_cell(sent):
        if column in {"partners", "evidence"} and cell.value is None:
            cell.value = sign
    sent.doubt()


def writes_days_in_words(sent: Sent, random: Random) -> None:
    forms = ("{0.day} de enero de {0.year}", "{0.day}-ene-{0.year}",
             "{0.day}/{0.month:02}/{0.year} 00:00", "{0:%Y-%m-%d} 00:00:00")  # fmt: skip
    form = random.choice(forms)
    for column, cell in every_cell(sent):
        if column == "reported_on" and isinstance(cell.value, datetime):
            if cell.value.day <= 12 and "/" in form:
                sent.doubt()
            cell.value, cell.form = form.format(cell.value), "General"


def loses_the_format_of_days(sent: Sent, random: Random) -> None:
    """A day is then the number that a spreadsheet keeps of it."""
    for column, cell in every_cell(sent):
        if column == "reported_on" and isinstance(cell.value, datetime):
            cell.value = (cell.value - datetime.fromisoformat("1899-12-30")).days
            cell.form = "General"


def writes_codes_otherwise(sent: Sent, random: Random) -> None:
    for line in sent.some(random, most=5):
        cell = sent.cell(line, "activity")
        parts = str(cell.value).split(".")
        if len(parts) != 3:
            continue
        line_, result, number = parts
        form = random.choice(("{0}-{1}-{2}", "{0}. {1}. {2}", "{0} {1} {2}", "{0}.{1}.{2}."))
        text = form.format(line_, result, number)
        cell.value = text.lower() if random.random() < 0.3 else text


def writes_semesters_otherwise(sent: Sent, random: Random) -> None:
    for line in sent.some(random, most=5):
        cell = sent.cell(line, "semester")
        year, _, half = str(cell.value).partition("-")
        if half not in {"1", "2"}:
            continue
        roman = "I" * int(half)
        form = random.choice(("{0}-{2}", "{2} semestre {0}", "{2} Semestre de {0}", "{0} - {2}",
                              "{0}–{1}", "{1}.º semestre {0}"))  # fmt: skip
        cell.value = form.format(year, half, roman)


def names_the_country(sent: Sent, random: Random) -> None:
    if "country" in sent.columns:
        for line in sent.filled():
            sent.cell(line, "country").value = random.choice(("Honduras", "HONDURAS", "hnd"))


def computes_percents(sent: Sent, random: Random) -> None:
    """A formula's value is kept, of which two digits are shown."""
    for line in sent.some(random):
        cell = sent.cell(line, "percent")
        plain = isinstance(cell.value, float) and "%" not in cell.form
        if plain and cell.value < 99 and line.key:
            cell.value, cell.form = cell.value + 1 / 300, "0"
            if sent.meant[line.key]["state"] in {"cumplida", "no_iniciada"}:
                sent.doubt()


def writes_numbers_as_text(sent: Sent, random: Random) -> None:
    """Write numbers behind an apostrophe, as texts."""
    for _, cell in every_cell(sent):
        if isinstance(cell.value, float) and "%" not in cell.form:
            cell.value, cell.form = f"{cell.value:g}", "@"


HABITS: tuple[Habit, ...] = (
    pastes_texts_from_word, pastes_invisible_signs_into_codes, leaves_spaces_around_codes,
    writes_states_otherwise, writes_percents_as_text, shows_percents_as_such,
    writes_percents_as_fractions, writes_days_as_text, opens_days_in_another_locale,
    lets_the_program_make_dates_of_semesters, types_over_the_semester, types_over_the_code,
    drags_codes_down, strikes_out, writes_the_figure_into_a_comment, puts_a_link_behind_words,
    names_partners_freely, writes_formulas, writes_headings_otherwise,
    puts_signs_for_nothing, writes_numbers_as_text, writes_days_in_words,
    loses_the_format_of_days, writes_codes_otherwise, writes_semesters_otherwise,
    names_the_country, computes_percents,
)  # fmt: skip
