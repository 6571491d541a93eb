"""Logins live in the store: they are ended there, for every tab, copy of a cookie and server."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from typer.testing import CliRunner

from crmdata import clock
from crmdata.cli.main import app as commands
from crmdata.errors import Problem, StoreError
from crmdata.serving.logins import CALLBACK, LOGOUT, Logins
from crmdata.store import db
from crmdata.store.models import OpenLogin
from crmdata.web.data import cache
from crmdata.web.shell import actor
from crmdata.workflow import accounts
from crmdata.workflow.accounts import LoginStanding
from tests.people import EDITOR, FOCAL, claims, log_in


def logins(engine) -> list[OpenLogin]:
    with db.reading(engine) as session:
        return list(session.exec(select(OpenLogin)))


def test_a_login_is_open_until_it_is_ended(engine):
    mine = log_in(engine, claims(FOCAL)).mark
    assert accounts.is_open(engine, mine)
    accounts.end(engine, mine)
    assert not accounts.is_open(engine, mine)


def test_a_login_that_never_came_from_the_provider_is_not_open(engine):
    log_in(engine, claims(FOCAL, nonce="mine"))
    copied = accounts.login(claims(FOCAL, nonce="made up"), now=clock.now().timestamp(), hours=8)
    assert copied.standing is LoginStanding.LOGGED_IN
    assert not accounts.is_open(engine, copied.mark)


def test_ending_one_login_leaves_the_same_persons_others_open(engine):
    here, there = (log_in(engine, claims(FOCAL, nonce=n))
                   for n in ("here", "there"))  # fmt: skip
    accounts.end(engine, here.mark)
    assert accounts.is_open(engine, there.mark)


def test_ending_all_of_a_persons_logins_leaves_other_peoples_open(engine):
    mine = [log_in(engine, claims(FOCAL, nonce=nonce)).mark for nonce in ("here", "there")]
    other = log_in(engine, claims(EDITOR)).mark
    assert accounts.end_all(engine, f" {FOCAL.upper()} ") == 2
    assert [accounts.is_open(engine, mark) for mark in (*mine, other)] == [False, False, True]


def test_a_login_in_the_same_browser_takes_the_place_of_the_one_before(engine):
    before = log_in(engine, claims(FOCAL, nonce="before"))
    after = accounts.login(claims(EDITOR), now=clock.now().timestamp(), hours=8)
    accounts.begin(engine, after, hours=8, before=before.mark)
    assert [row.login for row in logins(engine)] == [after.mark]


def test_another_process_knows_at_once_that_a_login_was_ended(engine):
    mine = log_in(engine, claims(FOCAL)).mark
    another = db.connect(engine.url.render_as_string(hide_password=False))
    assert accounts.is_open(another, mine)
    accounts.end(engine, mine)
    assert not accounts.is_open(another, mine)
    another.dispose()


def test_logins_whose_hours_are_over_are_swept_by_the_next_one(engine, monkeypatch):
    log_in(engine, claims(FOCAL, nonce="old"))
    later = datetime.now(UTC) + timedelta(hours=8, seconds=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    new = accounts.login(claims(EDITOR, iat=later.timestamp()), now=later.timestamp(), hours=8)
    accounts.begin(engine, new, hours=8)
    assert [row.login for row in logins(engine)] == [new.mark]


def test_no_address_and_no_claim_of_the_cookie_stands_in_the_table(engine):
    log_in(engine, claims(FOCAL, nonce="planted-nonce", sub="planted-sub"))
    with db.reading(engine) as session:
        (row,) = session.execute(text("SELECT * FROM open_login")).mappings()
    said = json.dumps(dict(row))
    assert not [planted for planted in (FOCAL, "focal", "planted") if planted in said]


def test_two_logins_of_a_person_cannot_be_told_to_be_of_the_same(engine):
    for nonce in ("here", "there"):
        log_in(engine, claims(FOCAL, nonce=nonce))
    first, second = logins(engine)
    assert first.person != second.person


def test_a_restore_leaves_no_login_open(engine, tmp_path):
    log_in(engine, claims(FOCAL))
    db.backup(engine, tmp_path / "store.backup")
    db.restore(tmp_path / "store.backup", engine)
    assert logins(engine) == []


def test_an_operator_ends_the_logins_of_a_person(engine, monkeypatch):
    mine = log_in(engine, claims(FOCAL)).mark
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url)
    done = CliRunner().invoke(commands, ["--lang", "en", "login", "end", FOCAL])
    assert (done.exit_code, done.output) == (0, "1 login was ended.\n")
    assert not accounts.is_open(engine, mine)


def test_an_identity_without_an_open_login_is_an_ended_one(engine, monkeypatch):
    monkeypatch.setattr(cache, "engine", lambda: engine)
    mine = claims(FOCAL)
    assert actor.login_of(mine).standing is LoginStanding.ENDED
    log_in(engine, mine)
    assert actor.login_of(mine).standing is LoginStanding.LOGGED_IN
    accounts.end_all(engine, FOCAL)
    assert actor.login_of(mine) == accounts.Login(LoginStanding.ENDED)


# Where it begins and ends

GIVEN = {"_streamlit_user": "signed.by-the.server", "_streamlit_user_1": "the-rest"}


async def _from_the_provider(_request: Request) -> RedirectResponse:
    answer = RedirectResponse("/", 302)
    for name, value in GIVEN.items():
        answer.set_cookie(name, value, httponly=True)
    return answer


async def _logged_out(_request: Request) -> RedirectResponse:
    answer = RedirectResponse("/", 302)
    answer.delete_cookie("_streamlit_user")
    return answer


def browser(begin, end) -> TestClient:
    routes = [Route(CALLBACK, _from_the_provider), Route(LOGOUT, _logged_out)]
    stack = [Middleware(Logins, begin=begin, end=end)]
    return TestClient(Starlette(routes=routes, middleware=stack), follow_redirects=False,
                      cookies={"had": "before"})  # fmt: skip


def test_who_comes_from_the_provider_is_written_down_with_the_cookies_given_and_had():
    seen = []
    answer = browser(lambda given, had: seen.append((given, had)), seen.append).get(CALLBACK)
    assert answer.status_code == 302
    assert seen == [(GIVEN, {"had": "before"})]
    assert dict(answer.cookies) == GIVEN


def test_who_logs_out_is_written_down_by_the_cookies_they_had():
    seen = []
    answer = browser(lambda *_: None, seen.append).get(LOGOUT)
    assert (answer.status_code, seen) == (302, [{"had": "before"}])


def refuse(*_) -> None:
    raise StoreError(Problem("busy", "Another one writes.", "Wait."))


@pytest.mark.parametrize(("path", "said"), [(CALLBACK, "not logged in"), (LOGOUT, "still logged")])
def test_nothing_begins_or_ends_that_could_not_be_written_down_and_it_is_said(path, said):
    answer = browser(refuse, refuse).get(path)
    assert answer.status_code == 503
    assert said in answer.text
    assert "sesión" in answer.text
    assert "set-cookie" not in answer.headers
