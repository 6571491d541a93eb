"""One step of a batch, or one closing: its row in the audit chain, and its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crmdata import clock
from crmdata.access import Actor
from crmdata.intake.reports.held_texts import settle_text
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.store.models import ClosingAct, ReviewAct, ReviewRow


@dataclass(frozen=True)
class Act:
    """Who does what, in the chain's words (`db.STEPS`, `db.CLOSINGS`), and why.

    `day` is the one from which it counts: today unless given. `confirmed` says that the text is
    no person's data, whatever it looks like.
    """

    actor: Actor
    action: str
    text: str = ""
    day: date | None = None
    confirmed: bool = False


def take_step(
    session: Known,
    act: Act,
    batch_id: int,
    *,
    rows: Collection[int] = (),
    detail: Mapping[str, Any] | None = None,
    content_sha256: str = "",
) -> None:
    """Write that a batch was recorded, submitted, accepted, sent back or withdrawn.

    `rows` are the ids of those that the step is about, none where it is about the whole batch.
    """
    row_detail = {"rows": sorted(rows)} if rows else {}
    whole_detail = {**(detail or {}), **row_detail}
    values = _values(session, act, f"batch:{batch_id}", whole_detail, content_sha256)
    session.add(ReviewAct(batch_id=batch_id, step=db.STEPS[act.action], **values))
    session.flush()
    session.add_all(ReviewRow(seq=values["seq"], row=row) for row in sorted(rows))
    session.flush()


def take_closing(session: Known, act: Act, country: str, period: str) -> None:
    """Write that a country's period was closed, or opened again."""
    values = _values(session, act, f"semester:{country}:{period}", {}, "")
    step = db.CLOSINGS[act.action]
    session.add(ClosingAct(country=country, semester=period, step=step, **values))
    session.flush()


def _values(
    session: Known, act: Act, about: str, detail: Mapping[str, Any], content_sha256: str
) -> dict[str, Any]:
    """Write the row of the audit chain; return what the act's own row repeats of it."""
    day = act.day or clock.day_of(db.moment(session))
    settled = settle_text("comment", act.text, confirmed=act.confirmed)
    about_act = {"role": act.actor.role.value, "identity": act.actor.identity, "text": act.text}
    row = db.audit(
        session,
        actor=act.actor.name,
        action=act.action,
        object=about,
        detail={**detail, **settled, **about_act, "day": day.isoformat()},
        content_sha256=content_sha256,
    )
    return {**about_act, "seq": row.seq, "at": row.at, "actor": row.actor, "day": day}
