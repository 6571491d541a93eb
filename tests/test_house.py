"""The rules of the house, held by tests and not by memory."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import grimp
import pytest
from importlinter import cli

from crmdata.settings import ROOT


@cache
def files() -> list[Path]:
    """Return every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@cache
def texts() -> dict[str, str]:
    """Return the text of every file of the repository that is text."""
    found = {}
    for file in files():
        try:
            found[file.relative_to(ROOT).as_posix()] = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def python() -> dict[str, str]:
    return {name: text for name, text in texts().items() if name.endswith(".py")}


def lines_with(pattern: str, among: dict[str, str]) -> list[str]:
    """Return `file:line: text` of every line in which the pattern is found."""
    sought = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in among.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if sought.search(line)
    ]


# Imports


def imported(text: str) -> set[str]:
    """Return the top-level names of the modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return {name.partition(".")[0] for name in found}


def test_streamlit_is_imported_in_its_three_places_only():
    places = ("dashboard.py", "pages/", "crmdata/web/", "tests/", "benchmarks/")
    importing = [name for name, text in python().items() if "streamlit" in imported(text)]
    assert [name for name in importing if not name.startswith(places)] == []


def test_no_module_imports_itself_by_a_detour():
    graph = grimp.build_graph("crmdata", cache_dir=None)
    # prepare() raises CycleError and names the modules of the circle.
    TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    ).prepare()


def test_imports_go_one_way(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


# Pages

PAGES = [name for name in python() if name.startswith("pages/")]


def test_no_question_takes_a_session_that_knows_of_no_snapshot():
    """`crmdata.store.db.Known` is the session of all of `crmdata`."""
    code = {name: text for name, text in python().items() if name.startswith("crmdata/")}
    bare = lines_with(r"^from (sqlmodel|sqlalchemy\.orm) import .*\bSession\b", code)
    assert [line.split(":")[0] for line in bare] == ["crmdata/store/db/known.py"]


def test_no_two_public_classes_have_one_name():
    named = Counter(
        node.name
        for name, text in texts().items()
        if name.startswith("crmdata/") and name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in named.items() if times > 1] == []


def test_nothing_remembers_in_secret():
    # What is kept stands in the one memo, what is known is handed on.
    code = {name: text for name, text in texts().items() if name.startswith(("crmdata/", "pages/"))}
    found = lines_with(r"ContextVar|cache_(data|resource)", code)
    assert [line for line in found if not line.startswith("crmdata/web/data/cache.py")] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_itself(name):
    # On a fresh server a deep link runs the page without dashboard.py.
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(texts()[name]))
        if isinstance(node, ast.Call)
    }
    assert "frame.open_page" in called


def test_no_text_of_a_report_can_become_markup():
    assert lines_with("unsafe_allow_html", without_this_file()) == []


# Settings of the server

CONFIG = ROOT / ".streamlit" / "config.toml"


@pytest.mark.parametrize(
    ("section", "name", "value", "reason"),
    [
        ("browser", "gatherUsageStats", False, "nobody learns who reads"),
        ("logger", "hideWelcomeMessage", True, "the greeting asks the internet for its address"),
        ("client", "toolbarMode", "viewer", "readers get no developer's menu"),
        ("client", "showErrorDetails", "none", "an exception's text may hold data"),
        ("client", "showErrorLinks", False, "no links to search engines on an error"),
        ("runner", "magicEnabled", False, "no value reaches the screen by accident"),
        ("runner", "postScriptGC", False, "a full collection after each run costs 60 ms"),
        ("server", "headless", True, "no browser opens and no e-mail is asked for"),
        ("server", "address", "127.0.0.1", "only this machine, until a proxy is set before it"),
        ("server", "fileWatcherType", "none", "reloading tables in a running server breaks them"),
    ],
)  # fmt: skip
def test_the_server_is_set(section, name, value, reason):
    assert tomllib.loads(CONFIG.read_text("utf-8"))[section][name] == value, reason


@pytest.mark.parametrize(("name", "most"), [("maxUploadSize", 20), ("maxMessageSize", 200)])
def test_the_server_takes_no_boundless_input(name, most):
    assert tomllib.loads(CONFIG.read_text("utf-8"))["server"][name] <= most


def test_every_setting_carries_its_reason():
    # The colours of the two themes have one reason, which stands above them.
    settings = CONFIG.read_text("utf-8").partition("[theme.light]")[0].splitlines()
    bare = [
        line
        for before, line in pairwise(settings)
        if re.match(r"\w+ =", line) and "#" not in before and " # " not in line
    ]
    assert bare == []


# What must not be in a repository

HOSTS = r"pypi\.org|pythonhosted\.org|pkg\.dev|npmjs\.|deb\.debian\.org|/simple/?\b"
MACHINE_PATHS = r"(?<![\w.:/-])/(work|root|home|Users|opt|mnt)/\w"


def test_no_file_names_a_package_registry():
    assert lines_with(HOSTS, without_this_file()) == []


def test_no_file_names_a_place_on_somebodys_machine():
    assert lines_with(MACHINE_PATHS, without_this_file()) == []


def without_this_file() -> dict[str, str]:
    return {name: text for name, text in texts().items() if name != "tests/test_house.py"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_one_version_and_its_hashes(name):
    entries = re.split(r"\n(?=\S)", texts()[name].strip())
    assert [
        entry for entry in entries if not re.match(r"[a-z0-9._-]+(\[\w+\])?==\S+ ", entry)
    ] == []
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_no_lock_file_holds_an_address(name):
    assert lines_with(r"://|@ |--(extra-)?index|--find-links", {name: texts()[name]}) == []


def test_every_ignore_carries_its_reason():
    lint = r"#\s*noqa(?!: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)*( -|  #) \S)"
    types = r"#\s*type:\s*ignore(?!\[[\w, -]+\]\s+# \S)"
    code = {name: text for name, text in without_this_file().items() if name.endswith(".py")}
    assert lines_with(f"{lint}|{types}", code) == []


# Papers

READMES = ("README.md", "README.es.md")
GUIDES = (
    ("docs/data.md", "docs/es/datos.md"),
    ("docs/plan.md", "docs/es/plan.md"),
    ("docs/serve.md", "docs/es/servir.md"),
    ("docs/commands.md", "docs/es/ordenes.md"),
)
"""What both languages have, as English and Spanish."""


def project() -> dict:
    return tomllib.loads(texts()["pyproject.toml"])["project"]


def test_the_changelog_tells_of_this_version():
    assert f"## [{project()['version']}]" in texts()["CHANGELOG.md"]


def test_the_licence_is_the_one_named():
    assert project()["license"] == "Apache-2.0"
    assert "Apache License" in texts()["LICENSE"]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", texts()["Makefile"], flags=re.MULTILINE))


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_make_command_of_the_papers_exists(name):
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", texts()[name], flags=re.MULTILINE))
    assert named
    assert named - targets() == set()


@pytest.mark.parametrize("name", [*READMES, *sorted(ROOT.glob("docs/**/*.md"))])
def test_every_file_linked_in_a_paper_exists(name):
    paper = ROOT / name
    linked = re.findall(r"\]\((?!https?://|#)([^)#]+)", paper.read_text("utf-8"))
    assert [link for link in linked if not (paper.parent / link).exists()] == []


def test_every_module_named_in_the_architecture_exists():
    text = texts()["docs/architecture.md"]
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|csv))`", text))
    homes = ("", "crmdata/", "crmdata/content/", "crmdata/intake/reports/")
    assert named
    assert [
        name for name in named if not any((ROOT / home / name).exists() for home in homes)
    ] == []


@pytest.mark.parametrize("pair", [READMES, *GUIDES], ids=lambda pair: pair[0])
def test_a_paper_shows_the_same_commands_in_both_languages(pair):
    english, spanish = (
        [line.partition("#")[0].strip() for line in code_lines(texts()[name])] for name in pair
    )
    assert english == spanish


def code_lines(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]
