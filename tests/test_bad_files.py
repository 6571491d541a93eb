"""The corpus of bad files: each is refused with the sentences that are written down, and nothing
is written to the store. The corpus of odd ones: each is taken.

`python -m tests.test_bad_files` writes the sentences anew, to be read before they are kept.
"""

import json
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crmdata.access import operator
from crmdata.errors import ImportRefused
from crmdata.i18n import words_for
from crmdata.intake.reports import check, read_upload
from crmdata.intake.reports.batches import store
from crmdata.store import db
from tests.bad.make import BAD, GOOD

pytestmark = pytest.mark.slow(reason="each workbook is read by a process of its own")

EXPECTED = Path(__file__).parent / "bad" / "expected.json"
TODAY = date(2020, 1, 1)


@pytest.fixture(scope="module")
def own_store(sqlite_with_plan, tmp_path_factory):
    """Return a database with the plan to which no test can write."""
    file = tmp_path_factory.mktemp("bad") / "own.sqlite3"
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, file)}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def read():
    """Return a reader that reads each file of the corpora once."""
    kept = {}

    def once(name: str):
        if name not in kept:
            kept[name] = read_upload(name, (BAD | GOOD)[name]())
        return kept[name]

    return once


def said(engine, sources, language: str) -> list[str]:
    found = check(engine, sources, today=TODAY).problems
    return [problem.text(words_for(language)) for problem in found]


def content(engine) -> str:
    """Return everything that the store holds of reports and acts."""
    with db.reading(engine) as session:
        rows = session.connection().exec_driver_sql("SELECT seq, hash FROM audit ORDER BY seq")
        counts = [
            session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("batch", "report", "cooperation", "meeting")
        ]
        return repr((list(map(tuple, rows)), counts))


def test_the_corpus_has_sixty_files_and_more():
    assert len(BAD) >= 60


def test_every_file_has_its_sentences_and_every_sentence_its_file():
    assert set(json.loads(EXPECTED.read_text("utf-8"))) == set(BAD)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_sentences(own_store, read, name, language):
    expected = json.loads(EXPECTED.read_text("utf-8"))[name][language]
    assert expected
    assert said(own_store, read(name), language) == expected


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_leaves_the_store_as_it_was(own_store, read, name):
    before = content(own_store)
    with pytest.raises(ImportRefused):
        store(own_store, read(name), by=operator("test"), today=TODAY)
    assert content(own_store) == before


@pytest.mark.parametrize("name", GOOD)
def test_an_odd_file_is_taken(own_store, read, name):
    assert said(own_store, read(name), "es") == []


def _write_anew() -> None:
    from crmdata import plan, settings  # noqa: PLC0415 - for this only
    from crmdata.terms import DataKind  # noqa: PLC0415 - as above

    found = {}
    with TemporaryDirectory() as folder:
        engine = db.connect(f"sqlite:///{folder}/own.sqlite3")
        db.upgrade(engine)
        plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.REAL)
        for name, make in BAD.items():
            sources = read_upload(name, make())
            found[name] = {language: said(engine, sources, language) for language in ("es", "en")}
        engine.dispose()
    EXPECTED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    _write_anew()
