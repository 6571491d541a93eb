"""Redactions: what must go goes, and one guard lets exactly that change through.

What they say stands in the chain too, so that going down and up again loses nothing.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Everything here is frozen: a migration must not change when the models do.
PLACES = (
    "report.narrative", "report.reason", "report.evidence", "cooperation.text",
    "cooperation.evidence", "review_act.text", "closing_act.text", "agreement.text", "batch.note",
    "batch.file_name", "snapshot.name", "audit.detail.text", "audit.detail.note",
    "audit.detail.file", "audit.detail.name", "audit.detail.reason_es", "audit.detail.reason_en",
)  # fmt: skip
SALTED = ("report", "cooperation")
# Table -> its key, the texts that a redaction may take out, and all other columns.
COLUMNS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "report": ("id", ("narrative", "reason", "evidence"),
               ("id", "batch_id", "country", "activity", "semester", "state", "percent",
                "reported_on")),
    "cooperation": ("id", ("text", "evidence"),
                    ("id", "batch_id", "partner", "activity", "semester_from", "semester_to",
                     "modality", "state", "reported_on")),
    "batch": ("id", ("note", "file_name"),
              ("id", "subject", "imported_at", "imported_by", "file_sha256", "rows")),
    "review_act": ("seq", ("text",),
                   ("seq", "batch_id", "step", "day", "at", "actor", "role", "identity")),
    "closing_act": ("seq", ("text",),
                    ("seq", "country", "semester", "step", "day", "at", "actor", "role",
                     "identity")),
    "agreement": ("seq", ("text",),
                  ("seq", "agreement", "step", "day", "line", "activity", "country", "meeting",
                   "at", "actor", "role", "identity")),
    "snapshot": ("seq", ("name",),
                 ("seq", "snapshot", "content_sha256", "meeting", "corte", "until", "version_id",
                  "threshold", "grace_days", "places", "at", "actor", "role", "identity")),
    "audit": ("seq", ("detail",),
              ("seq", "at", "actor", "action", "object", "content_sha256", "previous", "hash")),
}  # fmt: skip

# A change is let through where all that differs are texts that became the tombstone of the
# redaction that names their place, and the salt that went with them.
ONLY_REDACTED = """
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb;
  place text;
  redacted boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    after := to_jsonb(NEW);
    FOR place IN SELECT jsonb_object_keys(before) LOOP
      CONTINUE WHEN after -> place = before -> place;
      IF place = 'salt' THEN
        CONTINUE WHEN after ->> place = '';
      ELSIF TG_TABLE_NAME = 'audit' AND place = 'detail' THEN
        IF EXISTS (
          SELECT 1 FROM redaction r WHERE r.table_name = 'audit'
          AND r.row_id = (before ->> 'seq')::integer AND r.column_name LIKE 'detail.%'
          AND after ->> place = crmdata_redacted(before ->> place, r.column_name, r.seq)
        ) THEN
          redacted := true;
          CONTINUE;
        END IF;
      ELSIF EXISTS (
        SELECT 1 FROM redaction r WHERE r.table_name = TG_TABLE_NAME
        AND r.row_id = coalesce(before ->> 'id', before ->> 'seq')::integer
        AND r.column_name = place AND after ->> place = '[Suprimido / Redacted: ' || r.seq || ']'
      ) THEN
        redacted := true;
        CONTINUE;
      END IF;
      redacted := false;
      EXIT;
    END LOOP;
    IF redacted THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END"""

# The detail of a row of the chain with one of its words taken out, and the salt with it.
REDACTED = """
SELECT (detail::jsonb
  || jsonb_build_object(split_part(place, '.', 2), '[Suprimido / Redacted: ' || act || ']')
  || CASE WHEN detail::jsonb ? 'salt' THEN '{"salt": ""}'::jsonb ELSE '{}'::jsonb END)::text"""

# With its owner's rights, since the roles of docs/deploy.md may not update; it does what the rows of
# `redaction` name, which a check and the guards hold to texts.
REDACT = """
DECLARE
  place record;
  salted text;
BEGIN
  FOR place IN SELECT * FROM redaction r WHERE r.seq = act ORDER BY r.position LOOP
    IF place.table_name = 'audit' THEN
      UPDATE audit SET detail = crmdata_redacted(detail, place.column_name, act)
      WHERE seq = place.row_id;
    ELSE
      salted := CASE WHEN place.table_name IN ('report', 'cooperation')
        THEN ', salt = ''''' ELSE '' END;
      EXECUTE format(
        'UPDATE %I SET %I = $1 %s WHERE %I = $2', place.table_name, place.column_name, salted,
        CASE WHEN place.table_name IN ('report', 'cooperation', 'batch') THEN 'id' ELSE 'seq' END
      ) USING '[Suprimido / Redacted: ' || act || ']', place.row_id;
    END IF;
  END LOOP;
END"""

# The audit trail's words, frozen here.
REDACT_ACTION, KEEP_SALTS = "redact", "keep_salts"


def upgrade() -> None:
    for table in SALTED:
        salt = sa.Column("salt", sa.String(), nullable=False, server_default="")
        op.add_column(table, salt)
    places = ", ".join(f"'{place}'" for place in PLACES)
    redaction = op.create_table(
        "redaction",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.CheckConstraint(
            f"table_name || '.' || column_name IN ({places})", name=op.f("ck_redaction_place")
        ),
        sa.ForeignKeyConstraint(
            ["seq"], ["audit.seq"], name=op.f("fk_redaction_seq"), deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("seq", "position", name=op.f("pk_redaction")),
        sa.UniqueConstraint(
            "table_name", "row_id", "column_name",
            name=op.f("uq_redaction_table_name_row_id_column_name"),
        ),
    )  # fmt: skip
    _fill(redaction)
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _fill(redaction: sa.Table) -> None:
    """Make the rows, and the salts, from what the audit trail says of them."""
    bind = op.get_bind()
    query = sa.text(
        "SELECT seq, action, detail FROM audit WHERE action IN (:redact, :salts) ORDER BY seq"
    )
    asked = {"redact": REDACT_ACTION, "salts": KEEP_SALTS}
    salts: dict[str, dict[str, str]] = {}
    gone = []
    for seq, action, written in bind.execute(query, asked).all():
        detail = json.loads(written)
        if action == KEEP_SALTS:
            salts = detail["salts"]
            continue
        for position, (table, row, column) in enumerate(detail["targets"], start=1):
            place = {"table_name": table, "row_id": row, "column_name": column}
            bind.execute(sa.insert(redaction), place | {"seq": seq, "position": position})
            gone.append((table, str(row)))
    _salt(salts, gone)


def _salt(salts: dict[str, dict[str, str]], gone: list[tuple[str, str]]) -> None:
    kept = [
        (table, row, salt)
        for table, rows in salts.items()
        for row, salt in rows.items()
        if (table, row) not in gone
    ]
    if not kept:
        return
    for table in SALTED:
        _drop_guard(table)
    for table, row, salt in kept:
        update = sa.text(f"UPDATE {table} SET salt = :salt WHERE id = :id")
        op.get_bind().execute(update, {"salt": salt, "id": int(row)})
    for table in SALTED:
        _forbid_all(table)


def _drop_guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER append_only_{table}_update")
    else:
        op.execute(f"DROP TRIGGER append_only_{table} ON {table}")


def _forbid_all(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER append_only_{table}_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        )
    else:
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()"
        )


def _guard_sqlite() -> None:
    for table, (key, texts, others) in COLUMNS.items():
        _drop_guard(table)
        guard_sqlite(table, key, texts, others, salted=table in SALTED)
    guard_redactions_sqlite()


def guard_redactions_sqlite() -> None:
    """Lay the guards of the redactions themselves; later steps make their table anew."""
    refuse = "SELECT RAISE(ABORT, 'append-only: redaction');"
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER append_only_redaction_{act.lower()} BEFORE {act} ON redaction "
            f"BEGIN {refuse} END"
        )
    op.execute(
        "CREATE TRIGGER append_only_redaction_replace BEFORE INSERT ON redaction WHEN EXISTS "
        "(SELECT 1 FROM redaction WHERE (seq = NEW.seq AND position = NEW.position) OR "
        "(table_name = NEW.table_name AND row_id = NEW.row_id AND column_name = NEW.column_name)) "
        f"BEGIN {refuse} END"
    )


def guard_sqlite(
    table: str, key: str, texts: tuple[str, ...], others: tuple[str, ...], *, salted: bool
) -> None:
    """Lay the guard of a table that lets a redaction through; later steps lay it anew."""
    same = [f"NEW.{column} IS OLD.{column}" for column in others]
    named = f"r.table_name = '{table}' AND r.row_id = OLD.{key}"
    changed = [
        f"(NEW.{text} IS OLD.{text} OR EXISTS (SELECT 1 FROM redaction r WHERE {named} "
        f"AND {_becomes(table, text)}))"
        for text in texts
    ]
    some = " OR ".join(f"NEW.{text} IS NOT OLD.{text}" for text in texts)
    salt = ["(NEW.salt IS OLD.salt OR NEW.salt = '')"] if salted else []
    allowed = " AND ".join([*same, *changed, *salt, f"({some})"])
    op.execute(
        f"CREATE TRIGGER append_only_{table}_update BEFORE UPDATE ON {table} "
        f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    )


def _becomes(table: str, text: str) -> str:
    tombstone = "'[Suprimido / Redacted: ' || r.seq || ']'"
    if table != "audit":
        return f"r.column_name = '{text}' AND NEW.{text} = {tombstone}"
    # Triggers may use none of SQLite's functions for JSON, so the text of it is compared: up to the
    # word, the word, and all behind it. A quotation mark within a word is written `\\"`.
    salt = 'instr(OLD.detail, \'"salt": "\') + 9'
    unsalted = (
        f"CASE WHEN {salt} > 9 AND substr(OLD.detail, {salt}, 1) <> '\"' THEN "
        f"substr(OLD.detail, 1, {salt} - 1) || substr(OLD.detail, {salt} + 32) "
        "ELSE OLD.detail END"
    )
    parts = (
        f"SELECT {unsalted} AS old, {tombstone} || '\"' AS word, "
        "'\"' || substr(r.column_name, 8) || '\": \"' AS mark"
    )
    begun = f"SELECT old, word, instr(old, mark) + length(mark) - 1 AS begin, mark FROM ({parts})"
    split = (
        "SELECT old, begin, substr(old, 1, begin) || word AS head, "
        "substr(NEW.detail, begin + length(word) + 1) AS tail "
        f"FROM ({begun}) WHERE begin >= length(mark)"
    )
    taken = "substr(old, begin + 1, length(old) - begin - length(tail) - 1)"
    return (
        f"EXISTS (SELECT 1 FROM ({split}) WHERE NEW.detail = head || tail "
        "AND length(old) > begin + length(tail) "
        "AND substr(old, length(old) - length(tail)) = '\"' || tail "
        f"AND instr(replace(replace({taken}, '\\\\', ''), '\\\"', ''), '\"') = 0)"
    )


def _guard_postgresql() -> None:
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    path = f"SET search_path = {schema}, pg_temp"
    op.execute(
        "CREATE FUNCTION crmdata_redacted(detail text, place text, act integer) RETURNS text "
        f"LANGUAGE sql STABLE {path} AS $${REDACTED}$$"
    )
    op.execute(
        "CREATE FUNCTION crmdata_only_redacted() RETURNS trigger LANGUAGE plpgsql "
        f"{path} AS $${ONLY_REDACTED}$$"
    )
    op.execute(
        "CREATE FUNCTION crmdata_redact(act integer) RETURNS void LANGUAGE plpgsql "
        f"SECURITY DEFINER {path} AS $${REDACT}$$"
    )
    for table in COLUMNS:
        _drop_guard(table)
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_only_redacted()"
        )
    _forbid_all("redaction")
    op.execute(
        "CREATE TRIGGER append_only_redaction_truncate BEFORE TRUNCATE ON redaction "
        "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
    )


def downgrade() -> None:
    for table in COLUMNS:
        _drop_guard(table)
        _forbid_all(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION crmdata_redact(integer)")
        op.execute("DROP FUNCTION crmdata_only_redacted()")
        op.execute("DROP FUNCTION crmdata_redacted(text, text, integer)")
    # The triggers go with their table.
    op.drop_table("redaction")
    for table in SALTED:
        op.drop_column(table, "salt")
