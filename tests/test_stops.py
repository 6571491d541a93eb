"""The stops of the cut-off, told from the plan's years and the meetings by hand."""

from pathlib import Path

import pytest
import streamlit as st  # noqa: TID251  # the page itself is tried
from streamlit.testing.v1 import AppTest  # noqa: TID251  # the page itself is tried

from crmdata.settings import ROOT
from tests.links import fold_of, head_of, links
from tests.patience import PATIENCE


@pytest.fixture
def head(demo_file: Path, monkeypatch: pytest.MonkeyPatch):
    """Return what gives the head at a cut-off."""
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{demo_file}")
    st.cache_resource.clear()

    def at(cutoff: str) -> str:
        app = AppTest.from_file(str(ROOT / "pages" / "metodo.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", "corte": cutoff})
        return head_of(app.run())

    yield at
    st.cache_resource.clear()


def stops(html: str) -> list[str]:
    return [text for text, _ in links(fold_of(html, "corte")) if text not in {"‹", "›"}]


def test_every_meeting_and_every_ended_semester_is_a_stop_newest_first(head):
    found = stops(head("2019-11-15"))
    ended = [text for text in found if text.endswith("has ended")]
    # Columns of the plan stand for ten semesters; the last one ended before today.
    assert len(ended) == 10
    assert ended[-1].startswith("Jul 1, 2017: 2017-I")
    assert len(found) > len(ended)


@pytest.mark.parametrize("cutoff", ["2018-08-01", "2019-11-15"])
def test_a_step_leads_to_the_nearest_stop_of_its_side(head, cutoff):
    html = head(cutoff)
    hrefs = [href.rpartition("corte=")[2] for text, href in links(fold_of(html, "corte"))
             if text not in {"‹", "›"}]  # fmt: skip
    assert hrefs == sorted(hrefs, reverse=True)
    back, on = (next(href.rpartition("corte=")[2] for text, href in links(html) if text == sign)
                for sign in "‹›")  # fmt: skip
    assert back == max(day for day in hrefs if day < cutoff)
    assert on == min(day for day in hrefs if day > cutoff)


def test_before_the_first_stop_there_is_no_step_back(head):
    html = head("2017-01-02")
    assert [text for text, _ in links(html) if text == "‹"] == []
