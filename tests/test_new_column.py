"""The recipe "Add a column to a report" of CONTRIBUTING.md, followed in a copy of the tree."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crmdata.settings import ROOT
from tests.support import changed

pytestmark = pytest.mark.slow  # migrates a store and starts Python with the whole app

STEPS = Path(__file__).parent / "new_column"

EDITS = {
    "crmdata/fields.py": {
        '    _EVIDENCE,\n    Field(\n        "partners",': """    Field(
        "lessons",
        Type.TEXT,
        N_("Lessons"),
        N_("What the country learned."),
        prompt=N_("Lessons, without anybody's personal data"),
        needed=False,
        optional=True,
    ),
    _EVIDENCE,
    Field(
        "partners",""",
    },
    "crmdata/store/models.py": {
        "    narrative: str\n    reason: str\n": "    narrative: str\n    reason: str\n"
        "    lessons: str\n",
    },
    "crmdata/store/db/signed.py": {
        "NEWEST = 4": "NEWEST = 5",
        "def _plan_version_2(": """def _batch_5(batch: int) -> Selects:
    lessons = table_of(Report).c.lessons
    for table, query in _batch_4(batch):
        yield table, query.add_columns(lessons) if table == "report" else query


def _plan_version_2(""",
        'SELECTS = _SELECTS_3 | {"batch": _batch_4}': """
_SELECTS_4 = _SELECTS_3 | {"batch": _batch_4}
SELECTS = _SELECTS_4 | {"batch": _batch_5}""",
        """    yield from _selected(session, SELECTS[kind](number))
""": """    yield from _selected(session, _SELECTS_4[kind](number))


def _content_5(session: Known, kind: str, number: int) -> Rows:
    yield ["v5", kind]
    yield from _selected(session, SELECTS[kind](number))
""",
        "    4: _content_4,\n": "    4: _content_4,\n    5: _content_5,\n",
        "    4: _chain_row_4,\n": "    4: _chain_row_4,\n    5: _chain_row_5,\n",
        "CHAIN_ROWS: dict": """def _chain_row_5(row: Audit) -> list[object]:
    return ["v5", *_chain_row_2(row)[1:]]


CHAIN_ROWS: dict""",
    },
    "crmdata/workflow/snapshots/content.py": {
        "FORM = 3": "FORM = 4",
        "if form not in {1, 2, FORM}": "if form not in {1, 2, 3, FORM}",
        "history.iloc[::-1], _REPORTS)": "history.iloc[::-1], "
        '_REPORTS if form < 4 else (*_REPORTS, "lessons"))',
    },
}

WORDS = """
msgid "Lessons"
msgstr "Lecciones"

msgid "What the country learned."
msgstr "Lo que aprendió el país."

msgid "Lessons, without anybody's personal data"
msgstr "Lecciones, sin datos personales de nadie"
"""

ROWS = (
    "country,activity,semester,state,percent,narrative,reason,evidence,partners,reported_on,"
    "lessons\nHND,IV.3.2,2018-1,en_curso,45,Se hizo,,,,2018-07-03,{lessons}\n"
)


@pytest.fixture(scope="module")
def known(sqlite_with_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the parts of a tree with one more column know of it."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "crmdata", tree / "crmdata", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "data" / "plan", tree / "data" / "plan")
    shutil.copy(sqlite_with_plan, tree / "store.sqlite3")
    for file, edits in EDITS.items():
        for before, after in edits.items():
            changed(tree, file, before, after)
    shutil.copy(STEPS / "migration.py", tree / "crmdata/store/migrations/versions/0016_lessons.py")
    with (tree / "crmdata/locale/es.po").open("a", encoding="utf-8") as catalogue:
        catalogue.write(WORDS)
    command = [sys.executable, STEPS / "ask.py", tree, ROWS]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.startswith("{"), asked.stdout[:2000]
    answers: dict[str, Any] = json.loads(asked.stdout)
    return answers


def test_the_template_has_it(known):
    assert known["template"]


def test_a_check_judges_its_words(known):
    assert ["personal_data", "lessons"] in known["check"]


def test_the_form_asks_for_it(known):
    assert "Lecciones, sin datos personales de nadie" in known["form"]


def test_an_import_stores_it_and_a_file_from_before_may_lack_it(known):
    assert known["stored"][0] == ""
    assert len(known["stored"]) == 2


def test_an_export_gives_it_back(known):
    header, *rows = known["export"].splitlines()
    column = header.split(",").index("lessons")
    assert [row.split(",")[column] for row in rows] == ["", "Empezar antes"]


def test_the_data_package_describes_it(known):
    (field,) = known["schema"]
    assert field["description"] == "Lo que aprendió el país."
    assert "constraints" not in field


def test_the_workbook_and_the_pages_show_it(known):
    assert known["workbook"]
    assert "Descripción: Se hizo\nLecciones: Empezar antes" in known["pages"]


def test_a_redaction_may_take_it_out(known):
    assert known["stored"][1].startswith("[Suprimido")
    assert known["redacted"] == []


def test_the_status_proves_it(known):
    assert known["status"] == []
    assert known["altered"] == ["altered_batch"]
