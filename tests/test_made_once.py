"""What is worked out once for all who look at the same, and again for all who do not."""

from dataclasses import replace
from datetime import date

import pytest

from crmdata.access import Actor, Role
from crmdata.i18n import words_for
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.data.made_once import made_once

asked: list[tuple[object, ...]] = []


@made_once
def view(chosen: Chosen, *subject: object) -> list[object]:
    asked.append((chosen, *subject))
    return [chosen.words.language, *subject]


@pytest.fixture
def chosen(demo_file, monkeypatch):
    """Return what a reader looks at, with nothing kept of what others did."""
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{demo_file}")
    cache.forget()
    cache.engine.clear()
    asked.clear()
    shown = cache.view(lambda _: date(2019, 11, 15))
    yield Chosen("inicio", words_for("es"), Choices(), shown, "light", False)
    cache.forget()
    cache.engine.clear()


def test_the_same_view_is_the_same_object(chosen):
    assert view(chosen, 1) is view(replace(chosen), 1)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda chosen: replace(chosen, page="paises"),
        lambda chosen: replace(chosen, words=words_for("en")),
        lambda chosen: replace(chosen, choices=Choices(eje=2)),
        lambda chosen: replace(chosen, theme="dark"),
        lambda chosen: replace(chosen, narrow=True),
        lambda chosen: replace(chosen, view=chosen.view.at(date(2018, 11, 16))),
        lambda chosen: replace(
            chosen, view=replace(chosen.view, data_version=chosen.view.data_version + 1)
        ),
    ],
    ids=["page", "language", "choice", "theme", "narrow", "cut-off", "data version"],
)
def test_another_view_is_worked_out_anew(chosen, change):
    view(chosen, 1)
    view(change(chosen), 1)
    assert len(asked) == 2


def test_another_subject_is_worked_out_anew(chosen):
    assert view(chosen, date(2018, 1, 1)) != view(chosen, date(2018, 1, 2))


def test_what_a_focal_point_is_shown_is_never_anothers(chosen):
    actor = Actor("Eva", Role.FOCAL_POINT, country="HND")
    view(chosen, 1)
    view(replace(chosen, actor=actor), 1)
    assert len(asked) == 2
