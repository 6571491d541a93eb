"""What a file leaves open: each question is answered with yes here, or the file is corrected."""

from collections.abc import Iterable
from hashlib import sha256

import streamlit as st

from crmdata.errors import Problem
from crmdata.i18n import Words
from crmdata.intake.reports import CellPlace, place_of
from crmdata.intake.reports.held_texts import RULE
from crmdata.intake.reports.remarks import in_words
from crmdata.web.kit import components


def show(words: Words, key: str, problems: Iterable[Problem]) -> frozenset[CellPlace] | None:
    """Draw a box for each question; return the places answered with yes, None while one waits."""
    questions = [problem for problem in problems if problem.rule != RULE]
    if questions:
        components.heading(
            words.plural("{n} question first", "{n} questions first", len(questions)), 3
        )
        components.paragraph(
            words("Nothing of this file is stored before each question is answered with yes."),
            "crm-note",
        )
    answers = {
        place_of(problem): _show_one(words, f"{key}-question-{number}", problem)
        for number, problem in enumerate(questions)
    }
    return frozenset(answers) if all(answers.values()) else None


def _show_one(words: Words, key: str, problem: Problem) -> bool:
    with st.container(key=key, border=True):
        components.paragraph(in_words(words, problem).text(words), "crm-lead")
        # Another file, or another state of the store, asks anew.
        about = sha256(f"{place_of(problem)} {problem.text()}".encode()).hexdigest()[:12]
        return st.checkbox(words("Yes, it is so"), key=f"{key}-{about}")
