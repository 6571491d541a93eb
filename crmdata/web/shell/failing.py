"""What a reader sees where the data cannot be read: a sentence in the reader's language."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from crmdata.errors import CrmdataError
from crmdata.i18n import Words, words_for
from crmdata.store import db
from crmdata.web.choices import choices
from crmdata.web.kit import components

FORESEEN = (CrmdataError, SQLAlchemyError, OSError)
"""What comes of databases and disks; anything else is a fault of ours, and shown as one."""

_LOG = logging.getLogger(__name__)


def show(error: Exception) -> bool:
    """Say what broke a page off in its middle; return whether there was a sentence for it.

    Streamlit calls it: a database may go away between two questions of one page.
    """
    if not isinstance(error, FORESEEN):
        return False
    say(words_for(choices.language_now()), error)
    return True


def say(words: Words, error: Exception) -> None:
    """Draw that the data cannot be shown, why, and a way to try again."""
    components.notice(words("The data cannot be shown now."))
    components.paragraph(_reason(words, error))
    st.button(words("Try again"), key="again")


def _reason(words: Words, error: Exception) -> str:
    if isinstance(error, CrmdataError):
        return error.text(words)
    problem = db.explanation(error, reads=True)
    if problem is not None:
        return problem.text(words)
    _LOG.error("The data cannot be read", exc_info=error)
    return words("The database answers: {detail}.", detail=type(error).__name__)
