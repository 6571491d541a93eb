"""Which plan a folder, a database or demonstration data are of: an id and the years it is for."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from crmdata.errors import N_, PlanError, Problem
from crmdata.plan.files import PlanFiles
from crmdata.store.db import Known
from crmdata.store.db.engine import looking
from crmdata.terms import CRM_PLAN


@dataclass(frozen=True)
class Identity:
    """What stays the same in every version of a plan."""

    plan_id: str
    period_from: int
    period_to: int

    @classmethod
    def of(cls, files: PlanFiles) -> "Identity":
        """Return which plan the files are of."""
        plan = files.plan
        return cls(plan["plan_id"], plan["period_from"], plan["period_to"])

    @classmethod
    def read(cls, file: Path) -> "Identity | None":
        """Return what `written` wrote, or None where there is no such file or it says less."""
        try:
            values = tomllib.loads(file.read_text("utf-8"))
            return cls(values["id"], values["period_from"], values["period_to"])
        except (FileNotFoundError, tomllib.TOMLDecodeError, KeyError):
            return None

    @property
    def written(self) -> str:
        """The identity as TOML."""
        return (
            f'id = "{self.plan_id}"\nperiod_from = {self.period_from}\n'
            f"period_to = {self.period_to}\n"
        )

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.period_from}–{self.period_to}"


def refuse_another(engine: Engine, files: PlanFiles) -> None:
    """Raise PlanError where a database, of whatever revision, holds another plan than the files."""
    with looking(engine) as session:
        check_same(session, files)


def check_same(session: Known, files: PlanFiles) -> None:
    """Raise PlanError where the store holds another plan than the files. Writes nothing."""
    stored, identity = _stored(session), Identity.of(files)
    if stored is None or stored == identity:
        return
    raise PlanError(
        Problem(
            "other_plan",
            N_(
                "this is another plan ({given}) than the one in the database ({stored}). It would "
                "come to lie over the reports on that one."
            ),
            N_(
                "Give it an id and a database of its own (CRMDATA_DATABASE_URL), or name the "
                "folder of the plan in the database (CRMDATA_PLAN_DIR)."
            ),
            "plan.toml",
            field="id" if stored.plan_id != identity.plan_id else "period_from, period_to",
            values={"given": identity, "stored": stored},
        )
    )


def _stored(session: Known) -> Identity | None:
    """Return which plan the newest version is of. Earlier revisions knew one plan, without id."""
    known = inspect(session.connection())
    if not known.has_table("plan_version"):
        return None
    with_id = any(column["name"] == "plan_id" for column in known.get_columns("plan_version"))
    plan_id = "plan_id" if with_id else f"'{CRM_PLAN}'"
    query = f"SELECT {plan_id}, period_from, period_to FROM plan_version ORDER BY id DESC LIMIT 1"  # noqa: S608 - of two words of ours
    row = session.execute(text(query)).first()
    return None if row is None else Identity(*row)
