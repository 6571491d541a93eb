"""The way in for a file: choose it, see everything that is wrong or new, confirm.

The page says who may do what: it gives the check, which reads and never writes, and what is to
happen once the reader has confirmed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from crmdata.errors import CrmdataError
from crmdata.exports.annotated import annotated
from crmdata.exports.template import file_name, template
from crmdata.files import UPLOAD, XLSX_TYPE
from crmdata.i18n import Words
from crmdata.intake.reports import CellPlace, Checked, Source, read_upload
from crmdata.store import db
from crmdata.terms import DataKind
from crmdata.web.data import cache
from crmdata.web.hand_in import dry_run, held_rows, questions
from crmdata.web.kit import components
from crmdata.web.shell import acts

Check = Callable[[Sequence[Source]], Checked]
Confirm = Callable[[Sequence[Source], str, frozenset[CellPlace]], bool]


def show(
    words: Words,
    key: str,
    check: Check,
    on_confirm: Confirm,
    *,
    about: object,
    confirm: str,
    activities: Mapping[str, str],
) -> None:
    """Draw the upload, what was found in the file, and a button that says `confirm`.

    `about` is what the reader stands at: for another the file is checked anew. `check` may
    refuse the reader by a CrmdataError, which is shown. `on_confirm` gets the sources, a remark
    and the places of what was confirmed, and tells whether it was done: the file is then let go,
    so that it is not checked against itself. It is called as a callback, before the page runs
    again. `activities` names each by its code.
    """
    # No endings are asked for: what a file is its content tells, and our sentence is clearer.
    file = st.file_uploader(
        words("Workbook (.xlsx) or CSV, up to {limit} MB", limit=UPLOAD.megabytes),
        key=_file_key(key),
        # What was said of the file before would stand beside what is found in this one.
        on_change=acts.forget,
    )
    if file is None:
        held_rows.forget(key)
        return
    data = file.getvalue()
    given_for, about = about, (file.name, hashlib.sha256(data).hexdigest())
    first = _checked(
        words, f"{key}-checked", (about, given_for), lambda: check(read_upload(file.name, data))
    )
    if first is None:
        return
    sources_read = [each.source for each in first.files]
    sources = held_rows.written_anew(key, about, sources_read)
    checked: Checked | None = first
    if sources != sources_read:
        hashes = tuple(source.sha256 for source in sources)
        checked = _checked(words, f"{key}-rechecked", (hashes, given_for), lambda: check(sources))
    if checked is None:
        return
    dry_run.show(words, checked, activities)
    _annotated(words, key, file.name, data, checked)
    if not first.problems:
        answered = questions.show(words, key, checked.held)
        settled = held_rows.show(words, key, about, first, checked, activities)
        if not checked.problems:
            both = None if answered is None or settled is None else answered | settled
            _confirm(words, key, checked, on_confirm, confirm, both)


def _file_key(key: str) -> str:
    """Return the key of the field that takes the file: a new one empties it."""
    turn = st.session_state.get(f"{key}-turn", 0)
    return f"{key}-file-{turn}" if turn else f"{key}-file"


def template_button(words: Words, key: str, country: str, period: str, kind: DataKind) -> None:
    """Draw the button that downloads the template of a country for a period that has begun."""
    st.download_button(
        words("Download the template (XLSX)"),
        data=lambda: _template(words, country, period),
        file_name=f"{file_name(country, period, kind)}.xlsx",
        mime=XLSX_TYPE,
        key=f"{key}-template",
        on_click="ignore",
    )


def _template(words: Words, country: str, period: str) -> bytes:
    with db.reading(cache.engine()) as session:
        return template(session, country, period, words)


def _checked(words: Words, key: str, what: object, check: Callable[[], Checked]) -> Checked | None:
    """Check a file; the same one on the same data is checked once."""
    about = (what, cache.view(lambda _: None).data_version)
    before: tuple[Any, Checked] | None = st.session_state.get(key)
    if before is None or before[0] != about:
        with st.spinner(words("Checking the file …"), show_time=True):
            try:
                checked = check()
            except CrmdataError as error:
                components.notice(error.text(words))
                return None
        before = st.session_state[key] = (about, checked)
    return before[1]


def _annotated(words: Words, key: str, name: str, data: bytes, checked: Checked) -> None:
    if not (checked.problems or checked.warnings) or not dry_run.is_of_rows(checked):
        return
    stem, remarks = name.rpartition(".")[0] or name, words("remarks")
    st.download_button(
        words("Download the file with the remarks at their cells (XLSX)"),
        data=lambda: annotated(data, checked.files, words),
        file_name=f"{stem}-{remarks}.xlsx",
        mime=XLSX_TYPE,
        key=f"{key}-annotated",
        on_click="ignore",
    )


def _confirm(
    words: Words,
    key: str,
    checked: Checked,
    on_confirm: Confirm,
    confirm: str,
    settled: frozenset[CellPlace] | None,
) -> None:
    sources = [file.source for file in checked.files]
    doubtful = any(
        not each.values.get("plainly")
        for problem in checked.warnings
        if problem.rule == "read_as"
        for each in problem.each()
    )
    seen = not doubtful or st.checkbox(
        words("I have looked at what was read as something else, and it is right."),
        key=f"{key}-seen",
    )
    remark = held_rows.remark(words, key)
    waits = settled is None or remark is None
    confirmed = (settled or frozenset()) | (remark or frozenset())

    def hand_over() -> None:
        if on_confirm(sources, st.session_state.get(f"{key}-note", ""), confirmed):
            st.session_state[f"{key}-turn"] = st.session_state.get(f"{key}-turn", 0) + 1
            for name in ("checked", "rechecked"):
                st.session_state.pop(f"{key}-{name}", None)
            held_rows.forget(key)

    nothing = not (checked.new or checked.corrections)
    if nothing:
        components.paragraph(
            words("Nothing to hand in: the file says what was reported already."), "crm-note"
        )
    st.button(
        confirm, key=f"{key}-confirm", disabled=not seen or nothing or waits,
        on_click=hand_over,
    )  # fmt: skip
