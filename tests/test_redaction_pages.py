"""Pages after a redaction: no page at any cut-off, and none of a snapshot, has the words."""

import logging
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from google.protobuf import text_format
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from crmdata.access import secretariat
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.web.data import cache
from crmdata.web.shell import menu
from crmdata.workflow import review
from tests.patience import PATIENCE
from tests.test_redaction import found, redact, store

__all__ = ["store"]

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

Read = Callable[..., str]


@pytest.fixture
def read(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Read]:
    """Return what gives all that a page sends to somebody's browser."""
    monkeypatch.setenv("CRMDATA_DATABASE_URL", store.url.render_as_string(hide_password=False))
    cache.engine.clear()
    cache.forget()

    def visit(page: str, *, mode: str = "public", **params: str) -> str:
        monkeypatch.setenv("CRMDATA_SERVE_MODE", mode)
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", **params})
        app.run()
        assert not app.exception, page
        protos = (getattr(node, "proto", None) for node in app._tree)
        return "\n".join(
            text_format.MessageToString(each, as_utf8=True) for each in protos if each is not None
        )

    yield visit
    st.cache_resource.clear()
    st.cache_data.clear()


def test_no_page_has_the_words_after_a_redaction(store, read):
    with db.reading(store) as session:
        (known,) = queries.every_snapshot(session)
    pictures = [{"corte": "2018-08-01"}, {"corte": "2019-06-30"}, {"instantanea": known.snapshot}]
    sheet = {"actividad": "IV.3.2"}
    assert "Kévin" in read("actividades", **pictures[0], **sheet)
    redact(store, found(store))
    for picture in pictures:
        for page in menu.TITLES:
            shown = read(page, **picture)
            assert "kevin" not in shown.casefold(), (page, picture)
            assert "Kévin" not in shown, (page, picture)
        assert "Kévin" not in read("actividades", **picture, **sheet)
        assert "kevin" not in read("actividades", **picture, buscar="Nada de eso").casefold()


def test_a_snapshots_page_that_a_process_has_drawn_forgets_the_words(store, read):
    with db.reading(store) as session:
        (known,) = queries.every_snapshot(session)
    address = {"instantanea": known.snapshot, "actividad": "IV.3.2"}
    assert "Kévin" in read("actividades", **address)
    redact(store, found(store))
    assert "Kévin" not in read("actividades", **address)


def test_a_snapshots_page_that_a_process_has_drawn_forgets_what_is_withdrawn(store, read):
    with db.reading(store) as session:
        (known,) = queries.every_snapshot(session)
    address = {"instantanea": known.snapshot, "actividad": "IV.3.2"}
    assert "Kévin" in read("actividades", **address)
    review.withdraw(store, secretariat("Eva"), 1, reason="Un nombre")
    assert "Kévin" not in read("actividades", **address)


def test_the_desk_has_no_words_either(store, read):
    redact(store, found(store))
    shown = read("revision", mode="local-secretariat")
    assert "kevin" not in shown.casefold()
    assert "It said who a child is" in shown


def test_no_log_has_the_words(store, caplog):
    with caplog.at_level(logging.DEBUG):
        redact(store, found(store))
    assert "kevin" not in caplog.text.casefold()
