"""What a serving process knows of its data, looked at as its thread does."""

import threading

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from crmdata.errors import Problem, StoreError
from crmdata.freshness import Copy
from crmdata.serving import answers, watch
from crmdata.store import db
from tests.patience import PATIENCE
from tests.support import a_report


@pytest.fixture
def looked_at(engine, monkeypatch):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "public")


def nothing(_):
    """Draw no view."""


def looking(warm=nothing) -> watch.Watch:
    looks = watch.Watch(warm)
    looks.look()
    if looks._warming:
        looks._warming.join(PATIENCE)
    looks.look()
    return looks


def test_it_is_ready_once_the_first_views_are_drawn(looked_at):
    held = threading.Event()
    looks = watch.Watch(lambda _: held.wait(PATIENCE))
    looks.look()
    before = looks.state.ready
    held.set()
    looks._warming.join(PATIENCE)
    looks.look()
    assert (before, looks.state.ready) == (False, True)


def test_it_is_ready_before_the_views_that_come_later_are_drawn(looked_at):
    told, held = threading.Event(), threading.Event()

    def warm(first_drawn) -> None:
        first_drawn()
        told.set()
        held.wait(PATIENCE)

    looks = watch.Watch(warm)
    looks.look()
    told.wait(PATIENCE)
    looks.look()
    ready = looks.state.ready
    held.set()
    assert ready


def test_after_a_change_the_first_views_are_drawn_again_and_the_token_is_another(looked_at, engine):
    drawn = []
    looks = looking(lambda _: drawn.append(1))
    before = looks.state.token
    a_report(engine)
    looks.look()
    looks._warming.join(PATIENCE)
    looks.look()
    assert len(drawn) == 2
    assert looks.state.token != before


def test_open_pages_wait_no_longer_than_seconds_for_slow_pictures(looked_at, monkeypatch):
    monkeypatch.setattr(watch, "LONGEST_WARMING", 0.0)
    held = threading.Event()
    looks = watch.Watch(lambda _: held.wait(PATIENCE))
    looks.look()
    known = looks.state.version
    held.set()
    assert known is not None


def test_what_comes_while_views_are_drawn_waits_no_longer_either(looked_at, monkeypatch, engine):
    held = threading.Event()

    def warm(first_drawn) -> None:
        first_drawn()
        held.wait(PATIENCE)

    looks = watch.Watch(warm)
    looks.look()
    parts_drawn = looks._drawn.wait(PATIENCE)
    looks.look()
    before = looks.state.token
    monkeypatch.setattr(watch, "LONGEST_WARMING", 0.0)
    a_report(engine)
    looks.look()
    after = looks.state.token
    held.set()
    assert parts_drawn
    assert before
    assert after != before


def test_what_came_while_views_were_drawn_is_drawn_after_them(looked_at, engine):
    drawn, held = [], threading.Event()

    def warm(_) -> None:
        drawn.append(1)
        held.wait(PATIENCE)

    looks = watch.Watch(warm)
    looks.look()
    a_report(engine)
    looks.look()
    held.set()
    looks._warming.join(PATIENCE)
    looks.look()
    looks._warming.join(PATIENCE)
    assert len(drawn) == 2


def test_pictures_that_cannot_be_drawn_do_not_keep_a_server_from_serving(looked_at):
    def broken(_) -> None:
        raise OSError("no answer")

    assert looking(broken).state.ready


def test_a_database_that_goes_away_makes_it_unready_and_coming_back_ready(looked_at, tmp_path):
    looks = looking()
    there = looks._engine
    looks._engine = db.connect("postgresql://nobody@127.0.0.1:1/none")
    looks.look()
    gone = looks.state
    looks._engine = there
    looks.look()
    assert (gone.ready, gone.token) == (False, "")
    assert looks.state.ready


def test_a_database_of_its_own_is_never_stale(looked_at):
    fresh = looking().state.fresh
    assert (fresh.copy, fresh.stale) == (Copy.ITSELF, False)


def test_machines_are_told_what_is_missing_to_be_ready(looked_at, monkeypatch):
    client = TestClient(Starlette(routes=answers.routes()))
    monkeypatch.setattr(watch, "_of_this_process", watch.Watch(nothing))
    starting = client.get(answers.READY)
    monkeypatch.setattr(watch, "_of_this_process", looking())
    ready = client.get(answers.READY)
    assert (starting.status_code, starting.json()["warmed"]) == (503, False)
    assert (ready.status_code, ready.json()["ready"]) == (200, True)


def test_open_pages_are_told_nothing_before_the_first_look(monkeypatch):
    monkeypatch.setattr(watch, "_of_this_process", watch.Watch(nothing))
    assert TestClient(Starlette(routes=answers.routes())).get(answers.DATA).json() == {"token": ""}


def test_open_pages_are_told_whose_login_they_asked_with_where_people_log_in(looked_at):
    client = TestClient(Starlette(routes=answers.routes(lambda cookies: cookies.get("mine", ""))))
    assert client.get(answers.DATA).json()["login"] == ""
    assert client.get(answers.DATA, headers={"cookie": "mine=a"}).json()["login"] == "a"


def test_open_pages_are_told_of_no_login_while_nobody_knows_it(looked_at):
    def away(_cookies: object) -> str:
        raise StoreError(Problem("unreachable", "The database cannot be opened.", "Wait."))

    client = TestClient(Starlette(routes=answers.routes(away)))
    assert "login" not in client.get(answers.DATA).json()


# What a search means


def searched(said: str | None) -> TestClient:
    return TestClient(
        Starlette(routes=answers.routes(search=lambda params: said or params.get("q")))
    )


def test_a_search_is_answered_for_what_its_address_asks():
    answer = searched(None).get(answers.SEARCH, params={"q": "niñez"})
    assert (answer.status_code, answer.text) == (200, "niñez")
    assert answer.headers["cache-control"] == "no-store"


def test_a_search_that_nobody_can_answer_yet_has_no_content():
    answer = searched(None).get(answers.SEARCH)
    assert (answer.status_code, answer.text) == (204, "")


def test_a_flood_of_searches_is_let_go_without_work():
    done: list[object] = []

    def search(params: object) -> str:
        done.append(params)
        return "x"

    client = TestClient(Starlette(routes=answers.routes(search=search)))
    codes = [client.get(answers.SEARCH).status_code for _ in range(int(3 * answers.AT_ONCE))]
    assert 204 in codes
    assert len(done) == codes.count(200)
