"""What nginx answers by itself, before any server is asked."""

import concurrent.futures
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.deploy import parts
from tests.patience import PATIENCE
from tests.serving import free_port

pytestmark = pytest.mark.nginx

BURST = 800
"""What 200 people ask for who open the page at once, behind the one address of a hall."""


@pytest.fixture(scope="module")
def front(tmp_path_factory) -> Iterator[str]:
    """Return an nginx whose servers are all away."""
    away = [f"127.0.0.1:{free_port()}" for _ in range(2)]
    with parts.nginx(tmp_path_factory.mktemp("nginx"), away) as url:
        yield url


def refused(url: str, **request: object) -> urllib.error.HTTPError:
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(urllib.request.Request(url, **request), timeout=PATIENCE)
    return answer.value


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("_stcore/upload_file/session/1", 403),
        ("lineas/_stcore/upload_file/session/1", 403),
        ("auth/login", 404),
        ("oauth2callback", 404),
        ("_stcore/metrics", 404),
        ("lineas/_stcore/metrics", 404),
        ("_crmdata/ready", 404),
        ("_crmdata/away.html", 404),
    ],
)
def test_what_no_reader_needs_is_closed_at_the_door(front, path, status):
    assert refused(f"{front}/{path}").code == status


def test_a_body_of_more_than_a_megabyte_is_turned_away(front):
    assert refused(f"{front}/lineas", data=b"x" * 1_100_000, method="POST").code == 413


def test_while_no_server_answers_a_page_says_so_in_both_languages_and_tries_again(front):
    answer = refused(f"{front}/calendario?pais=HND")
    text = answer.read().decode()
    assert answer.code == 502
    assert "vuelve enseguida" in text
    assert "back in a moment" in text
    assert 'http-equiv="refresh"' in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_hall_behind_one_address_is_let_in(front):
    urls = [f"{front}/_stcore/health"] * BURST
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        # 502 is a server's being away; 503 would be nginx's own limit.
        assert {status for status, _ in pool.map(parts.asked, urls)} == {502}
