"""PostgreSQL's own programs, run with the database's address."""

import os
import shutil
import subprocess

from sqlalchemy import URL

from crmdata.errors import StoreError
from crmdata.store.db.causes import explanation
from crmdata.store.db.refusals import OF_THE_MACHINE, damaged, missing_program


def run(program: str, url: URL | None, name: str, *arguments: str) -> str:
    """Run a program of PostgreSQL's and return what it printed. Raise StoreError, naming a backup.

    Its password goes through the environment: arguments are seen by everybody on the machine.
    """
    if shutil.which(program) is None:
        raise missing_program(program)
    environment = dict(os.environ)
    if url is not None:
        connection = url.set(drivername="postgresql", password=None)
        arguments = (f"--dbname={connection.render_as_string()}", *arguments)
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(  # noqa: S603 - a fixed program; the URL is the operator's own
        [program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        # What it says of a damaged file may quote its bytes.
        errors="replace",
        check=False,
    )
    if done.returncode:
        problem = explanation(done.stderr)
        if problem is not None and problem.rule in OF_THE_MACHINE:
            raise StoreError(problem)
        raise damaged(name, done.stderr.strip())
    return done.stdout
