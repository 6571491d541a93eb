"""Whether a PostgreSQL database is a copy of another one, and how far behind that it is."""

from sqlalchemy import text

from crmdata.freshness import Copy, Freshness
from crmdata.store.db.known import Known

LATE_SECONDS = 10
"""From when on a copy is behind: what is reported is to be visible to all by then."""

# The receiver's number is all that this view shows to a role without rights on it.
_ASK = text("""
SELECT pg_is_in_recovery(),
       EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE pid IS NOT NULL),
       coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true),
       pg_last_xact_replay_timestamp(),
       extract(epoch FROM now() - pg_last_xact_replay_timestamp())
""")


def freshness(session: Known) -> Freshness:
    """Return how fresh the data of the session's database are; SQLite is always itself."""
    if session.get_bind().dialect.name != "postgresql":
        return Freshness(Copy.ITSELF)
    recovering, receiving, replayed, changed, age = session.connection().execute(_ASK).one()
    if not recovering:
        return Freshness(Copy.ITSELF)
    if not receiving:
        return Freshness(Copy.CUT_OFF, changed)
    # Without a change at the source the newest one grows old, and the copy is none the worse.
    late = not replayed and age is not None and float(age) > LATE_SECONDS
    return Freshness(Copy.BEHIND if late else Copy.CURRENT, changed)
