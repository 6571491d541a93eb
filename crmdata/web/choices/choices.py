"""The reader's choices, kept in the session and mirrored in the address.

The address wins when it differs from what was written there last: on the first load, and when
the reader goes back or opens another link. Widgets write through `choose`, from callbacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from crmdata.terms import LANGUAGES
from crmdata.web.choices import address
from crmdata.web.choices.address import AddressCodes, Choices, Notice

_SESSION = "crmdata"
"""The app's own key in the session: widget keys are dropped at every change of page."""


@dataclass
class _Settled:
    """What the session keeps between runs."""

    choices: Choices
    page: str
    written: dict[str, str]
    notices: list[Notice]
    touched: bool = False


def _settled() -> _Settled | None:
    settled: _Settled | None = st.session_state.get(_SESSION)
    return settled


def _in_address() -> dict[str, str]:
    mended = address.mended(dict(st.query_params))
    return {name: value for name, value in mended.items() if name in address.NAMES}


def _address_wins(page: str, written: Mapping[str, str]) -> bool:
    settled = _settled()
    if settled is None:
        return True
    if settled.touched or written == settled.written:
        # A widget was used in this run: the address that came along may be older.
        return False
    # Streamlit empties the address when a page is left by another way than our menu.
    return bool(written) or page == settled.page


def language_now(page: str = "") -> str:
    """Return the language of a page before anything else is known of it."""
    written, settled = _in_address(), _settled()
    if settled is None or _address_wins(page, written):
        return address.read_language(written) or LANGUAGES[0]
    return settled.choices.language


def cutoff_now(page: str, meetings: Mapping[str, date]) -> date | None:
    """Return the cut-off asked for, before the plan in force then is known."""
    written, settled = _in_address(), _settled()
    if settled is None or _address_wins(page, written):
        return address.read_day(written.get("corte", ""), meetings)
    return settled.choices.corte


def provisional_now(page: str) -> bool:
    """Tell whether submitted reports are asked for beside the accepted ones."""
    written, settled = _in_address(), _settled()
    if settled is None or _address_wins(page, written):
        return written.get("provisional", "").strip() == address.PROVISIONAL
    return settled.choices.provisional is not None


def snapshot_now(page: str) -> str:
    """Return the id of the snapshot asked for, known or not; empty without one."""
    written, settled = _in_address(), _settled()
    if settled is None or _address_wins(page, written):
        return written.get("instantanea", "").strip()
    return settled.choices.instantanea or ""


def settle(page: str, known: AddressCodes) -> tuple[Choices, list[Notice]]:
    """Return the choices in force on a page, and write them to session and address."""
    written, settled = _in_address(), _settled()
    if settled is None or _address_wins(page, written):
        chosen, notices = address.read(dict(st.query_params), known)
    else:
        # Another cut-off may lie before what it was compared with, or have another plan version.
        chosen, notices = address.read(settled.choices.params(), known)
        if not (settled.touched or page != settled.page):
            # What an address got wrong stays said until the reader does something.
            notices = settled.notices
    params = chosen.params()
    if params != written:
        st.query_params.from_dict(params)
    st.session_state[_SESSION] = _Settled(chosen, page, params, notices)
    return chosen, notices


def params_now() -> dict[str, str]:
    """Return the address of the choices as the session has them now."""
    settled = _settled()
    return {} if settled is None else settled.choices.params()


def now() -> Choices:
    """Return the choices as the session has them now: in a callback, later ones than the page's."""
    settled = _settled()
    return Choices() if settled is None else settled.choices


def choose(**changes: object) -> None:
    """Change choices, from the callback of a widget."""
    settled = _settled()
    if settled is None:
        return
    chosen = replace(settled.choices, **changes)  # type: ignore[arg-type]  # the fields' own types
    settled.choices = _agreeing(chosen, changes)
    settled.touched = True


def _agreeing(chosen: Choices, changes: Mapping[str, object]) -> Choices:
    """Let go of what a new choice of axis or line leaves without sense."""
    gone = {name for field in changes for name in address.LETS_GO.get(field, ())} - set(changes)
    return replace(chosen, **dict.fromkeys(gone))  # type: ignore[arg-type]  # None for any field
