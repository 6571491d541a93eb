"""What each mode of serving lets through, asked of the same middleware that the server runs."""

import logging
import re
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from itertools import pairwise

import pytest
from sqlmodel import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from crmdata import start
from crmdata.errors import Problem, SettingsError, StoreError
from crmdata.serving import Wishes, mode_of, server_command
from crmdata.serving.compression import CompressedFiles
from crmdata.serving.document import Assets, DocumentLanguage
from crmdata.serving.gate import BODY_LIMIT, MEGABYTE, UPLOAD_LIMIT_MB, Gate, MayUpload
from crmdata.serving.headers import HEADERS, SecurityHeaders
from crmdata.serving.provider import NEEDED
from crmdata.serving.way_back import WayBack
from crmdata.settings import ROOT, ServeMode
from crmdata.store import db
from crmdata.web.shell import assets

UPLOAD = "/_stcore/upload_file/session/file"
MODES = tuple(ServeMode)
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"]
SCRIPT = "/static/js/index.js"
DOCUMENT = files("streamlit").joinpath("static/index.html").read_text("utf-8")
ASSETS = Assets(script="window.here = 1;", style="p { margin: 0; }")


async def answer(request: Request) -> Response:
    """Answer as the server behind the gate, and set the cookies that its login does."""
    body = await request.body()
    if request.url.path == SCRIPT:
        return Response("let a = 1;" * 1000, media_type="text/javascript")
    if request.url.path in {"/", "/lineas"}:
        return HTMLResponse(DOCUMENT, headers={"etag": "one"})
    response = PlainTextResponse(str(len(body)))
    response.set_cookie("_streamlit_user", "signed", max_age=30 * 86_400)
    response.set_cookie("_streamlit_xsrf", "x", max_age=30 * 86_400)
    return response


def away(_cookies: Mapping[str, str]) -> bool:
    raise StoreError(Problem("unreachable", "The database cannot be opened.", "Wait."))


def served(
    mode: ServeMode,
    *,
    logged_in: bool = False,
    secure: bool = False,
    may_upload: MayUpload | None = None,
    first: Callable[[str, str], str] | None = None,
) -> TestClient:
    behind = Starlette(
        routes=[Route("/{path:path}", answer, methods=METHODS)],
        middleware=[
            Middleware(SecurityHeaders, session_seconds=8 * 3600, secure=secure),
            Middleware(Gate, mode=mode, may_upload=may_upload or (lambda _: logged_in)),
            Middleware(CompressedFiles),
            Middleware(DocumentLanguage, assets=ASSETS, first=first),
        ],
    )
    return TestClient(behind)


# What goes through


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "path",
    ["/", "/lineas?linea=IV", "/_stcore/health", "/lineas/_stcore/health", "/media/a.csv", SCRIPT],
)
def test_what_a_page_needs_is_open_in_every_mode(mode, path):
    assert served(mode).get(path).status_code == 200


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/lineas/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/what-a-new-release-adds",
        "/component/x/index.html",
        "/app/static/x",
    ],
)
def test_what_no_page_needs_is_closed_in_every_mode(mode, path):
    assert served(mode).get(path).status_code == 404


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_but_an_upload_is_sent_to_any_mode(mode, method):
    assert served(mode).request(method, "/lineas", content=b"x").status_code == 405


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/oauth2callback"])
def test_only_the_secretariat_has_a_way_to_log_in(mode, path):
    open_here = served(mode).get(path).status_code == 200
    # Elsewhere these are addresses like any other: Streamlit's answer is behind the gate.
    assert open_here == (mode is ServeMode.SECRETARIAT)


# Uploads


@pytest.mark.parametrize("mode", [ServeMode.READING, ServeMode.PUBLIC])
@pytest.mark.parametrize("path", [UPLOAD, f"/lineas{UPLOAD}", "/_stcore/upload_file"])
def test_who_only_reads_can_upload_nothing(mode, path):
    assert served(mode, logged_in=True).put(path, content=b"x").status_code == 403


def test_the_secretariat_takes_no_file_from_somebody_without_a_role():
    assert served(ServeMode.SECRETARIAT).put(UPLOAD, content=b"x").status_code == 403


def test_the_secretariat_takes_no_file_while_nobody_knows_whose_login_is_open():
    client = served(ServeMode.SECRETARIAT, may_upload=away)
    assert client.put(UPLOAD, content=b"x").status_code == 503


def test_the_secretariat_takes_a_file_from_somebody_with_a_role():
    client = served(ServeMode.SECRETARIAT, logged_in=True)
    assert client.put(UPLOAD, content=b"x" * MEGABYTE).text == str(MEGABYTE)


def test_the_local_secretariat_takes_a_file():
    assert served(ServeMode.LOCAL_SECRETARIAT).put(UPLOAD, content=b"x").status_code == 200


def test_an_upload_ends_at_five_megabytes():
    client = served(ServeMode.LOCAL_SECRETARIAT)
    too_much = b"x" * (UPLOAD_LIMIT_MB * MEGABYTE + 100_000)
    assert client.put(UPLOAD, content=too_much).status_code == 413


@pytest.mark.parametrize("mode", MODES)
def test_a_request_ends_at_one_megabyte(mode):
    response = served(mode).request("GET", "/other", content=b"x" * (BODY_LIMIT + 1))
    assert response.status_code == 413


def test_a_body_that_grows_undeclared_is_broken_off():
    def grows():
        for _ in range(20):
            yield b"x" * MEGABYTE

    client = served(ServeMode.LOCAL_SECRETARIAT)
    with pytest.raises(Exception, match=r"[Dd]isconnect|^$"):
        client.put(UPLOAD, content=grows())


@pytest.mark.parametrize("length", ["-1", "many", "१"])
def test_a_length_that_is_no_number_is_refused(length):
    headers = {"content-length": length.encode("utf-8")}
    response = served(ServeMode.PUBLIC).get("/other", headers=headers)
    assert response.status_code == 400


# Headers


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", ["/", SCRIPT, "/_stcore/metrics", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(mode, path):
    headers = served(mode).get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_no_page_can_be_framed_or_load_from_another_machine():
    policy = HEADERS["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert "://" not in policy
    assert "*" not in policy


def test_the_cookies_of_a_login_end_with_it():
    cookies = served(ServeMode.SECRETARIAT).get("/auth/login").headers.get_list("set-cookie")
    assert "Max-Age=28800" in cookies[0]


def test_cookies_are_kept_to_tls_where_there_is_tls():
    secure = served(ServeMode.SECRETARIAT, secure=True).get("/auth/login").headers
    assert all("Secure" in cookie for cookie in secure.get_list("set-cookie"))


# The way back after a login

PAGE = "https://crm.example/informar?idioma=en&pais=HND"


async def provider_says(request: Request) -> Response:
    """Answer as Streamlit does: to the provider, and from there to its own start."""
    there = "https://login.example/authorize" if request.url.path == "/auth/login" else "/"
    return RedirectResponse(there, 302)


def login_from(referer: str) -> str:
    """Log in from an address; return where that leads in the end."""
    behind = Starlette(
        routes=[Route(path, provider_says) for path in ("/auth/login", "/oauth2callback")],
        middleware=[Middleware(WayBack)],
    )
    client = TestClient(behind, base_url="https://crm.example", follow_redirects=False)
    client.get("/auth/login", headers={"referer": referer})
    first, second = [client.get("/oauth2callback").headers["location"] for _ in range(2)]
    assert second == "/"  # the address is used once
    return first


def test_who_logs_in_comes_back_to_the_page_and_choices_they_came_from():
    assert login_from(PAGE) == "/informar?idioma=en&pais=HND"


@pytest.mark.parametrize(
    "referer",
    ["", "https://elsewhere.example/informar", "https://crm.example//elsewhere.example",
     "https://crm.example/\\elsewhere.example", "https://crm.example/_stcore/health",
     "https://crm.example/auth/logout", "https://crm.example/oauth2callback?code=x",
     "https://crm.example/?buscar=" + "x" * 3000, "https://[crm.example/", "javascript:alert(1)"],
)  # fmt: skip
def test_a_login_leads_to_no_other_machine_and_to_nothing_but_a_page(referer):
    assert login_from(referer) == "/"


# Documents and files


@pytest.mark.parametrize(
    ("address", "language"),
    [("/", "es"), ("/?idioma=en", "en"), ("/lineas?idioma=es", "es"), ("/lineas?idioma=xx", "es")],
)
def test_the_document_says_its_language_before_any_script(address, language):
    assert f'<html lang="{language}">' in served(ServeMode.PUBLIC).get(address).text


def test_a_document_whose_first_picture_breaks_comes_without_it_and_the_log_says_why(
    caplog, monkeypatch
):
    # Import Linter, run by another test in this process, silences every logger it finds.
    monkeypatch.setattr(logging.getLogger("crmdata.serving.document"), "disabled", False)

    def broken(path: str, query: str) -> str:
        raise KeyError("state")

    answered = served(ServeMode.PUBLIC, first=broken).get("/lineas")
    assert (answered.status_code, answered.text.count("<body>")) == (200, 1)
    assert "KeyError: 'state'" in caplog.text


def test_the_document_brings_the_apps_script_before_any_other_and_its_style_after():
    text = served(ServeMode.PUBLIC).get("/lineas").text
    assert text.index("<head>") < text.index('<script src="/_crmdata/page-') < text.index("<title>")
    assert text.index("<body>") < text.index('<link rel="stylesheet" href="/_crmdata/page-')


def test_the_apps_script_says_where_its_server_is():
    assert "BACKEND_BASE_URL: window.location.origin" in assets.ASSETS.script


def test_no_script_stands_in_the_document():
    text = served(ServeMode.PUBLIC).get("/lineas").text
    assert re.findall(r"<script(?![^>]* src=)[^>]*>", text) == []


def test_the_documents_of_two_languages_are_never_taken_for_each_other():
    response = served(ServeMode.PUBLIC).get("/?idioma=en", headers={"if-none-match": "one"})
    assert response.status_code == 200
    assert "etag" not in response.headers


def test_the_apps_own_files_go_out_compressed_each_time():
    client = served(ServeMode.PUBLIC)
    answers = [client.get(SCRIPT) for _ in range(2)]
    assert [each.headers["content-encoding"] for each in answers] == ["gzip", "gzip"]
    assert {each.text for each in answers} == {"let a = 1;" * 1000}


def test_a_document_goes_out_compressed_with_all_that_was_written_into_it():
    response = served(ServeMode.PUBLIC, first=lambda *_: "<p>Gráfico</p>").get("/lineas")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept-Encoding"
    assert "<p>Gráfico</p>" in response.text


@pytest.mark.parametrize("path", [SCRIPT, "/lineas"])
def test_a_reader_who_cannot_unpack_gets_files_as_they_are(path):
    response = served(ServeMode.PUBLIC).get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in response.headers


# The command


def option(command: list[str], name: str) -> list[str]:
    return [after for before, after in pairwise(command) if before == name]


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", "::", "example.org"])
def test_the_local_secretariat_refuses_every_address_but_loopback(address):
    with pytest.raises(SettingsError) as refused:
        server_command(Wishes(ServeMode.LOCAL_SECRETARIAT, address))
    assert refused.value.problems[0].rule == "not_loopback"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_the_local_secretariat_serves_loopback(address):
    command, _ = server_command(Wishes(ServeMode.LOCAL_SECRETARIAT, address))
    assert option(command, "--server.address") == [address]


def test_the_mode_reaches_the_pages():
    _, variables = server_command(Wishes(ServeMode.PUBLIC))
    assert variables["CRMDATA_SERVE_MODE"] == "public"


@pytest.mark.parametrize(("mode", "megabytes"), [("public", "1"), ("local-secretariat", "5")])
def test_the_size_of_an_upload_is_limited(mode, megabytes):
    command, _ = server_command(Wishes(ServeMode(mode)))
    assert option(command, "--server.maxUploadSize") == [megabytes]
    assert option(command, "--server.maxWidgetStateSize") == [megabytes]


def test_the_local_secretariat_answers_to_its_own_names_only():
    command, _ = server_command(Wishes(ServeMode.LOCAL_SECRETARIAT))
    assert option(command, "--server.allowedHosts") == ["localhost", "127.0.0.1"]


def test_one_mode_is_chosen_or_none():
    assert mode_of(public=False, secretariat=False, local_secretariat=False) is ServeMode.READING
    assert mode_of(public=True, secretariat=True, local_secretariat=False) is None


def test_a_login_without_a_provider_is_refused_with_all_that_is_missing():
    with pytest.raises(SettingsError) as refused:
        server_command(Wishes(ServeMode.SECRETARIAT))
    assert [problem.values["name"] for problem in refused.value.problems] == list(NEEDED)


PROVIDER = {
    "CRMDATA_OIDC_METADATA_URL": "https://login.example.org/.well-known/openid-configuration",
    "CRMDATA_OIDC_CLIENT_ID": "crmdata",
    "CRMDATA_OIDC_CLIENT_SECRET": "a secret of the provider",
    "CRMDATA_OIDC_REDIRECT_URI": "https://crm.example.org/oauth2callback",
    "CRMDATA_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
}


@pytest.fixture
def provider_set(monkeypatch):
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("CRMDATA_COOKIE_SECRET", "short", "weak_secret"),
        ("CRMDATA_OIDC_REDIRECT_URI", "https://crm.example.org/", "bad_redirect"),
        ("CRMDATA_OIDC_REDIRECT_URI", "http://crm.example.org/oauth2callback", "no_tls"),
        ("CRMDATA_OIDC_METADATA_URL", "http://login.example.org/x", "no_tls"),
    ],
)
def test_a_provider_that_is_not_safe_is_refused(provider_set, monkeypatch, name, value, rule):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        server_command(Wishes(ServeMode.SECRETARIAT))
    assert [problem.rule for problem in refused.value.problems] == [rule]


def test_a_secret_may_stand_in_a_file(provider_set, monkeypatch, tmp_path):
    file = tmp_path / "cookie"
    file.write_text("f" * 64 + "\n", "utf-8")
    monkeypatch.setenv("CRMDATA_COOKIE_SECRET_FILE", str(file))
    _, variables = server_command(Wishes(ServeMode.SECRETARIAT))
    assert variables["STREAMLIT_SERVER_COOKIE_SECRET"] == "f" * 64


def test_no_secret_stands_on_the_command_line(provider_set):
    command, _ = server_command(Wishes(ServeMode.SECRETARIAT))
    assert not [part for part in command if part in PROVIDER.values()]


# The database of a public server


def test_a_public_connection_cannot_write(engine):
    url = engine.url.render_as_string(hide_password=False)
    opened = start.open_to_read(url)
    with pytest.raises(StoreError) as refused, db.writing(opened) as session:
        session.connection().execute(text("UPDATE country SET name_es = 'X'"))
    opened.dispose()
    assert refused.value.problems[0].rule == "read_only"


def test_a_public_connection_cannot_be_talked_into_writing(engine):
    opened = start.open_to_read(engine.url.render_as_string(hide_password=False))
    # As somebody would who found a way to run SQL: no session of ours, no pragma before it.
    raw = opened.raw_connection()
    if engine.dialect.name == "sqlite":
        raw.cursor().execute("PRAGMA query_only = OFF")
    with pytest.raises(Exception, match=r"readonly|read-only"):
        raw.cursor().execute("DELETE FROM country")
    raw.close()
    opened.dispose()


def test_a_public_server_makes_no_database(tmp_path):
    missing = tmp_path / "missing.sqlite3"
    with pytest.raises(StoreError) as refused:
        start.open_to_read(f"sqlite:///{missing}")
    assert refused.value.problems[0].rule == "no_database"
    assert not missing.exists()


def test_an_error_does_not_show_the_values_that_were_to_be_written(engine):
    with pytest.raises(Exception, match="hidden") as error, db.writing(engine) as session:
        session.connection().execute(
            text("INSERT INTO no_such_table (narrative) VALUES (:narrative)"),
            {"narrative": "a planted narrative"},
        )
    assert "planted" not in str(error.value)


# The settings of the server, which hold in every mode


def test_no_page_of_another_origin_speaks_to_the_app():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["client"]["allowedOrigins"] == []
    # Both are on unless they are switched off.
    assert not {"enableCORS", "enableXsrfProtection"} & set(config["server"])
    assert "enableAgentApi" not in config["server"]


def test_messages_go_out_compressed_by_a_window_that_costs_little(app_url):
    stream = f"{app_url.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, subprotocols=[Subprotocol("streamlit")]) as socket:
        agreed = socket.response.headers["Sec-WebSocket-Extensions"]
    assert agreed.startswith("permessage-deflate")
    assert "server_max_window_bits=12" in agreed
