"""A server that has just started: no page is run before its libraries stand."""

import ast
import subprocess
import sys
import threading

import pytest

from benchmarks.load.client import Reader, Run
from crmdata.serving.loading import Loading, SessionsWait
from crmdata.settings import ROOT
from tests.loops import finished
from tests.patience import PATIENCE

WRITING = {"descargas", "presentar", "informar", "revision"}
"""Pages made of what writes files, or of few people: they load it when they are asked for."""


def answered(loading: Loading, kind: str) -> list[str]:
    """Return what reaches the app of a request of a kind."""
    reached: list[str] = []

    async def app(scope, _receive, _send):
        reached.append(scope["type"])

    async def ask():
        await SessionsWait(app, loading=loading)({"type": kind}, None, None)

    finished(ask())
    return reached


def test_a_session_waits_until_everything_is_loaded():
    loads, said = threading.Event(), []
    loading = Loading(loads.wait)
    loading.begin(then=lambda: said.append("then"))
    asking = threading.Thread(target=lambda: said.extend(answered(loading, "websocket")))
    asking.start()
    asking.join(0.3)
    assert said == []
    loads.set()
    asking.join(PATIENCE)
    assert sorted(said) == ["then", "websocket"]


def test_other_requests_wait_for_nothing():
    assert answered(Loading(lambda: None), "http") == ["http"]


def test_what_cannot_be_loaded_keeps_nobody_waiting():
    def fail() -> None:
        raise ImportError("half made")

    loading = Loading(fail)
    loading.begin(then=lambda: None)
    assert answered(loading, "websocket") == ["websocket"]


def imported_by(page: str) -> list[str]:
    """Return the modules that a page's own script imports."""
    tree = ast.parse((ROOT / "pages" / f"{page}.py").read_text("utf-8"))
    lines = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return [ast.unparse(line) for line in lines]


def test_the_server_loads_what_the_pages_of_readers_import():
    pages = sorted({path.stem for path in (ROOT / "pages").glob("*.py")} - WRITING)
    wanted = "\n".join(line for page in pages for line in imported_by(page))
    script = f"""
import sys
from crmdata.web import server
server._load()
before = set(sys.modules)
{wanted}
print(sorted(set(sys.modules) - before))
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("page", ["calendario", "metodo"])
def test_whoever_comes_while_a_server_starts_gets_the_page(fresh_app, page):
    async def visit() -> Run:
        async with Reader(f"{fresh_app.url}/{page}") as reader:
            return await reader.run()

    run = finished(visit())
    assert (run.status, run.exceptions) == ("FINISHED_SUCCESSFULLY", [])
    assert "<h2" in run.text or "crm-summary" in run.text
