"""The command line: what it says, where it says it, and its exit codes."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from crmdata import start
from crmdata.cli.main import app
from crmdata.files import Subject
from crmdata.i18n import words_for
from crmdata.store import db
from crmdata.terms import DataKind
from tests.plans import a_plan
from tests.sheets import a_file
from tests.support import changed, copied_plan


@pytest.fixture
def database(tmp_path, monkeypatch):
    """Return the file of the deployment's database, which does not exist yet."""
    file = tmp_path / "store" / "own.sqlite3"
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")
    return file


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """Return the folder of small demonstration data."""
    folder = tmp_path / "demo"
    folder.mkdir()
    monkeypatch.setenv("CRMDATA_DEMO_DIR", str(folder))
    for subject in Subject:
        kind = {"data_kind": "demostracion"}
        a_file(folder, kind, name=f"{subject}.csv", subject=subject)
    return folder


def run(*args, lang: str = "en"):
    return CliRunner().invoke(app, ["--lang", lang, *map(str, args)])


def done(*args) -> str:
    """Run a command that must succeed; return what it says."""
    result = run(*args)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def refused(*args) -> list[str]:
    """Run a command that must not succeed; return the lines of the error output."""
    result = run(*args)
    assert result.exit_code == 1, result.output
    return result.stderr.splitlines()


def count(table: str) -> int:
    with db.reading(db.connect()) as session:
        query = f"SELECT count(*) FROM {table}"
        return session.connection().exec_driver_sql(query).scalar_one()


def kind() -> DataKind | None:
    return start.stored_kind(db.connect())


# load


def test_load_makes_an_empty_database_for_real_data(database):
    assert "Plan version 1 was loaded." in done("load")
    assert (kind(), count("planned_activity"), count("batch")) == (DataKind.REAL, 97, 0)


def test_load_again_changes_nothing(database):
    done("load")
    assert "Plan version 1 is loaded already." in done("load")
    assert count("audit") == 1


def test_load_with_the_demonstration_imports_every_file_of_it(database, demo):
    assert done("load", "--demo").count("batch") == len(Subject)
    assert (kind(), count("report"), count("meeting")) == (DataKind.DEMO, 1, 1)


def test_load_with_the_demonstration_again_adds_nothing(database, demo):
    done("load", "--demo")
    done("load", "--demo")
    assert count("batch") == len(Subject)


def test_load_names_the_person_in_the_audit_trail(database):
    done("load", "--by", "Ana")
    with db.reading(db.connect()) as session:
        query = "SELECT actor FROM audit"
        assert session.connection().exec_driver_sql(query).scalar_one() == "Ana"


@pytest.mark.parametrize(("first", "second"), [("--empty", "--demo"), ("--demo", "--empty")])
def test_load_never_turns_one_kind_of_data_into_the_other(database, demo, first, second):
    done("load", first)
    (line,) = refused("load", second)
    assert "CRMDATA_DATABASE_URL" in line


def test_load_with_both_kinds_is_wrong_usage(database):
    assert run("load", "--demo", "--empty").exit_code == 2
    assert not database.exists()


def test_a_missing_demonstration_is_told(database, tmp_path, monkeypatch):
    monkeypatch.setenv("CRMDATA_DEMO_DIR", str(tmp_path / "nada"))
    (line,) = refused("load", "--demo")
    assert "CRMDATA_DEMO_DIR" in line


def test_a_plan_with_errors_is_refused_with_a_line_for_each(database, tmp_path, monkeypatch):
    folder = copied_plan(tmp_path)
    changed(folder, "activities.csv", "Continuo", "Continuamente")
    changed(folder, "activities.csv", "II Semestre", "Semestre II")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    assert len(refused("load")) == 2


def test_each_reworded_activity_is_told_with_both_texts_until_it_is_confirmed(
    database, tmp_path, monkeypatch
):
    done("load")
    folder = copied_plan(tmp_path)
    changed(folder, "activities.csv", "Validar la guía", "Inaugurar un puente colgante")
    changed(folder, "activities.csv", "Crear una guía de apoyo", "Crear una guía de ayuda")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    (line,) = refused("load")
    assert "“Validar la guía”" in line
    assert "“Inaugurar un puente colgante”" in line
    assert "`crmdata load --reworded VII.3.2`" in line
    assert "Plan version 2 was loaded." in done("load", "--reworded", "VII.3.2")


def test_load_refuses_another_plan_and_names_the_way_out(database, tmp_path, monkeypatch):
    done("load")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(a_plan(tmp_path / "other")))
    (line,) = refused("load")
    assert "CRMDATA_DATABASE_URL" in line
    assert (count("plan_version"), count("planned_activity")) == (1, 97)


def test_load_with_the_demonstration_of_another_plan_is_refused_and_makes_nothing(
    database, demo, tmp_path, monkeypatch
):
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(a_plan(tmp_path / "other")))
    (line,) = refused("load", "--demo")
    assert "crmdata load --empty" in line
    assert not database.exists()


def test_plan_changes_lists_what_a_new_version_changed(database, tmp_path, monkeypatch):
    done("load")
    folder = copied_plan(tmp_path)
    changed(folder, "lines.csv", "Promover el arraigo familiar", "Promover el arraigo")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    assert "Changes against the version before: 1." in done("load")
    assert "“Promover el arraigo familiar” → “Promover el arraigo”" in done("plan-changes")


# status


def test_status_says_what_the_database_holds(database, demo):
    done("load", "--demo")
    said = done("status")
    for line in ("Kind of data: Demonstration data", "Activities: 97", "Reports: 1", "Batches: 4",
                 "Audit chain: in order"):  # fmt: skip
        assert line in said


def test_status_without_a_database_says_so_and_makes_none(database):
    assert refused("status") == ["There is no database yet. Run `crmdata load` first."]
    assert not database.exists()


def test_status_tells_another_schema(database):
    done("load")
    with db.writing(db.connect()) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    (line,) = refused("status")
    assert "0000" in line


@pytest.mark.parametrize(
    "command", [["status"], ["export", "out"], ["backup", "b"], ["review", "list"], ["load"]]
)
def test_no_command_advises_a_load_of_what_a_newer_version_wrote(database, tmp_path, command):
    done("load")
    with db.writing(db.connect()) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    (line,) = refused(*(tmp_path / word if word in {"out", "b"} else word for word in command))
    assert "newer version of this software (schema 9999). Install that version." in line


def test_status_finds_a_broken_audit_chain(database, tmp_path):
    done("load")
    done("import", a_file(tmp_path), "--by", "Ana")
    with db.writing(db.connect()) as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER append_only_report_update")
        connection.exec_driver_sql("UPDATE report SET percent = 99")
    (line,) = refused("status")
    assert "batch:1" in line


def test_a_url_with_a_password_does_not_show_it(monkeypatch):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", "postgresql://app:geheim@127.0.0.1:1/none")
    assert "geheim" not in run("status").output


@pytest.mark.parametrize(
    "url",
    ["mysql://app:geheim@host/x", "postgresql://app:geheim@127.0.0.1:1/x", "postgresql://[geheim",
     "sqlite:////proc/geheim/x.sqlite3"],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["status", "load"])
def test_a_database_that_cannot_be_used_is_told_without_traceback(monkeypatch, url, verb):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url)
    (line,) = refused(verb)
    assert "app:geheim" not in line


def test_a_file_that_is_no_database_is_told(database):
    database.parent.mkdir()
    database.write_text("no es una base de datos " * 100, "utf-8")
    (line,) = refused("status")
    assert "not a database" in line


# check and import


def test_check_says_that_nothing_is_wrong_and_what_would_happen(database, tmp_path):
    done("load")
    said = done("check", a_file(tmp_path, {}, {"reported_on": "2018-08-01"}))
    assert said == "No errors. New: 1; corrections: 1; unchanged: 0.\n"
    assert count("batch") == 0


def test_check_lists_every_error_on_a_line_of_its_own(database, tmp_path):
    done("load")
    lines = refused("check", a_file(tmp_path, {"country": "HON", "percent": "450%"}))
    way_out = "Write a number from 0 to 100, such as 45, 45.5 or 45,5 %."
    range_ = f"A percentage lies between 0 and 100. {way_out}"
    assert lines == [
        "r.csv: Row 2, column “Country”: There is no “HON”. Did you mean HND?",
        f"r.csv: Row 2, column “Progress (%)” (value “450%”): {range_}",
        "2 errors; nothing was written.",
    ]


def test_warnings_are_said_and_stop_nothing(database, tmp_path):
    done("load")
    result = run("import", a_file(tmp_path, {"activity": "I.1.4"}), "--by", "Ana")
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: r.csv: Row 2")


def test_errors_stand_behind_the_warnings_which_are_said_once_a_column(database, tmp_path):
    done("load")
    outside = [{"activity": "I.1.4", "reported_on": f"2018-08-{day:02}"} for day in range(1, 12)]
    lines = refused("check", a_file(tmp_path, {"country": "HON"}, *outside))
    assert lines[0].startswith("Warning: r.csv: Rows 3–13, column “Semester”")
    assert lines[1].startswith("r.csv: Row 2")


def test_import_says_what_became_of_each_file(database, tmp_path):
    done("load")
    files = [a_file(tmp_path), a_file(tmp_path, name="m.csv", subject="meetings")]
    assert done("import", *files, "--by", "Ana", "--note", "x").splitlines() == [
        "r.csv: batch 1. New: 1; corrections: 0; unchanged: 0.",
        "m.csv: batch 2. New: 1; corrections: 0; unchanged: 0.",
    ]


def test_import_is_all_or_nothing(database, tmp_path):
    done("load")
    files = [a_file(tmp_path), a_file(tmp_path, {"corte": "x"}, name="m.csv", subject="meetings")]
    assert refused("import", *files, "--by", "Ana")[-1] == "1 error; nothing was written."
    assert count("batch") == 0


def test_import_needs_a_name(database, tmp_path):
    done("load")
    assert run("import", a_file(tmp_path)).exit_code == 2
    assert refused("import", a_file(tmp_path), "--by", " ")[0].startswith("Value")


@pytest.mark.parametrize(
    "args", [(), ("import",), ("check",), ("export",), ("nada",), ("status", "--nada")]
)
def test_wrong_usage_has_its_own_exit_code(database, args):
    assert run(*args).exit_code == 2


def test_files_that_are_not_there_are_told(database, tmp_path):
    done("load")
    lines = refused("check", tmp_path / "a.csv", tmp_path / "b.csv")
    assert lines[:2] == ["a.csv: The file does not exist.", "b.csv: The file does not exist."]


@pytest.mark.parametrize("verb", ["check", "import", "export", "backup", "plan-changes"])
def test_every_command_says_when_there_is_no_database(database, tmp_path, verb):
    args = [tmp_path / "x"] if verb != "plan-changes" else []
    lines = refused(verb, *args, *(["--by", "Ana"] if verb == "import" else []))
    assert lines == ["There is no database yet. Run `crmdata load` first."]


def test_a_busy_database_is_told_without_traceback(database, tmp_path, monkeypatch):
    done("load")
    monkeypatch.setattr(db.engine, "_PRAGMAS", ("busy_timeout = 50",))
    with db.writing(db.connect()):
        (line,) = refused("import", a_file(tmp_path), "--by", "Ana")
    assert line.startswith("Another import is running.")


# review


def submitted(tmp_path, *changes, name="r.csv") -> None:
    done("load")
    done("import", a_file(tmp_path, *changes, name=name), "--by", "Ana", "--submit")


def test_what_is_submitted_waits_and_is_listed(database, tmp_path):
    submitted(tmp_path)
    said = done("review", "list")
    assert said.startswith("Batch 1: Submitted; HND 2018-I; 1 row; r.csv; by Ana on ")
    done("review", "accept", "1", "--by", "Eva")
    assert done("review", "list") == "Nothing waits.\n"
    assert "Batch 1: Accepted" in done("review", "list", "--all")


def test_a_batch_is_sent_back_with_a_comment_and_listed_with_it(database, tmp_path):
    submitted(tmp_path)
    done("review", "send-back", "1", "--by", "Eva", "--comment", "Falta la evidencia")
    assert done("review", "list").endswith(": Falta la evidencia\n")
    (line,) = refused("review", "accept", "1", "--by", "Eva")
    assert line.startswith("Batch 1 was sent back by Eva on ")


def by_row(tmp_path) -> None:
    submitted(tmp_path, {}, {"activity": "I.1.2"}, {"activity": "I.1.3"})


def test_rows_are_accepted_and_sent_back_by_their_numbers(database, tmp_path):
    by_row(tmp_path)
    said = done("review", "accept", "1", "--by", "Eva", "--rows", "1,3")
    assert said == "Rows 1,3 of batch 1 were accepted.\n"
    done("review", "send-back", "1", "--by", "Eva", "--rows", "2", "--comment", "Falta algo")
    assert done("review", "show", "1").splitlines() == [
        "1. I.1.1, 2018-I: Accepted", "2. I.1.2, 2018-I: Sent back: Falta algo",
        "3. I.1.3, 2018-I: Accepted",
    ]  # fmt: skip
    assert done("review", "list").startswith("Batch 1: 2 accepted, 1 sent back; HND 2018-I")


def test_rows_are_withdrawn_by_their_numbers(database, tmp_path):
    by_row(tmp_path)
    reason = ("--by", "Eva", "--reason", "Un error")
    said = done("review", "withdraw", "1", "--rows", "2-3", *reason)
    assert said == "Rows 2-3 of batch 1 were withdrawn.\n"
    assert "Batch 1: 1 waits, 2 withdrawn" in done("review", "list", "--all")


@pytest.mark.parametrize("rows", ["0", "4", "2-9", "3-2", "x", "1,,2", "1-", "-1", "99999999999"])
def test_a_number_that_no_row_has_is_refused(database, tmp_path, rows):
    by_row(tmp_path)
    (line,) = refused("review", "accept", "1", "--by", "Eva", f"--rows={rows}")
    assert line.startswith("Batch 1 has no row “")


def test_a_batch_is_withdrawn_with_a_reason(database, tmp_path):
    submitted(tmp_path)
    assert run("review", "withdraw", "1", "--by", "Eva").exit_code == 2
    done("review", "withdraw", "1", "--by", "Eva", "--reason", "Era de otro país")
    assert count("report") == 1


def test_a_semester_is_closed_and_opened_again(database):
    done("load")
    assert "2018-1 of HND is closed." in done("review", "close", "HND", "2018-1", "--by", "Eva")
    reopen = ("review", "reopen", "HND", "2018-1", "--by", "Eva", "--reason", "Faltaba uno")
    assert "2018-1 of HND is open." in done(*reopen)


def test_a_dry_run_tells_new_from_correction_and_unchanged_and_writes_nothing(database, tmp_path):
    done("load")
    done("import", a_file(tmp_path, {}, {"activity": "I.1.2"}), "--by", "Ana")
    file = a_file(
        tmp_path,
        {},
        {"activity": "I.1.2", "percent": "60", "reported_on": "2018-08-01"},
        {"activity": "I.1.4"},
        name="d.csv",
    )
    said = done("import", file, "--by", "Ana", "--dry-run").splitlines()
    assert said == [
        "d.csv: Row 2: HND I.1.1 2018-1: unchanged: ◐ In progress 45%",
        "d.csv: Row 3: HND I.1.2 2018-1: correction: ◐ In progress 45% → ◐ In progress 60%",
        "d.csv: Row 4: HND I.1.4 2018-1: new: ◐ In progress 45%; outside the calendar",
        "d.csv: new: 1; corrections: 1; unchanged: 1; outside the calendar: 1.",
    ]
    assert count("batch") == 1


def test_a_dry_run_of_a_file_with_errors_is_refused_like_the_import(database, tmp_path):
    done("load")
    lines = refused("import", a_file(tmp_path, {"country": "XXX"}), "--by", "A", "--dry-run")
    assert lines[-1] == "1 error; nothing was written."


def test_reminders_are_ready_to_copy_for_one_country_or_all(database):
    done("load")
    one = done("reminders", "HND", "--day", "2018-07-15")
    assert one.startswith("Subject: RCM plan: reports that are missing — Honduras\n\nDear focal")
    assert done("reminders", "--day", "2018-07-15").count("Subject:") == 11


def test_no_reminder_is_said(database):
    done("load")
    said = done("reminders", "HND", "--day", "2016-01-01")
    assert said == "Nothing is missing: no reminder is needed.\n"


# export, backup, restore


def test_export_names_its_files(database, tmp_path):
    done("load")
    said = done("export", tmp_path / "out").splitlines()
    assert said[0] == f"Written: {tmp_path / 'out' / 'activities.csv'}"
    assert len(said) == 9


def test_a_folder_that_cannot_be_written_is_told(database, tmp_path):
    done("load")
    (tmp_path / "file").write_text("", "utf-8")
    (line,) = refused("export", tmp_path / "file" / "out")
    assert "Not a directory" in line


def test_a_backup_can_be_restored(database, tmp_path):
    done("load")
    done("import", a_file(tmp_path), "--by", "Ana")
    done("backup", tmp_path / "copy")
    database.unlink()
    done("restore", tmp_path / "copy")
    assert count("report") == 1
    assert run("status").exit_code == 0


def test_a_restore_replaces_reports_only_when_asked(database, tmp_path):
    done("load")
    done("backup", tmp_path / "copy")
    done("import", a_file(tmp_path), "--by", "Ana")
    (line,) = refused("restore", tmp_path / "copy")
    assert "--force" in line
    assert count("report") == 1
    done("restore", "--force", tmp_path / "copy")
    assert count("report") == 0


def test_a_restore_from_something_else_is_refused(database, tmp_path):
    done("load")
    (tmp_path / "copy").write_text("nada", "utf-8")
    refused("restore", tmp_path / "copy")
    assert run("status").exit_code == 0


def test_a_damaged_database_file_has_a_way_out(database, tmp_path):
    done("load")
    done("backup", tmp_path / "copy")
    database.write_text("nada " * 1000, "utf-8")
    (line,) = refused("restore", tmp_path / "copy")
    assert "Move it" in line


# Languages


def test_messages_follow_the_language(database, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "crmdata.cli.main.words_for", lambda code: seen.append(code) or words_for(code)
    )
    for args, environment in (
        (["status"], {}),
        (["--lang", "en", "status"], {}),
        (["status", "--lang", "en"], {}),
        (["status", "--lang=en"], {}),
        (["status"], {"CRMDATA_LANG": "en"}),
    ):
        CliRunner().invoke(app, args, env=environment)
    assert seen == ["es", "en", "en", "en", "en"]


def test_another_language_is_wrong_usage(database):
    assert run("status", lang="fr").exit_code == 2


def test_the_module_runs_as_a_program(database):
    done("load")
    program = [sys.executable, "-m", "crmdata", "status", "--lang", "en"]
    finished = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "Kind of data: Real data" in finished.stdout


def test_every_command_explains_itself(database):
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert "Usage" in done(name, "--help")


def test_a_command_imports_no_writer_of_files_before_it_writes_one():
    code = (
        "import sys, crmdata.cli.main;"
        "print([m for m in ('docx', 'openpyxl', 'plotly', 'pptx', 'streamlit', 'typst',"
        " 'xlsxwriter') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
