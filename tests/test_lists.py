"""The words of the lists: other forms are read, what may be meant is suggested harmlessly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata.i18n import words_for
from crmdata.intake.reports.lists import COOPERATION_STATES, MODALITIES, STATES
from crmdata.labels import label
from crmdata.terms import LANGUAGES, CooperationState, Modality, State
from tests.support import examples

LISTS = {State: STATES, CooperationState: COOPERATION_STATES, Modality: MODALITIES}
NEGATED = {State.NO_INICIADA, State.NO_APLICA}


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [(code, language, words) for codes, words in LISTS.items() for code in codes
     for language in LANGUAGES],
)  # fmt: skip
def test_the_sentence_names_every_word_of_its_list_and_each_is_read(code, language, words):
    word = label(words_for(language), code)
    assert word in words_for(language)(words.all_of_them)
    assert words.exact(word) == words.exact(word.upper()) == words.exact(code) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [("Cumplido", "cumplida"), ("CUMPLIDAS", "cumplida"), ("No iniciado", "no_iniciada"),
     ("suspendidos", "suspendida"), ("No iniciadas", "no_iniciada")],
)  # fmt: skip
def test_another_gender_or_number_is_read(written, code):
    assert (STATES.exact(written), STATES.read(written)) == ("", code)


@pytest.mark.parametrize("written", ["No aplica.", "«En curso»", " en  curso", "en-curso"])
def test_signs_around_a_word_make_no_difference(written):
    assert STATES.exact(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("En proceso", "en_curso"), ("Finalizado", "cumplida"), ("100% cumplida", "cumplida"),
     ("Parcialmente cumplida", "en_curso"), ("Por iniciar", "no_iniciada"),
     ("Iniciada", "en_curso"), ("No iniciado aún", "no_iniciada"), ("En curzo", "en_curso"),
     ("Suspendida temporalmente", "suspendida"), ("On hold", "suspendida"), ("N/A", "no_aplica"),
     ("En curso (60 %)", "en_curso"), ("cumplda", "cumplida"), ("n.a.", "no_aplica"),
     ("destenida", "suspendida"), ("Atrasado", "en_curso"), ("vamos por la mitad", "en_curso"),
     ("a medias", "en_curso"), ("avanzando", "en_curso"), ("Casi listo", "en_curso"),
     ("ya está", "cumplida"), ("Se hizo", "cumplida"), ("ya se hizo", "cumplida")],
)  # fmt: skip
def test_the_nearest_word_is_suggested_and_never_read(written, meant):
    assert (STATES.exact(written), STATES.read(written)) == ("", "")
    assert STATES.suggestion(written) == meant


@pytest.mark.parametrize(
    "written",
    ["No cumplida", "Incumplida", "Aplica", "Sí aplica", "No concluida", "Sin cumplir",
     "No suspendida", "Not completed", "Unfinished", "Applies", "Aplica parcialmente",
     "casi cumplida", "por cumplir", "no se ha cumplido", "inconclusa", "incompleta",
     "sin suspender", "on unhold", "en inmarcha", "cumplida / en curso", "cancelada", "listo",
     "no se hizo", "todavía no está", "no avanza", "ya no está", "¿?", "45"],
)  # fmt: skip
def test_nothing_is_suggested_across_a_negation_in_doubt_or_for_two(written):
    assert (STATES.read(written), STATES.suggestion(written)) == ("", "")


@examples(60)
@given(
    st.sampled_from(["no ", "No ", "sin ", "nunca ", "not ", "never ", "jamás "]),
    st.sampled_from(sorted(set(State) - NEGATED)),
    st.sampled_from(LANGUAGES),
)
def test_a_negated_word_of_the_list_never_means_the_word(negation, code, language):
    written = negation + label(words_for(language), code)
    assert STATES.exact(written) != code
    assert STATES.read(written) != code
    assert STATES.suggestion(written) != code
