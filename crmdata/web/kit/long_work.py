"""What makes a file that takes a while: a button, how far it is, what ends it; then it is given."""

from collections.abc import Hashable
from dataclasses import dataclass

import streamlit as st

from crmdata.content import wording
from crmdata.i18n import Words
from crmdata.memo import Memo
from crmdata.render.html import markup
from crmdata.web.kit import components, draw, jobs

_ARRIVED = "crmdata_arrived"
"""Holds the key of the file that was just made, until its button is drawn."""


@dataclass(frozen=True)
class LongFile:
    """A file to be made. `key` names all that its content depends on, `widget` its buttons.

    `begin` and `take` are what the buttons say.
    """

    key: Hashable
    widget: str
    begin: str
    take: str
    file_name: str
    mime: str
    make: jobs.Make
    memo: Memo


def show(words: Words, file: LongFile) -> None:
    """Draw whichever of them it is time for."""
    job = jobs.of(file.key)
    # Only while something is in the making does the page ask again.
    every = 0.5 if job is not None and job.running else None
    st.fragment(_show, run_every=every)(words, file)


def _show(words: Words, file: LongFile) -> None:
    job, content = jobs.of(file.key), file.memo.find(file.key)
    if isinstance(content, bytes):
        if job is not None:
            jobs.end(file.key)
            st.session_state[_ARRIVED] = file.key
            st.rerun()
        _show_made(words, file, content)
        return
    if job is not None and job.running:
        _show_progress(words, file, job)
        return
    if job is not None and job.failed:
        components.notice(words("It could not be made. Try again."))
    if st.button(file.begin, key=f"make-{file.widget}"):
        jobs.begin(file.key, file.make, file.memo)
        st.rerun()


def _show_made(words: Words, file: LongFile, content: bytes) -> None:
    """Draw the button that takes the file; the page presses it for who has waited for it."""
    with st.container(key=f"given-{file.widget}"):
        st.download_button(
            file.take,
            data=content,
            file_name=file.file_name,
            mime=file.mime,
            key=f"take-{file.widget}",
            on_click="ignore",
        )
        draw.html(markup.element("p", wording.size(words, len(content)), css="crm-note"))
        if st.session_state.get(_ARRIVED) == file.key:
            del st.session_state[_ARRIVED]
            draw.html(markup.element("i", "", **{"data-gives": ""}))


def _show_progress(words: Words, file: LongFile, job: jobs.Job) -> None:
    text = (
        words("In the making: part {done} of {of}",
              done=words.number(job.done), of=words.number(job.of))
        if job.done
        else words("In the making: the data are being read")
    )  # fmt: skip
    st.progress(job.done / job.of, text)
    st.button(words("Cancel"), key=f"cancel-{file.widget}", on_click=jobs.end, args=(file.key,))
